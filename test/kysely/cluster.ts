/** openCluster: what the concurrency tests send to: a few processes on one database, or one process on PGlite. */
import type { Kysely } from "kysely";
import { bearer, createScim } from "scimkit";
import { type Answered, client, type Sent } from "../client.ts";
import { isObject, type JsonObject } from "../match.ts";
import { mounts } from "../mounts.ts";
import { type Database, openDatabase } from "./host.ts";
import type { SqlLayout } from "./layouts.ts";
import { type ServerProcess, startProcess } from "./processes.ts";

/** Servers of one tenant's users and groups, and a client that takes them by turns. */
export interface Cluster {
  readonly db: Kysely<Database>;
  send(method: string, path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<Answered>;
  /** Creates a resource; returns its id. */
  create(path: string, resource: JsonObject): Promise<string>;
  /** Reads what must be there. */
  read(path: string): Promise<JsonObject>;
  close(): Promise<void>;
}

/** Creates the tables anew, and starts the servers. */
export async function openCluster(url: string | undefined, layout: SqlLayout, processes: number): Promise<Cluster> {
  const db = await openDatabase(url);
  await layout.create(db);
  const servers =
    url === undefined
      ? [await inProcess(layout, db)]
      : await Promise.all(Array.from({ length: processes }, () => startProcess(url, layout)));
  return clusterOf(servers, db);
}

async function inProcess(layout: SqlLayout, db: Kysely<Database>): Promise<ServerProcess> {
  const mount = mounts.find(({ name }) => name === "node:http");
  if (mount === undefined) throw new Error('There is no mount called "node:http".');
  const { users, groups } = layout.stores(db, false);
  const authenticate = bearer(() => ({ tenant: "one", workspaceId: 1 }));
  const mounted = await mount.open(createScim({ users, groups, authenticate }));
  const { send, close } = client(mounted.baseUrl);
  return {
    send,
    kill: () => {
      close();
      return mounted.close();
    },
  };
}

function clusterOf(servers: readonly ServerProcess[], db: Kysely<Database>): Cluster {
  let turn = 0;
  const send: Cluster["send"] = (method, path, body, headers = {}) => {
    const server = servers[turn++ % servers.length];
    if (server === undefined) throw new Error("There is no server.");
    const type = { authorization: "Bearer one", "content-type": "application/scim+json" };
    const sent: Sent = { method, path, headers: { ...type, ...headers } };
    return server.send(body === undefined ? sent : { ...sent, body: JSON.stringify(body) });
  };
  const object = async (status: number, ...[method, path, body]: Parameters<Cluster["send"]>): Promise<JsonObject> => {
    const answer = await send(method, path, body);
    if (answer.status === status && isObject(answer.json)) return answer.json;
    throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`);
  };
  return {
    db,
    send,
    create: async (path, resource) => String((await object(201, "POST", path, resource)).id),
    read: (path) => object(200, "GET", path),
    close: async () => {
      for (const server of servers) await server.kill();
      await db.destroy();
    },
  };
}
