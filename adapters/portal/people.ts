/** Who and what the ids of a connection stand for: asked of its own SCIM service, within its own workspace. */
import type { Access, Snapshot } from "scimkit/access";
import type { Connections } from "scimkit/connections";
import type { NamedMessage } from "./access-messages.ts";
import { ApiError } from "./answer.ts";

/** A connection, and where it is asked about. */
export interface Asked {
  readonly connections: Connections;
  readonly access: Access;
  readonly organisation: string;
  /** The connection's id. */
  readonly id: string;
}

/** Groups that are read at the most. */
const most = 1_000;
const searchUrn = "urn:ietf:params:scim:api:messages:2.0:SearchRequest";
const attributes = ["userName", "displayName", "name"];

/** The person of this userName; undefined if there is none. RFC 7644 §3.4.2.2. */
export async function personNamed(asked: Asked, userName: string): Promise<NamedMessage | undefined> {
  // A string of a filter is one of JSON: what is in it cannot end it.
  const filter = encodeURIComponent(`userName eq ${JSON.stringify(userName)}`);
  const url = `/Users?filter=${filter}&attributes=${attributes.join(",")}`;
  const [found] = await search(asked, { method: "GET", url });
  return found === undefined ? undefined : { id: String(found.id), name: nameOf(found) ?? userName };
}

/** The names of people, as far as they are known: those of the deleted ones are in the journal. */
export async function namesOf(asked: Asked, ids: readonly string[]): Promise<readonly NamedMessage[]> {
  const names = new Map<string, string>();
  const journal = await asked.access.journal(asked.organisation, asked.id, { limit: most });
  for (const { resourceId, after, before, name } of journal) {
    if (!names.has(resourceId)) names.set(resourceId, nameOf(after ?? before ?? {}) ?? name);
  }
  const unknown = ids.filter((id) => !names.has(id));
  if (unknown.length > 0) {
    const filter = unknown.map((id) => `id eq ${JSON.stringify(id)}`).join(" or ");
    const json = { schemas: [searchUrn], filter, attributes, count: unknown.length };
    for (const user of await search(asked, { method: "POST", url: "/Users/.search", json })) {
      names.set(String(user.id), nameOf(user) ?? String(user.id));
    }
  }
  return ids.flatMap((id) => {
    const name = names.get(id);
    return name === undefined ? [] : [{ id, name }];
  });
}

/** The groups of a connection's workspace by name, up to a thousand. */
export async function groupsOf(asked: Asked): Promise<readonly NamedMessage[]> {
  const found = await search(asked, { method: "GET", url: `/Groups?attributes=displayName&count=${most}` });
  return found
    .map((group) => ({ id: String(group.id), name: nameOf(group) ?? String(group.id) }))
    .sort((one, other) => (one.name < other.name ? -1 : one.name > other.name ? 1 : 0));
}

async function search(
  { connections, organisation, id }: Asked,
  request: Parameters<Connections["send"]>[2],
): Promise<readonly Snapshot[]> {
  const { status, body } = await connections.send(organisation, id, request);
  // A host without groups has none to choose from.
  if (status === 404) return [];
  if (status >= 400) throw new ApiError(502, "errorServer");
  const answer: unknown = JSON.parse(body ?? "{}");
  return isObject(answer) && Array.isArray(answer.Resources) ? answer.Resources.filter(isObject) : [];
}

/** The name that people know somebody by. */
function nameOf({ displayName, name, userName }: Snapshot): string | undefined {
  const parts = isObject(name) ? [name.givenName, name.familyName].filter(Boolean).join(" ") : "";
  const formatted = isObject(name) ? name.formatted : undefined;
  return [displayName, formatted, parts, userName].filter((known) => typeof known === "string").find(Boolean);
}

function isObject(value: unknown): value is Snapshot {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
