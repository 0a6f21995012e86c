/** A host with access, and a connection that has done something of everything: rules, seats, a refusal, receipts. */
import { ScimError } from "scimkit";
import type { AccessOptions } from "scimkit/access";
import { isObject } from "../match.ts";
import { type Made, make, provision } from "./api.ts";
import { type HostOptions, type OpenHost, openHost } from "./host.ts";

const core = "urn:ietf:params:scim:schemas:core:2.0";
const patchOp = "urn:ietf:params:scim:api:messages:2.0:PatchOp";

/** A host whose owner connected its identity provider. */
export interface AccessHost {
  readonly host: OpenHost;
  readonly made: Made;
  /** The ids of people, by the part of their userName before the @. */
  readonly people: ReadonlyMap<string, string>;
  /** The ids of groups, by displayName. */
  readonly groups: ReadonlyMap<string, string>;
  /** Sends a request of the identity provider. @param line - method and path below the SCIM base */
  send(line: string, body?: unknown): Promise<Response>;
  /** Deactivates people, or activates them again. */
  setActive(active: boolean, ...names: readonly string[]): Promise<void>;
}

const names: readonly (readonly [userName: string, givenName: string, familyName: string])[] = [
  ["ann", "Ann", "Ash"],
  ["bo", "Bo", "Birch"],
  ["cy", "Cy", "Cedar"],
  ["olga", "Olga", "Oak"],
];

/**
 * Opens it: four people, of whom Ann and Bo are Designers, a group that is in the group Makers. Olga is the last owner,
 * sessions and API keys end with an account, and four of five seats are taken.
 */
export async function accessHost(options: HostOptions = {}): Promise<AccessHost> {
  const people = new Map<string, string>();
  const access: Partial<AccessOptions> = {
    guard: ({ user }) => {
      if (user === people.get("olga")) throw new ScimError(409, "Olga is the last owner of Design.");
    },
    surfaces: { sessions: { revoke: () => 3, remaining: () => 0 }, apiKeys: { revoke: () => 1, remaining: () => 0 } },
    seats: () => ({ used: 4, limit: 5 }),
    ...options.access,
  };
  const host = await openHost({ ...options, access });
  const made = await make(host);
  const send = (line: string, body?: unknown): Promise<Response> => provision(host, made.secret, line, body);
  const create = async (path: string, body: object): Promise<string> => {
    const answer: unknown = await (await send(`POST ${path}`, body)).json();
    if (!isObject(answer) || typeof answer.id !== "string") throw new Error("Nothing was created.");
    return answer.id;
  };
  for (const [name, givenName, familyName] of names) {
    const userName = `${name}@acme.example`;
    const user = { schemas: [`${core}:User`], userName, externalId: name, name: { givenName, familyName } };
    people.set(name, await create("/Users", user));
  }
  const groups = new Map<string, string>();
  const group = async (displayName: string, members: readonly (string | undefined)[]): Promise<void> => {
    const body = { schemas: [`${core}:Group`], displayName, members: members.map((value) => ({ value })) };
    groups.set(displayName, await create("/Groups", body));
  };
  await group("Designers", [people.get("ann"), people.get("bo")]);
  await group("Makers", [groups.get("Designers")]);
  const setActive = async (active: boolean, ...who: readonly string[]): Promise<void> => {
    const Operations = [{ op: "replace", path: "active", value: active }];
    for (const name of who) await send(`PATCH /Users/${people.get(name)}`, { schemas: [patchOp], Operations });
  };
  return { host, made, people, groups, send, setActive };
}
