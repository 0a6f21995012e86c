/** A host with connections, and identity providers that speak to it. */
import { createScim, everything, type Scim, type ScimError, type ScimEvent, type ScimResponse } from "scimkit";
import {
  type ConnectedOptions,
  type Connection,
  type ConnectionContext,
  type ConnectionEvent,
  type Connections,
  type ConnectionsOptions,
  createConnections,
} from "scimkit/connections";
import { isObject, type JsonObject } from "../match.ts";
import type { OpenPlace } from "./stores.ts";

/** A host, and what it was told. */
export interface Host {
  readonly connections: Connections;
  readonly scim: Scim;
  /** What connections told, as `connection.created`, in order. */
  readonly told: ConnectionEvent[];
  /** What SCIM told: type and id. */
  readonly events: ScimEvent[];
  /** What reached either `onError`. */
  readonly errors: unknown[];
  /** Sets the clock forward, in seconds. */
  wait(seconds: number): void;
}

/** Roles of the hosts of these tests, lowest first. */
export const roles = ["guest", "member", "admin", "owner"].map((id) => ({ id, name: id }));

type More = Partial<Omit<ConnectionsOptions, "store">> & {
  readonly scim?: Partial<Omit<ConnectedOptions<[], []>, "users" | "groups">>;
};

/** A host in which every organisation has the workspaces `<organisation>-1` to `<organisation>-3`. */
export function openHost({ store, users, groups }: OpenPlace, { scim: scimOptions, ...options }: More = {}): Host {
  const told: ConnectionEvent[] = [];
  const events: ScimEvent[] = [];
  const errors: unknown[] = [];
  let ahead = 0;
  const connections = createConnections({
    store,
    workspaces: (organisation) => [1, 2, 3].map((n) => ({ id: `${organisation}-${n}`, name: `Workspace ${n}` })),
    roles: () => roles,
    now: () => new Date(Date.now() + ahead),
    onEvent: (event) => void told.push(event),
    onError: (error) => void errors.push(error),
    ...options,
  });
  const scim = createScim(
    connections.scim({
      users,
      groups,
      onEvent: (event) => void events.push(event),
      onError: (error: ScimError) => void errors.push(error.cause ?? error),
      ...scimOptions,
    }),
  );
  const wait = (seconds: number): void => {
    ahead += seconds * 1_000;
  };
  return { connections, scim, told, events, errors, wait };
}

/** An answer; the body is a JSON object, empty if there is none. */
export interface Answer extends ScimResponse {
  readonly json: JsonObject;
}

/** An identity provider with a token. */
export interface IdP {
  readonly connection: Connection;
  readonly secret: string;
  readonly context: ConnectionContext;
  send(method: string, url: string, json?: unknown, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  /** Creates a user; its id. */
  provision(userName: string, more?: JsonObject): Promise<string>;
}

let organisations = 0;

/** An organisation that no test has used before. */
export function newOrganisation(): string {
  return `org${process.pid}x${++organisations}`;
}

/** Connects an organisation's first workspace, as `member`, and issues a token. */
export async function connect(
  host: Host,
  organisation: string = newOrganisation(),
  settings: { readonly workspace?: string; readonly defaultRole?: string; readonly ceiling?: string } = {},
): Promise<IdP> {
  const connection = await host.connections.create(organisation, {
    workspace: `${organisation}-1`,
    defaultRole: "member",
    ...settings,
  });
  const { secret } = await host.connections.issueToken(organisation, connection.id);
  return idp(host, connection, secret);
}

/** An identity provider that has this token. */
export function idp(host: Host, connection: Connection, secret: string): IdP {
  const send: IdP["send"] = (method, url, json, headers = {}) =>
    ask(host.scim, method, url, json, { authorization: `Bearer ${secret}`, ...headers });
  return {
    connection,
    secret,
    context: {
      organisation: connection.organisation,
      workspace: connection.workspace,
      defaultRole: connection.defaultRole,
      connection: connection.id,
    },
    send,
    async provision(userName, more = {}) {
      const { status, json, body } = await send("POST", "/Users", { userName, ...more });
      if (status !== 201) throw new Error(`${status} ${body}`);
      return String(json.id);
    },
  };
}

/** Sends a request past all adapters. */
export async function ask(
  scim: Scim,
  method: string,
  url: string,
  json: unknown,
  headers: Readonly<Record<string, string>>,
): Promise<Answer> {
  const body = json === undefined ? {} : { body: typeof json === "string" ? { text: json } : { json } };
  const response = await scim.handle({ method, url, headers, baseUrl: "https://app.example/scim/v2", ...body });
  const parsed: unknown = response.body === undefined ? {} : JSON.parse(response.body);
  return { ...response, json: isObject(parsed) ? parsed : {} };
}

/** A PATCH message. */
export function patch(...Operations: readonly unknown[]): JsonObject {
  return { schemas: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], Operations };
}

/** A query for one filter. */
export function filtered(endpoint: string, filter: string): string {
  return `${endpoint}?filter=${encodeURIComponent(filter)}`;
}

/** Somebody who signed up in the product, in the workspace of a connection: no connection knows of them. */
export async function signUp({ users }: OpenPlace, { context }: IdP, resource: JsonObject): Promise<string> {
  const draft = { resource: { userName: "", ...resource }, beforeCommit: async () => {} };
  return (await users.create(draft, everything, context)).id;
}

/** A user as the store has it. */
export async function stored({ users }: OpenPlace, { context }: IdP, id: string): Promise<JsonObject> {
  return (await users.get(id, everything, context)) ?? {};
}
