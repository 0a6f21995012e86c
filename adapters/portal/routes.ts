/** The page's own API: one function per route, each with the action that it needs. */
import type { ScimBody, ScimResponse } from "scimkit";
import type { Access } from "scimkit/access";
import type { Connection, Connections, LogEntry } from "scimkit/connections";
import { ApiError, json } from "./answer.ts";
import { choiceMessages, connectionMessage, healthMessage, stateOf, tokenMessage } from "./connection-message.ts";
import { examine } from "./doctor/examine.ts";
import { logPage } from "./log-message.ts";
import type {
  ConnectionMessage,
  CreatedMessage,
  IssuedMessage,
  LogPageMessage,
  OverviewMessage,
  PortalAction,
  RolesMessage,
  StatusMessage,
} from "./messages.ts";
import { oneOf, optionalText, optionalTime, readBody, readQuery, text, whole } from "./read-input.ts";

/** One request to the API, of somebody who was let in. */
export interface ApiCall {
  readonly connections: Connections;
  /** Undefined if the host has none: there are no routes that ask it then. */
  readonly access: Access | undefined;
  /** As `authorize` said: the only organisation that is ever asked about. */
  readonly organisation: string;
  readonly actions: ReadonlySet<PortalAction>;
  readonly scimUrl: string;
  /** What stands in the path's places, percent-decoded. */
  readonly ids: readonly string[];
  /** Without the question mark. */
  readonly query: string;
  readonly body: ScimBody | undefined;
}

/** A route: what it takes, what one has to be allowed, and what it does. */
export interface Route {
  readonly method: "GET" | "POST" | "PATCH" | "DELETE";
  /** Below `/api`; `*` is the place of an id. */
  readonly path: string;
  readonly action: PortalAction;
  run(call: ApiCall): Promise<ScimResponse>;
}

/** Entries of the log on a page. */
const pageSize = 50;
/** Entries that the doctor looks at. */
const examined = 200;

/** All routes. */
export const routes: readonly Route[] = [
  { method: "GET", path: "/overview", action: "read", run: overview },
  { method: "GET", path: "/roles", action: "configure", run: roles },
  { method: "POST", path: "/connections", action: "configure", run: create },
  { method: "GET", path: "/connections/*", action: "read", run: status },
  { method: "PATCH", path: "/connections/*", action: "configure", run: update },
  { method: "DELETE", path: "/connections/*", action: "delete", run: remove },
  { method: "POST", path: "/connections/*/pause", action: "pause", run: pause },
  { method: "POST", path: "/connections/*/resume", action: "pause", run: resume },
  { method: "GET", path: "/connections/*/log", action: "read", run: log },
  { method: "POST", path: "/connections/*/tokens", action: "tokens", run: issue },
  { method: "POST", path: "/connections/*/tokens/*/rotate", action: "tokens", run: rotate },
  { method: "POST", path: "/connections/*/tokens/*/revoke", action: "tokens", run: revoke },
];

async function overview(call: ApiCall): Promise<ScimResponse> {
  const { connections, organisation } = call;
  readQuery(call.query, []);
  const [reason, workspaces, available, all] = await Promise.all([
    connections.refusal(organisation),
    connections.workspaces(organisation),
    connections.available(organisation),
    connections.list(organisation),
  ]);
  const message: OverviewMessage = {
    actions: [...call.actions],
    entitled: reason === undefined,
    ...(reason === undefined ? {} : { reason }),
    workspaces: choiceMessages(workspaces),
    available: choiceMessages(available),
    connections: await Promise.all(all.map((connection) => describe(call, connection))),
  };
  return json(200, message);
}

async function roles(call: ApiCall): Promise<ScimResponse> {
  const { connections, organisation } = call;
  const query = readQuery(call.query, ["workspace", "connection"]);
  const connection = query.has("connection") ? await present(call, text(query, "connection")) : undefined;
  const choices = await connections.roles(organisation, text(query, "workspace"), connection?.ceiling);
  return json(200, { roles: choiceMessages(choices) } satisfies RolesMessage);
}

async function create(call: ApiCall): Promise<ScimResponse> {
  const { connections, organisation } = call;
  const body = readBody(call.body, ["workspace", "defaultRole"]);
  const settings = { workspace: text(body, "workspace"), defaultRole: text(body, "defaultRole") };
  const connection = await connections.create(organisation, settings);
  const message: CreatedMessage = {
    connection: await describe(call, connection),
    ...(call.actions.has("tokens")
      ? { issued: issuedMessage(await connections.issueToken(organisation, connection.id)) }
      : {}),
  };
  return json(201, message);
}

