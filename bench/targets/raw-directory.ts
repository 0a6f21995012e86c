/** The least honest work behind the raw targets: Maps, one regular expression per query shape, no validation. */
import { randomUUID } from "node:crypto";
import { type Dataset, fill, type Ids } from "../data/dataset.ts";
import { groupSchema, userAt } from "../data/user.ts";

export const base = "/scim/v2";
export const authorization = "Bearer bench";
export const bodyLimit = 64 * 1024 * 1024;

interface Meta {
  readonly resourceType: string;
  readonly created: string;
  readonly lastModified: string;
  readonly version: string;
  readonly location: string;
}
type User = Record<string, unknown> & { readonly id: string; readonly userName: string; readonly meta: Meta };
interface Group {
  readonly attributes: Record<string, unknown>;
  readonly members: Map<string, Member>;
}
interface Member {
  readonly value: string;
  readonly display?: string;
}
/** What a handler answers; no body for 204. */
export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly location?: string;
}
/** A parsed JSON body, trusted as it is. */
export type Body = Record<string, unknown> & { readonly Operations?: readonly Operation[] };
interface Operation {
  readonly op: string;
  readonly path?: string;
  readonly value?: unknown;
  readonly method?: string;
  readonly bulkId?: string;
  readonly data?: Body;
}

const users = new Map<string, User>();
const byUserName = new Map<string, User>();
const groups = new Map<string, Group>();
let schemas: unknown = {};

const error = (status: number, detail: string): Answer => ({
  status,
  body: { schemas: ["urn:ietf:params:scim:api:messages:2.0:Error"], status: String(status), detail },
});
const list = (resources: readonly unknown[], total: number, startIndex: number): Answer => ({
  status: 200,
  body: {
    schemas: ["urn:ietf:params:scim:api:messages:2.0:ListResponse"],
    totalResults: total,
    itemsPerPage: resources.length,
    startIndex,
    Resources: resources,
  },
});

let versions = 0;
function meta(resourceType: string, origin: string, id: string, created?: string): Meta {
  const now = new Date().toISOString();
  return {
    resourceType,
    created: created ?? now,
    lastModified: now,
    location: `${origin}${base}/${resourceType}s/${id}`,
    version: `W/"${++versions}"`,
  };
}

function put(user: User): void {
  users.set(user.id, user);
  byUserName.set(user.userName.toLowerCase(), user);
}

export function readUser(id: string): Answer {
  const user = users.get(id);
  return user ? { status: 200, body: user } : error(404, "No such user");
}

const byName = /^userName eq "([^"]*)"$/i;
const byMail = /^emails\[type eq "(\w+)" and value co "([^"]*)"\] and active eq (true|false)$/i;

export function findUsers(filter: string | undefined, startIndex: number, count: number): Answer {
  if (filter === undefined) {
    const page: User[] = [];
    let position = 0;
    for (const user of users.values()) {
      if (++position >= startIndex) page.push(user);
      if (page.length === count) break;
    }
    return list(page, users.size, startIndex);
  }
  const name = byName.exec(filter);
  if (name) {
    const user = byUserName.get((name[1] ?? "").toLowerCase());
    return list(user ? [user] : [], user ? 1 : 0, 1);
  }
  const mail = byMail.exec(filter);
  if (!mail) return error(400, "Filter not supported");
  const type = (mail[1] ?? "").toLowerCase();
  const part = (mail[2] ?? "").toLowerCase();
  const active = mail[3] === "true";
  const found: User[] = [];
  for (const user of users.values()) if (user.active === active && hasMail(user, type, part)) found.push(user);
  return list(found.slice(startIndex - 1, startIndex - 1 + count), found.length, startIndex);
}

function hasMail(user: User, type: string, part: string): boolean {
  if (!Array.isArray(user.emails)) return false;
  for (const email of user.emails) {
    if (email.type.toLowerCase() === type && email.value.toLowerCase().includes(part)) return true;
  }
  return false;
}

export function createUser(body: Body, origin: string): Answer {
  const userName = String(body.userName);
  if (byUserName.has(userName.toLowerCase())) return error(409, "userName is taken");
  const id = randomUUID();
  const user: User = { ...body, id, userName, meta: meta("User", origin, id) };
  put(user);
  return { status: 201, body: user, location: user.meta.location };
}

export function replaceUser(id: string, body: Body, origin: string): Answer {
  const present = users.get(id);
  if (!present) return error(404, "No such user");
  const user = { ...body, id, userName: String(body.userName), meta: meta("User", origin, id, present.meta.created) };
  if (user.userName !== present.userName) byUserName.delete(present.userName.toLowerCase());
  put(user);
  return { status: 200, body: user };
}

export function patchUser(id: string, body: Body, origin: string): Answer {
  const present = users.get(id);
  if (!present) return error(404, "No such user");
  const user: User = { ...present, meta: meta("User", origin, id, present.meta.created) };
  for (const { op, path, value } of body.Operations ?? []) {
    if (op.toLowerCase() === "remove") Reflect.deleteProperty(user, path ?? "");
    else Object.assign(user, path === undefined ? value : { [path]: value });
  }
  put(user);
  return { status: 200, body: user };
}

export function deleteUser(id: string): Answer {
  const user = users.get(id);
  if (!user) return error(404, "No such user");
  users.delete(id);
  byUserName.delete(user.userName.toLowerCase());
  return { status: 204 };
}

export function readGroup(id: string, excluded: string | undefined): Answer {
  const group = groups.get(id);
  if (!group) return error(404, "No such group");
  if (excluded === "members") return { status: 200, body: group.attributes };
  return { status: 200, body: { ...group.attributes, members: [...group.members.values()] } };
}

const memberPath = /^members\[value eq "([^"]*)"\]$/;

export function patchGroup(id: string, body: Body): Answer {
  const group = groups.get(id);
  if (!group) return error(404, "No such group");
  for (const { op, path, value } of body.Operations ?? []) {
    const removed = memberPath.exec(path ?? "")?.[1];
    if (op === "remove" && removed !== undefined) group.members.delete(removed);
    else if (op === "add" && path === "members" && Array.isArray(value)) {
      for (const member of value) group.members.set(member.value, { value: member.value });
    } else return error(400, "Operation not supported");
  }
  return { status: 204 };
}

export function bulk(body: Body, origin: string): Answer {
  const Operations = (body.Operations ?? []).map(({ method, bulkId, data }) => {
    const { status, location } = createUser(data ?? {}, origin);
    return { method, bulkId, location, status: String(status) };
  });
  return { status: 200, body: { schemas: ["urn:ietf:params:scim:api:messages:2.0:BulkResponse"], Operations } };
}

export const readSchemas = (): Answer => ({ status: 200, body: schemas });

export function takeSchemas(document: unknown): void {
  schemas = document;
}

/** Fills the Maps. */
export function load(dataset: Dataset, origin: string): Promise<Ids> {
  return fill(dataset, {
    user(index) {
      const id = randomUUID();
      const body = userAt(index);
      put({ ...body, id, userName: String(body.userName), meta: meta("User", origin, id) });
      return id;
    },
    group(displayName, members) {
      const id = randomUUID();
      const attributes = { schemas: [groupSchema], id, displayName, meta: meta("Group", origin, id) };
      groups.set(id, { attributes, members: new Map(members.map((value) => [value, { value }])) });
      return id;
    },
  });
}
