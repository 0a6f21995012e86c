/** A Tandem of the demo's own, in this process, on an empty embedded database: the same each time. */
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import type { Receipt, RevertStep } from "scimkit/access";
import { seed } from "../database/seed.ts";
import type { Letter } from "../mail.ts";
import { localOrigin, openProduct } from "../open-product.ts";
import type { Product } from "../product.ts";
import { seedConnection } from "../seed-connection.ts";

export interface OwnTandem {
  readonly product: Product;
  readonly origin: string;
  readonly token: string;
  /** Makes somebody the only owner, in the product; what it gives takes that back. */
  makeOnlyOwner(user: string): Promise<() => Promise<void>>;
  roles(user: string): Promise<readonly string[]>;
  /** Why they have each role, a line each. */
  explained(user: string): Promise<readonly string[]>;
  /** What `/api/me` answers to an API token. */
  statusOf(token: string): Promise<number>;
  receipts(user: string): Promise<readonly Receipt[]>;
  /** The letter that warns of many deactivations. @throws Error if none comes */
  alarm(): Promise<Letter>;
  deactivatedAt(user: string): Promise<Date>;
  previewRevert(since: Date): Promise<readonly RevertStep[]>;
  revert(since: Date): Promise<readonly RevertStep[]>;
  /** How many of the customer's people are active. */
  active(): Promise<number>;
  close(): Promise<void>;
}

export async function openOwnTandem(): Promise<OwnTandem> {
  const letters: Letter[] = [];
  const post = (letter: Letter): void => void letters.push(letter);
  const { product, store, server, close } = await openProduct({ databaseUrl: undefined, post, origin: localOrigin });
  await seed(product.db);
  const token = await seedConnection(product, store, undefined);
  const { id: organisation } = await product.db
    .selectFrom("organisations")
    .where("name", "=", "Contoso")
    .select("id")
    .executeTakeFirstOrThrow();
  const [connection] = await product.connections.list(organisation);
  if (token === undefined || connection === undefined) throw new Error("Contoso has no connection.");
  server.listen(0);
  await once(server, "listening");
  const { access } = product;
  const { id } = connection;
  const idOfEmail = async (email: string): Promise<string> =>
    (await product.db.selectFrom("users").where("email", "=", email).select("id").executeTakeFirstOrThrow()).id;
  const setRoles = async (...roles: readonly (readonly [user: string, role: "owner" | "member"])[]): Promise<void> => {
    for (const [user, role] of roles)
      await product.db.updateTable("users").set({ role }).where("id", "=", user).execute();
  };
  const rolesOf = async (user: string) => (await access.explainAccess(organisation, id, user))?.roles ?? [];
  return {
    product,
    origin: localOrigin(server),
    token,
    close,
    makeOnlyOwner: async (user) => {
      const olivia = await idOfEmail("olivia@contoso.example");
      await setRoles([user, "owner"], [olivia, "member"]);
      return () => setRoles([olivia, "owner"], [user, "member"]);
    },
    roles: async (user) => (await rolesOf(user)).map(({ role }) => role),
    explained: async (user) =>
      (await rolesOf(user)).flatMap(({ role, because }) =>
        because.map((one) => {
          if (one.kind !== "rule") return `${role}, because everybody whom the connection sends is given it`;
          return `${role}, because in the group ${one.chain.map(({ displayName }) => displayName).join(", which is in ")}`;
        }),
      ),
    statusOf: async (secret) =>
      (await fetch(`${localOrigin(server)}/api/me`, { headers: { Authorization: `Bearer ${secret}` } })).status,
    receipts: async (user) => (await access.receipts(organisation, id)).filter((receipt) => receipt.user === user),
    alarm: async () => {
      for (let attempt = 0; attempt < 50; attempt++) {
        const letter = letters.find(({ subject }) => subject.includes("deactivating many people"));
        if (letter !== undefined) return letter;
        await sleep(100);
      }
      throw new Error("It is not as told: no alarm has reached the owner.");
    },
    deactivatedAt: async (user) => {
      const entries = await access.journal(organisation, id);
      const entry = entries.find(({ deactivation, resourceId }) => deactivation && resourceId === user);
      if (entry === undefined) throw new Error("The journal has no such deactivation.");
      return entry.at;
    },
    previewRevert: (since) => access.previewRevert(organisation, id, { since }),
    revert: (since) => access.revert(organisation, id, { since }),
    active: async () => (await access.seats(organisation, id))?.used ?? 0,
  };
}
