/** Seed: customers to try the product with, in an empty database. */
import { randomBytes } from "node:crypto";
import type { Kysely } from "kysely";
import { hashPassword } from "../accounts/password.ts";
import { setSignOn } from "../organisations.ts";
import type { Database } from "./tables.ts";

interface Customer {
  readonly name: string;
  readonly plan: "team" | "enterprise";
  readonly domain: string;
  readonly sso?: string;
  readonly seats?: number;
  readonly workspaces: readonly [string, ...string[]];
  readonly owner: { readonly email: string; readonly name: readonly [given: string, family: string] };
}

/** One that has connected its identity provider, one that can, one whose plan does not allow it, one with SSO. */
const customers: readonly Customer[] = [
  {
    name: "Contoso",
    plan: "enterprise",
    domain: "contoso.example",
    seats: 7,
    workspaces: ["Contoso HQ", "Contoso Labs"],
    owner: { email: "olivia@contoso.example", name: ["Olivia", "Olsen"] },
  },
  {
    name: "Northwind",
    plan: "enterprise",
    domain: "northwind.example",
    seats: 7,
    workspaces: ["Head office", "Warehouses"],
    owner: { email: "nora@northwind.example", name: ["Nora", "Nilsen"] },
  },
  {
    name: "Fabrikam",
    plan: "team",
    domain: "fabrikam.example",
    workspaces: ["Fabrikam"],
    owner: { email: "finn@fabrikam.example", name: ["Finn", "Fischer"] },
  },
  {
    name: "Woodgrove",
    plan: "enterprise",
    domain: "woodgrove.example",
    sso: "https://login.woodgrove.example/saml",
    workspaces: ["Woodgrove"],
    owner: { email: "wanda@woodgrove.example", name: ["Wanda", "Wong"] },
  },
];

/**
 * Adds the customers, unless there are any.
 *
 * @param password - of all seeded owners; default: a random one
 * @returns the password; undefined if nothing was added
 */
export async function seed(db: Kysely<Database>, password?: string): Promise<string | undefined> {
  const given = password ?? randomBytes(9).toString("base64url");
  const hash = await hashPassword(given);
  return await db.transaction().execute(async (trx) => {
    const present = await trx.selectFrom("organisations").select("id").limit(1).executeTakeFirst();
    if (present !== undefined) return undefined;
    for (const customer of customers) await addCustomer(trx, customer, hash);
    return given;
  });
}

async function addCustomer(db: Kysely<Database>, customer: Customer, passwordHash: string): Promise<void> {
  const { name, plan, domain, sso, seats, workspaces, owner } = customer;
  const organisation = await db
    .insertInto("organisations")
    .values({ name, plan, email_domain: domain, seats })
    .returning("id")
    .executeTakeFirstOrThrow();
  if (sso !== undefined) await setSignOn(db, organisation.id, { url: sso, isRequired: true });
  const [main] = await db
    .insertInto("workspaces")
    .values(workspaces.map((workspace) => ({ organisation_id: organisation.id, name: workspace })))
    .returning("id")
    .execute();
  if (main === undefined) throw new Error(`${name} has no workspace.`);
  const [first, last] = owner.name;
  await db
    .insertInto("users")
    .values({
      workspace_id: main.id,
      email: owner.email,
      first_name: first,
      last_name: last,
      display_name: `${first} ${last}`,
      role: "owner",
      password_hash: passwordHash,
    })
    .execute();
}
