/** An organisation whose plan has no provisioning sees why, and so does its identity provider. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { accessibilityViolations, describeInBrowser } from "../browser.ts";
import { provision } from "./provision.ts";
import { ownerPassword, type RunningApp, startApp, startUp, token } from "./running.ts";
import { enter, openScreen } from "./screen.ts";
import { signedIn } from "./visitor.ts";

const why = "The Team plan has no SCIM provisioning; the Enterprise plan includes it. Ask your account manager.";
let app: RunningApp;

beforeAll(async () => {
  app = await startApp();
}, startUp);

afterAll(() => app.close());

describeInBrowser("An organisation without the plan", (browser) => {
  it("is told so in its settings, and in the portal", async () => {
    const { page, complaints, close } = await openScreen(browser(), app);
    await enter(page, "finn@fabrikam.example");
    await page.getByRole("link", { name: "Settings", exact: true }).click();
    await page.getByText(why).waitFor();
    expect(await page.getByRole("link", { name: "Configure" }).count()).toBe(0);
    await page.goto("/settings/scim");
    await page.getByRole("heading", { name: "Provisioning is not part of your plan" }).waitFor();
    await page.getByText(why).waitFor();
    expect(await page.getByRole("button").count()).toBe(0);
    expect(await accessibilityViolations(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await close();
  });
});

it("cannot connect by asking the portal's API", async () => {
  const visitor = await signedIn(app.origin, "finn@fabrikam.example", ownerPassword);
  const answer = await visitor.json("POST", "/settings/scim/api/connections", {
    workspace: "x",
    defaultRole: "member",
  });
  expect(answer.status).toBe(403);
  expect(answer.text).toContain(why);
});

it("that has lost it keeps its people, and its identity provider is told why nothing more is done", async () => {
  const id = await provision(app, { userName: "stays@contoso.example" });
  const { db } = app.product;
  await db.updateTable("organisations").set({ plan: "team" }).where("name", "=", "Contoso").execute();
  const test = await app.scim()({ method: "GET", path: "/Users?filter=userName%20eq%20%22x%22" });
  expect(test).toMatchObject({ status: 403, json: { detail: why, status: "403" } });
  const row = await db.selectFrom("users").where("id", "=", id).select("disabled_at").executeTakeFirst();
  expect(row).toEqual({ disabled_at: null });
  await db.updateTable("organisations").set({ plan: "enterprise" }).where("name", "=", "Contoso").execute();
  expect((await app.scim(token)({ method: "GET", path: `/Users/${id}` })).status).toBe(200);
});
