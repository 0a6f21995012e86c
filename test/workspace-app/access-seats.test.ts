/** Seats in the workspace app: never exceeded, on an embedded database and on a PostgreSQL server. */
import { afterAll, expect, it } from "vitest";
import { startPostgres } from "../postgres.ts";
import { patch, provision } from "./provision.ts";
import { ownerPassword, type RunningApp, startApp, startUp } from "./running.ts";
import { signedIn } from "./visitor.ts";

const server = await startPostgres();

afterAll(async () => await server?.stop());

const databases = [
  { where: "embedded", url: undefined },
  ...(server === undefined ? [] : [{ where: "on a server", url: server.url }]),
];

it.each(databases)("$where: of 50 creations at once for 5 seats, 5 succeed", { timeout: startUp }, async ({ url }) => {
  const app = await startApp(url);
  await setSeats(app, 6);
  const answers = await Promise.all(
    Array.from({ length: 50 }, async (_, index) => {
      const body = JSON.stringify({ userName: `racer-${index}@contoso.example` });
      return await app.scim()({ method: "POST", path: "/Users", body });
    }),
  );
  const created = answers.filter(({ status }) => status === 201);
  const refused = answers.filter(({ status }) => status === 403);
  expect([created.length, refused.length]).toEqual([5, 45]);
  const detail =
    "All 6 seats of Contoso are taken. Add seats, or assign fewer people; then provision this person again.";
  for (const { json } of refused) expect(json).toMatchObject({ detail, status: "403" });
  const rows = await app.product.db.selectFrom("users").where("email", "like", "racer-%").select("id").execute();
  expect(rows).toHaveLength(5);
  const owner = await signedIn(app.origin, "olivia@contoso.example", ownerPassword);
  expect((await owner.get("/settings")).text).toContain("6 of 6 seats used");
  await app.close();
});

it("are free again after a deactivation, and needed for a reactivation", { timeout: startUp }, async () => {
  const app = await startApp();
  await setSeats(app, 2);
  const ann = await provision(app, { userName: "ann@contoso.example" });
  expect(await patch(app, `/Users/${ann}`, { op: "Replace", path: "active", value: "False" })).toBe(200);
  const bo = await provision(app, { userName: "bo@contoso.example" });
  expect(await patch(app, `/Users/${ann}`, { op: "Replace", path: "active", value: "True" })).toBe(403);
  expect(await patch(app, `/Users/${bo}`, { op: "Replace", path: "title", value: "Lead" })).toBe(200);
  await provision(app, { userName: "inactive@contoso.example", active: false });
  expect((await app.scim()({ method: "DELETE", path: `/Users/${bo}` })).status).toBe(204);
  expect(await patch(app, `/Users/${ann}`, { op: "Replace", path: "active", value: "True" })).toBe(200);
  await app.close();
});

async function setSeats({ product }: RunningApp, seats: number): Promise<void> {
  await product.db.updateTable("organisations").set({ seats }).where("name", "=", "Contoso").execute();
}
