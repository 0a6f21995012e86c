/** The host of the HTTP tests: an app with stores, two tenants, and a record of what it was told. */
import { bearer, createScim, everything, type Scim, type ScimEvent, type ScimOptions } from "scimkit";
import { isObject, type JsonObject } from "./match.ts";
import { freshTenants, openMemory, type Served, type TestContext, type TestStores } from "./served.ts";
import { valueAt } from "./variables.ts";

/** The token of the tenant that tests use when they use one. */
export const token = "h480djs93hd8";
/** The token of another tenant. */
export const otherToken = "tenant-two-token";

/** Users by userName and members' names by group name: the host's side of the matter. */
export interface HostState {
  readonly users: Readonly<Record<string, JsonObject>>;
  readonly groups: Readonly<Record<string, readonly string[]>>;
}

/** A host app with scimkit in it, not yet mounted. */
export interface Host {
  readonly scim: Scim;
  /** What reached `onError`. */
  readonly errors: readonly unknown[];
  /** Creates a resource in the first tenant without going over a mount; returns its id. */
  create(endpoint: string, resource: JsonObject): Promise<string>;
  /** The events since the last call, one line each: `user.created 2819c223`. */
  takeEvents(): Promise<readonly string[]>;
  /** What a tenant has; default the first one. */
  state(tenant?: "one" | "two"): Promise<HostState>;
}

/** What a test may ask of its host beside the stores and the tenants. */
export type HostOptions = Partial<Omit<ScimOptions<TestContext>, "users" | "groups" | "authenticate">>;

const usual: NonNullable<HostOptions["features"]> = { changePassword: true };

/** A host with the memory stores, empty. */
export function memoryHost(options: HostOptions = {}): Host {
  return hostOn(openMemory(), options);
}

/** A host with the stores of a row, in which its tenants have nothing. */
export async function openHost(served: Served, options: HostOptions = {}): Promise<Host> {
  return hostOn(await served.openStores((options.features ?? usual).changePassword), options);
}

function hostOn({ users, groups }: TestStores, options: HostOptions): Host {
  const tenants = freshTenants();
  const byToken = new Map([
    [token, tenants.one],
    [otherToken, tenants.two],
  ]);
  const events: string[] = [];
  const errors: unknown[] = [];
  const scim = createScim({
    users,
    groups,
    authenticate: bearer(async (given) => byToken.get(given) ?? null),
    features: usual,
    onEvent: (event) => {
      events.push(eventLine(event));
    },
    onError: (error) => {
      errors.push(error);
    },
    ...options,
  });
  return {
    scim,
    errors,
    create: (endpoint, resource) => create(scim, endpoint, resource),
    takeEvents: async () => {
      await new Promise((resolve) => setImmediate(resolve));
      return events.splice(0);
    },
    state: async (tenant = "one") => {
      const query = { filter: undefined, sort: undefined, want: everything } as const;
      const window = { by: "index", startIndex: 1, count: 100_000 } as const;
      const people = await users.list({ ...query, window }, tenants[tenant]);
      const teams = await groups.list({ ...query, window }, tenants[tenant]);
      return hostState(people.resources, teams.resources);
    },
  };
}

async function create(scim: Scim, url: string, resource: JsonObject): Promise<string> {
  const { status, body = "" } = await scim.handle({
    method: "POST",
    url,
    baseUrl: "http://localhost/scim/v2",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/scim+json" },
    body: { json: { schemas: [`urn:ietf:params:scim:schemas:core:2.0:${url.slice(1, -1)}`], ...resource } },
  });
  const id = valueAt(JSON.parse(body), "id");
  if (status !== 201 || typeof id !== "string") throw new Error(`The host could not create ${url}: ${status} ${body}`);
  return id;
}

/** One line for an event: type, id, and what changed or who came and went, in order; a number where there are many. */
function eventLine(event: ScimEvent): string {
  const list = "members" in event ? event.members : event.changed;
  if (list.length === 0) return `${event.type} ${event.id}`;
  return `${event.type} ${event.id}: ${list.length > 9 ? `${list.length} members` : [...list].sort().join(", ")}`;
}

function hostState(users: readonly JsonObject[], groups: readonly JsonObject[]): HostState {
  const names = new Map<unknown, string>([
    ...users.map((user) => [user.id, String(user.userName)] as const),
    ...groups.map((group) => [group.id, String(group.displayName)] as const),
  ]);
  const nameOf = (member: unknown): string => {
    const id = isObject(member) ? member.value : undefined;
    return names.get(id) ?? `nobody (${String(id)})`;
  };
  return {
    users: Object.fromEntries(users.map((user) => [String(user.userName), user])),
    groups: Object.fromEntries(
      groups.map(({ displayName, members }) => [
        String(displayName),
        Array.isArray(members) ? members.map(nameOf) : [],
      ]),
    ),
  };
}
