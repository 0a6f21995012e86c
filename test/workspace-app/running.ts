/** The workspace app, listening, for tests: seeded, with its letters kept. */
import { once } from "node:events";
import { seed } from "../../examples/workspace-app/database/seed.ts";
import type { Letter } from "../../examples/workspace-app/mail.ts";
import { localOrigin, openProduct } from "../../examples/workspace-app/open-product.ts";
import type { Product } from "../../examples/workspace-app/product.ts";
import { seedConnection } from "../../examples/workspace-app/seed-connection.ts";
import { type Client, client } from "../client.ts";

/** What the seeded owners sign in with. */
export const ownerPassword = "correct horse battery";
/** The token of Contoso's connection, and of another workspace's. */
export const token = "a-token-of-the-test";

/** Milliseconds that an app may take to start: an embedded database is made for each, perhaps beside other tests. */
export const startUp = 90_000;

/** An app that runs. */
export interface RunningApp {
  readonly product: Product;
  readonly origin: string;
  /** Letters since the app started. */
  readonly letters: readonly Letter[];
  /** A SCIM client with a token. */
  scim(bearer?: string): Client["send"];
  close(): Promise<void>;
}

/** What an app may be started with. */
export interface StartOptions {
  /** `limited`: as many as the seeded customers have. Default: as many as wanted. */
  readonly seats?: "limited";
}

/** Starts the app on a free port and a database of its own. */
export async function startApp(databaseUrl?: string, options: StartOptions = {}): Promise<RunningApp> {
  const letters: Letter[] = [];
  const { product, store, server, close } = await openProduct({
    databaseUrl,
    post: (letter) => letters.push(letter),
    origin: localOrigin,
  });
  await seed(product.db, ownerPassword);
  if (options.seats === undefined) await product.db.updateTable("organisations").set({ seats: null }).execute();
  await seedConnection(product, store, token);
  server.listen(0);
  await once(server, "listening");
  const origin = localOrigin(server);
  const clients: Client[] = [];
  return {
    product,
    origin,
    letters,
    scim: (bearer = token) => {
      const one = client(`${origin}/scim/v2`);
      clients.push(one);
      const type = { "Content-Type": "application/scim+json" };
      return ({ headers, ...sent }) =>
        one.send({ ...sent, headers: { Authorization: `Bearer ${bearer}`, ...(sent.body ? type : {}), ...headers } });
    },
    close: async () => {
      for (const one of clients) one.close();
      await close();
    },
  };
}
