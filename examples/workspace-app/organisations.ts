/** Organisations: what they pay for, and where their people sign in. */
import { type Kysely, sql } from "kysely";
import type { Entitlement } from "scimkit/connections";
import { newSecret } from "./accounts/secret.ts";
import type { Database } from "./database/tables.ts";

export interface Organisation {
  readonly id: string;
  readonly name: string;
  readonly plan: "team" | "enterprise";
  readonly ssoUrl: string | null;
  readonly ssoRequired: boolean;
  /** Under which its identity provider signs assertions; null until there is a sign-in URL. */
  readonly ssoSecret: string | null;
}

/**
 * Locks an organisation until the transaction ends: seats and owners are counted by one at a time.
 *
 * @throws Error if there is no such organisation
 */
export async function lockOrganisation(
  trx: Kysely<Database>,
  id: string,
): Promise<{ readonly name: string; readonly seats: number | null }> {
  return await trx
    .selectFrom("organisations")
    .where("id", "=", id)
    .select(["name", "seats"])
    .forNoKeyUpdate()
    .executeTakeFirstOrThrow();
}

export async function organisationOf(db: Kysely<Database>, id: string): Promise<Organisation | undefined> {
  return await db
    .selectFrom("organisations")
    .where("id", "=", id)
    .select(["id", "name", "plan", "sso_url as ssoUrl", "sso_required as ssoRequired", "sso_secret as ssoSecret"])
    .executeTakeFirst();
}

/** Under which an organisation's identity provider signs assertions; undefined if it has none. */
export async function ssoSecretOf(db: Kysely<Database>, id: string): Promise<string | undefined> {
  return (await organisationOf(db, id))?.ssoSecret ?? undefined;
}

/** The organisation that has shown that an address's domain is its own. */
export async function ownerOfDomain(db: Kysely<Database>, email: string): Promise<string | undefined> {
  const organisation = await db
    .selectFrom("organisations")
    .where("email_domain", "=", email.slice(email.lastIndexOf("@") + 1).toLowerCase())
    .select("id")
    .executeTakeFirst();
  return organisation?.id;
}

/** Whether the plan includes provisioning; if not, why, for the organisation's owner and its identity provider. */
export async function entitled(db: Kysely<Database>, id: string): Promise<Entitlement> {
  const organisation = await organisationOf(db, id);
  if (organisation?.plan === "enterprise") return true;
  const plan = organisation?.plan === "team" ? "The Team plan" : "This organisation";
  return { detail: `${plan} has no SCIM provisioning; the Enterprise plan includes it. Ask your account manager.` };
}

/** Where all of an organisation's people must sign in; undefined if they need not. */
export async function requiredSignOn(db: Kysely<Database>, id: string): Promise<string | undefined> {
  const organisation = await organisationOf(db, id);
  return organisation?.ssoRequired === true ? (organisation.ssoUrl ?? undefined) : undefined;
}

/** Sets where an organisation's people sign in. The first time, a secret is made for its identity provider. */
export async function setSignOn(
  db: Kysely<Database>,
  id: string,
  { url, isRequired }: { readonly url: string | null; readonly isRequired: boolean },
): Promise<void> {
  await db
    .updateTable("organisations")
    .set({ sso_url: url, sso_required: isRequired, sso_secret: sql`coalesce(sso_secret, ${newSecret()})` })
    .where("id", "=", id)
    .execute();
}
