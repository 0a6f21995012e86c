/** The TypeScript types of connections.scim; `tsc` holds them. */
import type { Transaction } from "kysely";
import { createScim, type GroupWith, type UserStore, type UserWith } from "scimkit";
import { type ConnectionContext, type Connections, createConnections, memoryConnections } from "scimkit/connections";
import { kyselyUsers } from "scimkit/kysely";
import { memoryStore, memoryStores } from "scimkit/memory";
import { expect, expectTypeOf, test } from "vitest";
import { type Database, openDatabase } from "../kysely/host.ts";
import { type Badge, badge, budget } from "../types/declared.ts";

const tenant = ({ workspace }: ConnectionContext): string => workspace;
const connections = createConnections({ store: memoryConnections() });

test("Hooks know the Context, and what users have beside RFC 7643's attributes", () => {
  const { users } = memoryStores<ConnectionContext>({ tenant });
  const scim = createScim(
    connections.scim({
      users: { store: users, extensions: [badge] },
      groups: { store: memoryStore<GroupWith<[typeof budget]>, ConnectionContext>({ tenant }), extensions: [budget] },
      beforeCommit(change, ctx) {
        expectTypeOf(ctx).toEqualTypeOf<ConnectionContext>();
        if (change.resourceType === "User") {
          expectTypeOf(change.after?.["urn:acme:params:scim:schemas:badge:2.0:User"]).toEqualTypeOf<
            Badge | undefined
          >();
        }
      },
      giveRole(user, role, ctx) {
        expectTypeOf(user.userName).toEqualTypeOf<string>();
        expectTypeOf(user["urn:acme:params:scim:schemas:badge:2.0:User"]).toEqualTypeOf<Badge | undefined>();
        expectTypeOf([role, ctx.workspace]).toEqualTypeOf<string[]>();
      },
      onEvent(event, ctx) {
        expectTypeOf(ctx).toEqualTypeOf<ConnectionContext>();
        if (event.resourceType === "User" && "resource" in event) expectTypeOf(event.id).toEqualTypeOf<string>();
      },
    }),
  );
  expect(scim.maxBodySize).toBeGreaterThan(0);
});

test("Hooks know the transaction of the store", async () => {
  const db = await openDatabase();
  const users = kyselyUsers({
    db,
    table: "users",
    key: "id",
    tenant: ({ workspace }: ConnectionContext) => ({ workspace_id: Number(workspace) }),
    columns: { userName: "email" },
    rest: "scim",
  });
  const scim = createScim(
    connections.scim({
      users,
      beforeCommit: (_change, _ctx, tx) => {
        expectTypeOf(tx).toEqualTypeOf<Transaction<Database>>();
      },
      giveRole: async (user, role, _ctx, tx) => {
        expectTypeOf(tx).toEqualTypeOf<Transaction<Database>>();
        await tx.updateTable("users").set({ role }).where("id", "=", Number(user.id)).execute();
      },
    }),
  );
  expect(scim.maxBodySize).toBeGreaterThan(0);
  await db.destroy();
});

test("What connections answer themselves cannot be given, and stores must take their Context", () => {
  const { users } = memoryStores<ConnectionContext>({ tenant });
  type Given = Parameters<Connections["scim"]>[0];
  expectTypeOf<Given>().not.toHaveProperty("authenticate");
  expectTypeOf<Given>().not.toHaveProperty("tenant");
  expectTypeOf(users).toExtend<UserStore<ConnectionContext, UserWith<[]>>>();
});
