/** A host with connections and access in memory: who has which role, and what its identity provider sends. */
import { createScim, type Scim, type ScimResponse } from "scimkit";
import { type Access, type AccessOptions, createAccess, type DesiredAccess, memoryAccess } from "scimkit/access";
import {
  type Connection,
  type ConnectionContext,
  type Connections,
  createConnections,
  memoryConnections,
} from "scimkit/connections";
import { memoryStores } from "scimkit/memory";
import { isObject, type JsonObject } from "../match.ts";

/** The roles of every workspace, lowest first. */
export const roles = ["viewer", "member", "admin", "owner"] as const;

/** What the host has been handed last of each user, and everything else of a host. */
export interface AccessHost {
  readonly scim: Scim;
  readonly connections: Connections;
  readonly access: Access;
  readonly connection: Connection;
  /** By user id. */
  readonly desired: ReadonlyMap<string, DesiredAccess>;
  send(method: string, url: string, json?: unknown): Promise<ScimResponse & { readonly json: JsonObject }>;
  /** Creates a resource; returns its id. */
  create(url: string, json: object): Promise<string>;
  patch(url: string, ...operations: readonly object[]): Promise<ScimResponse & { readonly json: JsonObject }>;
  /** The roles that a user has by what the host was handed; `default` roles included. */
  rolesOf(user: string): readonly string[];
}

/** What a test may ask of a host. */
export interface AccessHostOptions extends Partial<AccessOptions> {
  readonly ceiling?: string;
  readonly organisation?: string;
  readonly stores?: ReturnType<typeof newStores>;
}

/** Empty stores of users and groups, a tenant for each workspace. */
export function newStores() {
  return memoryStores<ConnectionContext>({ tenant: ({ workspace }) => workspace });
}

/** A host whose organisation `acme` has one connection, with `viewer` as its default role. */
export async function accessHost({
  ceiling,
  organisation = "acme",
  stores = newStores(),
  ...given
}: AccessHostOptions = {}): Promise<AccessHost> {
  const connections =
    given.connections ??
    createConnections({
      store: memoryConnections(),
      roles: () => roles.map((id) => ({ id, name: id })),
    });
  const desired = new Map<string, DesiredAccess>();
  const access = createAccess({
    store: memoryAccess(),
    reconcileAccess: (next) => {
      desired.set(next.user, next);
    },
    ...given,
    connections,
  });
  const scim = createScim(access.scim({ ...stores, features: { changePassword: true } }));
  const settings = { defaultRole: "viewer", ...(ceiling === undefined ? {} : { ceiling }) };
  const connection = await connections.create(organisation, settings);
  const { secret } = await connections.issueToken(organisation, connection.id);
  const headers = { authorization: `Bearer ${secret}`, "content-type": "application/scim+json" };
  const send: AccessHost["send"] = async (method, url, json) => {
    const body = json === undefined ? {} : { body: { json } };
    const response = await scim.handle({ method, url, headers, baseUrl: "https://x.example/scim", ...body });
    const parsed: unknown = JSON.parse(typeof response.body === "string" ? response.body : "{}");
    return { ...response, json: isObject(parsed) ? parsed : {} };
  };
  return {
    scim,
    connections,
    access,
    connection,
    desired,
    send,
    async create(url, json) {
      const { status, json: created } = await send("POST", url, json);
      if (status !== 201) throw new Error(`POST ${url}: ${status} ${JSON.stringify(created)}`);
      return String(created.id);
    },
    patch: (url, ...Operations) =>
      send("PATCH", url, { schemas: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], Operations }),
    rolesOf: (user) => desired.get(user)?.roles.map(({ role }) => role) ?? [],
  };
}
