/** A bulk request whose resources show whether they are whole, and the look at what has become of them. */
import { bearer, createScim, type Scim, type ScimOptions } from "scimkit";
import { expect } from "vitest";
import { isObject, type JsonObject } from "../match.ts";
import type { TestContext, TestStores } from "../served.ts";
import { person, resourcesOf, team } from "../service.ts";
import { patchOp } from "../session.ts";

const enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

/** A user with something in every place that a layout has: columns, lists, an extension. */
export function fullPerson(name: string): JsonObject {
  return person(`${name}@x.io`, {
    externalId: `e-${name}`,
    displayName: `Name of ${name}`,
    name: { givenName: name, familyName: `Family of ${name}` },
    active: true,
    emails: [{ value: `${name}@x.io`, type: "work", primary: true }],
    phoneNumbers: [{ value: "555-0100", type: "work" }],
    [enterprise]: { department: `Department of ${name}`, costCenter: "7" },
  });
}

const teamSize = 10;
/** The users that the bulk request creates, by the first part of their userName. */
export const newUsers: readonly string[] = Array.from({ length: 60 }, (_, at) => `new${at}`);
/** The groups that it creates. */
export const newTeams: readonly string[] = Array.from({ length: newUsers.length / teamSize }, (_, at) => `Team ${at}`);

const namesIn = (at: number): readonly string[] => newUsers.slice(at * teamSize, (at + 1) * teamSize);
const referTo = (names: readonly string[]): readonly JsonObject[] => names.map((name) => ({ value: `bulkId:${name}` }));

/** What a host has before: ann and bo in a group, and cy on their own. Ids. */
export interface Before {
  readonly ann: string;
  readonly bo: string;
  readonly cy: string;
  readonly group: string;
}

/** A service on some stores, called without HTTP. */
export interface Caller {
  call(method: string, path: string, json?: JsonObject): Promise<JsonObject & { readonly status: number }>;
  /** @throws Error if the answer is not 201 */
  create(path: string, resource: JsonObject): Promise<string>;
}

/** A service of one tenant; `beforeCommit` runs inside its writes. */
export function callerOf(stores: TestStores, beforeCommit?: ScimOptions<TestContext>["beforeCommit"]): Caller {
  const scim: Scim = createScim<TestContext>({
    ...stores,
    authenticate: bearer(() => ({ tenant: "one", workspaceId: 1 })),
    ...(beforeCommit === undefined ? {} : { beforeCommit }),
  });
  const call: Caller["call"] = async (method, path, json) => {
    const { status, body } = await scim.handle({
      method,
      url: path,
      baseUrl: "http://localhost",
      headers: { authorization: "Bearer one", "content-type": "application/scim+json" },
      ...(json === undefined ? {} : { body: { json } }),
    });
    const parsed: unknown = JSON.parse(body ?? "{}");
    return { ...(isObject(parsed) ? parsed : {}), status };
  };
  return {
    call,
    create: async (path, resource) => {
      const { status, id, detail } = await call("POST", path, resource);
      if (status !== 201) throw new Error(`POST ${path}: ${status} ${detail}`);
      return String(id);
    },
  };
}

/** Creates what is there before. */
export async function plant({ create }: Caller): Promise<Before> {
  const ann = await create("/Users", fullPerson("ann"));
  const bo = await create("/Users", fullPerson("bo"));
  const cy = await create("/Users", fullPerson("cy"));
  return { ann, bo, cy, group: await create("/Groups", team("Old", ann, bo)) };
}

/** A PATCH message. */
export function patchOf(...Operations: readonly JsonObject[]): JsonObject {
  return { schemas: [patchOp], Operations };
}

/** The operations: ann becomes anna, bo goes, users and groups come, and the old group gets a new name and new members. */
export function bulkOperations({ ann, bo, group }: Before): readonly JsonObject[] {
  const renamed = patchOf(
    { op: "replace", path: "displayName", value: "New" },
    { op: "replace", path: "members", value: referTo(newUsers) },
  );
  return [
    { method: "PUT", path: `/Users/${ann}`, data: fullPerson("anna") },
    { method: "DELETE", path: `/Users/${bo}` },
    ...newUsers.map((name) => ({ method: "POST", path: "/Users", bulkId: name, data: fullPerson(name) })),
    ...newTeams.map((displayName, at) => {
      const data = { ...team(displayName), members: referTo(namesIn(at)) };
      return { method: "POST", path: "/Groups", bulkId: displayName, data };
    }),
    { method: "PATCH", path: `/Groups/${group}`, data: renamed },
  ];
}

const all = async ({ call }: Caller, path: string): Promise<readonly JsonObject[]> =>
  resourcesOf(await call("GET", `${path}?count=1000`));

/**
 * Expects each user to be whole, and each group to have all of its members and nobody else.
 *
 * @returns how many there are
 */
export async function inspect(caller: Caller, before: Before): Promise<{ users: number; teams: number }> {
  const [users, groups] = [await all(caller, "/Users"), await all(caller, "/Groups")];
  const nameOf = ({ userName }: JsonObject): string => String(userName).replace("@x.io", "");
  for (const user of users) {
    const { id: _id, meta: _meta, groups: _groups, ...own } = user;
    expect({ ...own, schemas: undefined }).toEqual({ ...fullPerson(nameOf(user)), schemas: undefined });
  }
  const idOf = new Map(users.map((user) => [nameOf(user), String(user.id)]));
  const idsOf = (names: readonly string[]): readonly unknown[] => names.map((name) => idOf.get(name)).sort();
  expect(idOf.get("anna") ?? idOf.get("ann")).toBe(before.ann);
  for (const { id, displayName, members } of groups) {
    const values = Array.isArray(members) ? members.map(({ value }) => value).sort() : [];
    const old = ["ann", "anna", "bo"].filter((name) => idOf.has(name));
    const names =
      id === before.group ? (displayName === "New" ? newUsers : old) : namesIn(newTeams.indexOf(String(displayName)));
    expect(names).not.toEqual([]);
    expect(values).toEqual(idsOf(names));
  }
  return { users: users.length, teams: groups.length };
}

/** Expects that what the request was for can be had by sending it again: what is there is a 409, what is not is a 201. */
export async function expectAgain(caller: Caller): Promise<void> {
  const resources = [...(await all(caller, "/Users")), ...(await all(caller, "/Groups"))];
  const present = new Set(resources.map(({ userName, displayName }) => userName ?? displayName));
  for (const name of newUsers) {
    const { status } = await caller.call("POST", "/Users", fullPerson(name));
    expect(status).toBe(present.has(`${name}@x.io`) ? 409 : 201);
  }
  for (const name of newTeams) {
    const { status } = await caller.call("POST", "/Groups", team(name));
    expect(status).toBe(present.has(name) ? 409 : 201);
  }
}
