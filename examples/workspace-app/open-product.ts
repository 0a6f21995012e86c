/** Opens the product: database, connections, app; not yet listening. */
import { createServer, type Server } from "node:http";
import { createAccess } from "scimkit/access";
import { type ConnectionStore, createConnections } from "scimkit/connections";
import { kyselyAccess, kyselyConnections } from "scimkit/kysely";
import { accessRules } from "./access/access-rules.ts";
import { hearAccess } from "./access/hear-access.ts";
import { createApp } from "./app.ts";
import { connectionRules } from "./connection-rules.ts";
import { openDatabase } from "./database/open.ts";
import { LivePages } from "./live.ts";
import type { Post } from "./mail.ts";
import type { Product } from "./product.ts";

/** Milliseconds after which what is left to do about access is tried again. */
const workEvery = 60_000;

/** A product, ready to listen. */
export interface OpenProduct {
  readonly product: Product;
  readonly store: ConnectionStore;
  readonly server: Server;
  /** Answers what is in progress, and closes everything. */
  close(): Promise<void>;
}

export interface ProductOptions {
  /** `postgres://…`; undefined for an embedded database. */
  readonly databaseUrl: string | undefined;
  readonly post: Post;
  /** Where people find it; asked for each link and cookie. */
  origin(server: Server): string;
}

export async function openProduct({ databaseUrl, post, origin }: ProductOptions): Promise<OpenProduct> {
  const db = await openDatabase(databaseUrl);
  const store = kyselyConnections(db);
  const accessStore = kyselyAccess(db);
  await store.migrate();
  await accessStore.migrate();
  const connections = createConnections({ ...connectionRules(db), store });
  const rules = accessRules(db, (event) => hearAccess(product, event));
  const access = createAccess({ ...rules, connections, store: accessStore });
  const live = new LivePages();
  const server = createServer();
  const product: Product = { db, connections, access, live, post, origin: () => origin(server) };
  server.on("request", createApp(product));
  // What another process has left unfinished, and what could not be ended at the first attempt.
  void access.work();
  const working = setInterval(() => void access.work(), workEvery);
  return {
    product,
    store,
    server,
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      live.close();
      await closed;
      clearInterval(working);
      await access.work();
      await connections.flush();
      await db.destroy();
    },
  };
}

/** Where a server listens on this machine. */
export function localOrigin(server: Server): string {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server does not listen yet.");
  return `http://localhost:${address.port}`;
}
