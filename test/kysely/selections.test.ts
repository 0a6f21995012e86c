/** What is read follows what is wanted, whatever was wanted before. RFC 7644 §3.9. */
import { createScim, everything, type Selection } from "scimkit";
import { scimkitTables } from "scimkit/kysely";
import { expect, test } from "vitest";
import { openDatabase } from "./host.ts";

const nothing: Selection = { has: () => false };

test("a resource of which nothing was wanted first is whole when everything is", async () => {
  const db = await openDatabase();
  const ctx = { workspace: "w" };
  const tables = scimkitTables(db, { tenant: ({ workspace }: typeof ctx) => workspace });
  await tables.migrate();
  const scim = createScim({ users: tables.users, groups: tables.groups, authenticate: () => ctx });
  const request = { method: "POST", url: "/Users", headers: {}, baseUrl: "https://x.example" };
  const { body } = await scim.handle({ ...request, body: { json: { userName: "ann", title: "CTO" } } });
  const { id } = JSON.parse(body ?? "{}");
  expect(await tables.users.get(id, nothing, ctx)).not.toHaveProperty("title");
  expect(await tables.users.get(id, everything, ctx)).toMatchObject({ userName: "ann", title: "CTO", active: true });
  expect(await tables.users.get(id, nothing, ctx)).not.toHaveProperty("title");
  await db.destroy();
});
