/** The host app of both examples: who may provision, where people and teams live, and what the app makes of them. */
import { createHash } from "node:crypto";
import { bearer, createScim, everything, type Scim } from "scimkit";
import { scimkitTables } from "scimkit/kysely";
import { db } from "./database.ts";
import { token } from "./start.ts";

/** What `authenticate` says of a request, and every store call and event is told: whose people these are. */
interface Customer {
  readonly name: string;
}

const acme: Customer = { name: "acme" };

/** Tokens are kept as digests: a look-up leaks nothing of them, and neither would a copy of this table. */
const customersByToken = new Map([[digest(token), acme]]);

const tables = scimkitTables(db, { tenant: (customer: Customer) => customer.name });
const { users, groups } = tables;
await tables.migrate();

/** The SCIM service, not yet mounted. */
export const scim: Scim = createScim({
  users,
  groups,
  authenticate: bearer((given) => customersByToken.get(digest(given))),
  onEvent: (event, customer) => console.log(`${customer.name}: ${event.type} ${event.id}`),
  onError: (error) => console.error(error.cause ?? error),
});

/** What the app's own front page shows: its people, and its teams by the people in them. */
export async function directory(): Promise<unknown> {
  const query = { filter: undefined, sort: undefined, window: { by: "index", startIndex: 1, count: 1_000 } } as const;
  const people = (await users.list({ ...query, want: everything }, acme)).resources;
  const teams = (await groups.list({ ...query, want: everything }, acme)).resources;
  const names = new Map(people.map(({ id, userName }) => [id, userName]));
  return {
    users: people.map(({ userName, displayName, active }) => ({ userName, displayName, active: active !== false })),
    teams: teams.map(({ displayName, members = [] }) => ({
      name: displayName,
      members: members.map(({ value }) => names.get(value ?? "") ?? value),
    })),
  };
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
