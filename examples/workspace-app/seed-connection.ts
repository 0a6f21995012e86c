/** The connection of the seeded customer: what `SCIM_TOKEN` is the token of. */
import { createHash, randomUUID } from "node:crypto";
import type { RuleSettings } from "scimkit/access";
import type { Connection, ConnectionStore } from "scimkit/connections";
import { workspacesOf } from "./people/directory.ts";
import type { Product } from "./product.ts";

/** What tokens made at start-up are called in the portal. */
const label = "npm start";

/**
 * Connects Contoso's headquarters, if nobody has, with rules for two groups, and gives it a token.
 *
 * @param given - the token; default: a new one, in the place of the last such
 * @returns the token; undefined if there is no Contoso any more
 */
export async function seedConnection(
  { db, connections, access }: Product,
  store: ConnectionStore,
  given: string | undefined,
): Promise<string | undefined> {
  const workspace = await db
    .selectFrom("workspaces")
    .where("name", "=", "Contoso HQ")
    .select(["id", "organisation_id as organisation"])
    .executeTakeFirst();
  if (workspace === undefined) return undefined;
  const { organisation, id } = workspace;
  const present = (await connections.list(organisation))[0];
  const settings = { workspace: id, defaultRole: "member", ceiling: "admin" };
  const connection = present ?? (await connections.create(organisation, settings));
  if (present === undefined)
    await access.changeRules(organisation, connection.id, { add: await rulesOf(db, organisation) });
  if (given !== undefined) return await adopt(store, connection, given);
  for (const token of await connections.tokens(organisation, connection.id)) {
    const isUsable = token.revoked === undefined;
    if (token.label === label && isUsable) await connections.revokeToken(organisation, connection.id, token.id);
  }
  return (await connections.issueToken(organisation, connection.id, { label })).secret;
}

/** Contoso's groups, wherever they come from, and what they open. Nobody becomes an owner by a group. */
async function rulesOf(db: Product["db"], organisation: string): Promise<readonly RuleSettings[]> {
  const labs = (await workspacesOf(db, organisation)).find(({ name }) => name === "Contoso Labs");
  return [
    { group: { displayName: "Workspace admins" }, role: "admin" },
    ...(labs === undefined ? [] : [{ group: { displayName: "Labs" }, role: "guest", workspace: labs.id }]),
  ];
}

/** Keeps a token that was made elsewhere, as connections keep their own. */
async function adopt(store: ConnectionStore, { id: connection }: Connection, secret: string): Promise<string> {
  const hash = createHash("sha256").update(secret).digest("hex");
  if ((await store.findToken(hash)) !== undefined) return secret;
  const token = { id: randomUUID(), connection, label: "SCIM_TOKEN", prefix: secret.slice(0, 4), created: new Date() };
  await store.insertToken({ ...token, hash }, () => undefined);
  return secret;
}
