/** The workspace app on a PostgreSQL server: what was there before a restart is there after it. */
import { afterAll, expect, it } from "vitest";
import { seed } from "../../examples/workspace-app/database/seed.ts";
import { openProduct } from "../../examples/workspace-app/open-product.ts";
import { seedConnection } from "../../examples/workspace-app/seed-connection.ts";
import { startPostgres } from "../postgres.ts";
import { provision } from "./provision.ts";
import { ownerPassword, startApp } from "./running.ts";
import { signedIn } from "./visitor.ts";

const server = await startPostgres();

afterAll(async () => await server?.stop());

it.runIf(server !== undefined)("keeps people, passwords, sessions, connections and tokens", async () => {
  const before = await startApp(server?.url);
  await provision(before, { userName: "kept@contoso.example", displayName: "Kept" });
  const visitor = await signedIn(before.origin, "olivia@contoso.example", ownerPassword);
  await before.close();
  const after = await startApp(server?.url);
  const cookie = { Cookie: `session=${visitor.cookies.get("session")}` };
  expect(await (await fetch(after.origin, { headers: cookie })).text()).toContain("kept@contoso.example");
  await signedIn(after.origin, "olivia@contoso.example", ownerPassword);
  const { json } = await after.scim()({
    method: "GET",
    path: "/Users?filter=userName%20eq%20%22kept@contoso.example%22",
  });
  expect(json).toMatchObject({ totalResults: 1 });
  const { db, connections } = after.product;
  const rows = await db.selectFrom("organisations").where("name", "=", "Contoso").select("id").execute();
  expect(rows).toHaveLength(1);
  const [contoso] = rows;
  const [connection, ...others] = await connections.list(contoso?.id ?? "");
  expect(others).toEqual([]);
  const rules = await after.product.access.rules(contoso?.id ?? "", connection?.id ?? "");
  expect(rules).toMatchObject([
    { group: { displayName: "Workspace admins" }, role: "admin", problem: undefined },
    { group: { displayName: "Labs" }, role: "guest", problem: undefined },
  ]);
  await after.close();
});

it.runIf(server !== undefined)(
  "makes a token at each start that was given none, in the place of the last",
  async () => {
    const options = { databaseUrl: server?.url, post: () => {}, origin: () => "http://localhost" };
    const { product, store, close } = await openProduct(options);
    await seed(product.db);
    const start = () => seedConnection(product, store, undefined);
    const [first, second] = [await start(), await start()];
    const use = (token = "") => {
      const headers = { authorization: `Bearer ${token}` };
      return product.connections.authenticate({ method: "GET", url: "/Users", headers, baseUrl: "http://localhost" });
    };
    expect(first).toMatch(/^scim_[\w-]{43}$/);
    expect(await use(second)).toMatchObject({ defaultRole: "member" });
    await expect(use(first)).rejects.toMatchObject({ status: 401 });
    await close();
  },
);