async function status(call: ApiCall): Promise<ScimResponse> {
  const { connections, organisation } = call;
  readQuery(call.query, []);
  const connection = await present(call, idOf(call));
  const [tokens, health, entries, choices] = await Promise.all([
    connections.tokens(organisation, connection.id),
    connections.health(organisation, connection.id),
    connections.log(organisation, connection.id, { limit: examined }),
    choicesOf(call, connection),
  ]);
  const now = new Date();
  const picture = {
    now,
    connection,
    validTokens: tokens.filter((token) => stateOf(token, now) === "valid"),
    health,
    // What the host asks in the connection's name says nothing of the identity provider.
    log: entries.filter(({ token }) => token !== undefined),
    roles: choices.roles,
    scimUrl: call.scimUrl,
  };
  const message: StatusMessage = {
    connection: connectionMessage(connection, choices.workspaces, choices.roles),
    tokens: tokens.map((token) => tokenMessage(token, now)),
    health: healthMessage(health),
    findings: examine(picture),
    log: logPage(entries, pageSize),
  };
  return json(200, message);
}

async function update(call: ApiCall): Promise<ScimResponse> {
  const body = readBody(call.body, ["workspace", "defaultRole"]);
  const settings = {
    ...(body.has("workspace") ? { workspace: text(body, "workspace") } : {}),
    ...(body.has("defaultRole") ? { defaultRole: text(body, "defaultRole") } : {}),
  };
  return described(call, await call.connections.update(call.organisation, idOf(call), settings));
}

async function remove(call: ApiCall): Promise<ScimResponse> {
  const users = oneOf(readQuery(call.query, ["users"]), "users", ["keep", "deactivate"]);
  await call.connections.delete(call.organisation, idOf(call), { users });
  return json(200, {});
}

async function pause(call: ApiCall): Promise<ScimResponse> {
  readBody(call.body, []);
  return described(call, await call.connections.pause(call.organisation, idOf(call)));
}

async function resume(call: ApiCall): Promise<ScimResponse> {
  readBody(call.body, []);
  return described(call, await call.connections.resume(call.organisation, idOf(call)));
}

async function log(call: ApiCall): Promise<ScimResponse> {
  const query = readQuery(call.query, ["before"]);
  const window = query.has("before") ? { before: whole(query, "before", 1, Number.MAX_SAFE_INTEGER) } : {};
  const entries: readonly LogEntry[] = await call.connections.log(call.organisation, idOf(call), {
    limit: pageSize + 1,
    ...window,
  });
  return json(200, logPage(entries, pageSize) satisfies LogPageMessage);
}

async function issue(call: ApiCall): Promise<ScimResponse> {
  const body = readBody(call.body, ["label", "expires"]);
  const label = optionalText(body, "label", 100);
  const expires = optionalTime(body, "expires");
  const issued = await call.connections.issueToken(call.organisation, idOf(call), { label, expires });
  return json(201, issuedMessage(issued));
}

async function rotate(call: ApiCall): Promise<ScimResponse> {
  const overlap = whole(readBody(call.body, ["overlap"]), "overlap", 0, 31_536_000);
  const issued = await call.connections.rotateToken(call.organisation, idOf(call), tokenIdOf(call), { overlap });
  return json(201, issuedMessage(issued));
}

async function revoke(call: ApiCall): Promise<ScimResponse> {
  readBody(call.body, []);
  const token = await call.connections.revokeToken(call.organisation, idOf(call), tokenIdOf(call));
  return json(200, tokenMessage(token, new Date()));
}

function issuedMessage(issued: Awaited<ReturnType<Connections["issueToken"]>>): IssuedMessage {
  return { token: tokenMessage(issued.token, new Date()), secret: issued.secret };
}

/** The id of the connection in the path. */
export const idOf = (call: ApiCall): string => call.ids[0] ?? "";
const tokenIdOf = (call: ApiCall): string => call.ids[1] ?? "";

/** The connection of an id. @throws ApiError 404 for one that the organisation does not have */
export async function present({ connections, organisation }: ApiCall, id: string): Promise<Connection> {
  const connection = await connections.get(organisation, id);
  if (connection === undefined) throw new ApiError(404, "errorMissing");
  return connection;
}

async function choicesOf(
  { connections, organisation }: ApiCall,
  { workspace }: Connection,
): Promise<{ readonly workspaces: OverviewMessage["workspaces"]; readonly roles: RolesMessage["roles"] }> {
  const workspaces = await connections.workspaces(organisation);
  const known = workspaces.some(({ id }) => id === workspace);
  return { workspaces, roles: known ? await connections.roles(organisation, workspace) : [] };
}

async function describe(call: ApiCall, connection: Connection): Promise<ConnectionMessage> {
  const { workspaces, roles } = await choicesOf(call, connection);
  return connectionMessage(connection, workspaces, roles);
}

async function described(call: ApiCall, connection: Connection): Promise<ScimResponse> {
  return json(200, await describe(call, connection));
}
