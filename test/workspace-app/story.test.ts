/** The story that the library exists for, in a real browser: from an unconfigured organisation to people in the app. */
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { describeInBrowser } from "../browser.ts";
import { playEntra } from "./demo.ts";
import { type RunningApp, startApp, startUp } from "./running.ts";
import { clipboard, enter, openPortal, openScreen, type Screen } from "./screen.ts";

describeInBrowser("An owner connects an identity provider", (browser) => {
  let app: RunningApp;
  let screen: Screen;
  let page: Page;
  let url = "";
  let token = "";

  beforeAll(async () => {
    app = await startApp();
    screen = await openScreen(browser(), app);
    page = screen.page;
    await enter(page, "nora@northwind.example");
  }, startUp);

  afterAll(async () => {
    await screen?.close();
    await app?.close();
  });

  it("finds nothing configured, and chooses a workspace and a default role", async () => {
    await openPortal(page);
    await page.getByRole("heading", { name: "Set up provisioning" }).waitFor();
    const roles = page.getByLabel("Default role").locator("option");
    await page.getByLabel("Workspace").selectOption({ label: "Warehouses" });
    await page.getByLabel("Default role").selectOption({ label: "Guest" });
    expect(await roles.allTextContents()).not.toContain("Owner");
    await page.getByRole("button", { name: "Save and get the token" }).click();
    await page.getByText("Waiting for the first request").waitFor();
  });

  it("copies the URL and the token, which is shown this once", async () => {
    await page.getByRole("button", { name: "Copy the SCIM URL" }).first().click();
    await page.getByText("Copied.").waitFor();
    url = await clipboard(page);
    expect(url).toBe(`${app.origin}/scim/v2`);
    await page.getByRole("button", { name: "Copy the token" }).first().click();
    await expect.poll(() => clipboard(page)).toMatch(/^scim_[\w-]{43}$/);
    token = await clipboard(page);
    await page.getByRole("button", { name: "I have stored the token" }).click();
    expect(await page.content()).not.toContain(token);
    await page.reload();
    await page.getByText("Waiting for the first request").waitFor();
    expect(await page.content()).not.toContain(token);
  });

  it("sees the identity provider connect, and people and teams come, without a reload", async () => {
    const workspace = await page.context().newPage();
    await workspace.goto("/");
    await workspace.getByRole("link", { name: "Warehouses" }).click();
    await workspace.getByText("Nobody is here yet.").waitFor();
    await playEntra(app, token, { SCIM_URL: url });
    await workspace.getByText("6 people, 3 teams").waitFor();
    const row = workspace.getByRole("row");
    await row
      .filter({ hasText: /Eva Schäfer.*Guest.*Research Engineer, Engineering.*Platform Engineering/s })
      .waitFor();
    await row.filter({ hasText: /Femi Adeyemi.*Deactivated/s }).waitFor();
    const team = workspace.getByRole("listitem");
    await team.filter({ hasText: /Platform Engineering.*Bo Madsen.*Dmitri Volkov.*Eva Schäfer/s }).waitFor();
    await workspace.getByRole("link", { name: "Ann Ling" }).click();
    await workspace.getByText("your identity provider, since").waitFor();
    expect(await workspace.locator("main").textContent()).toContain("+45 33 10 20 30 (work)");
    await workspace.close();
    await page.bringToFront();
    await page.getByText("Connected to Microsoft Entra ID").waitFor();
    const facts = page.getByRole("region", { name: "Status" });
    await expect.poll(() => facts.textContent()).toMatch(/People provisioned6Teams provisioned3/);
    await page.getByText("Change a person").first().waitFor();
  });

  it("exchanges the token: the old one works on for as long as was said", async () => {
    const gentle = await rotated("1 hour");
    expect([await status(token), await status(gentle)]).toEqual([200, 200]);
    const last = await rotated("not at all");
    expect([await status(gentle), await status(last)]).toEqual([401, 200]);
    token = last;
  });

  it("pauses: the identity provider is told to come back, and nothing is changed", async () => {
    await page.getByRole("button", { name: "Pause", exact: true }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Pause" }).click();
    await page.getByText("Your identity provider is told to try again later.").first().waitFor();
    const answer = await app.scim(token)({ method: "POST", path: "/Users", body: '{"userName":"late@x.example"}' });
    expect(answer.status).toBe(503);
    expect(Number(answer.headers["retry-after"])).toBeGreaterThan(0);
    await page.getByRole("button", { name: "Resume", exact: true }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Resume" }).click();
    await page.getByText("Connected to Microsoft Entra ID").waitFor();
    expect(await status(token)).toBe(200);
    const late = await app.product.db.selectFrom("users").where("email", "=", "late@x.example").selectAll().execute();
    expect(late).toEqual([]);
  });

  it("gives a person another role, which the identity provider leaves as it is", async () => {
    await page.goto("/");
    await page.getByRole("link", { name: "Warehouses" }).click();
    await page.getByRole("link", { name: "Bo Madsen" }).click();
    await page.getByLabel("Role").selectOption({ label: "Admin" });
    await page.getByRole("button", { name: "Save" }).click();
    await playEntra(app, token);
    await page.getByRole("link", { name: "Back to the workspace" }).click();
    expect(await page.getByRole("row").filter({ hasText: "Bo Madsen" }).textContent()).toContain("Admin");
  });

  it("deletes the connection, and deactivates whom it had provisioned", async () => {
    await page.goto("/settings/scim");
    await page.getByRole("button", { name: "Delete the connection" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("They are deactivated").check();
    await dialog.getByRole("button", { name: "Delete the connection" }).click();
    await page.getByRole("heading", { name: "Set up provisioning" }).waitFor();
    expect(await status(token)).toBe(401);
    await page.goto("/");
    await page.getByRole("link", { name: "Warehouses" }).click();
    await page.getByText("6 people").waitFor();
    expect(await page.getByText("Deactivated").count()).toBe(6);
  });

  it("has met nothing that a browser complains about", () => {
    expect(screen.complaints).toEqual([]);
  });

  /** Rotates the newest token; the one that takes its place. */
  async function rotated(overlap: string): Promise<string> {
    await page
      .getByRole("button", { name: /^Rotate token/ })
      .first()
      .click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("combobox").selectOption({ label: overlap });
    await dialog.getByRole("button", { name: "Rotate" }).click();
    await page.getByRole("button", { name: "Copy the token" }).first().click();
    await expect.poll(() => clipboard(page)).toMatch(/^scim_/);
    const secret = await clipboard(page);
    await page.getByRole("button", { name: "I have stored the token" }).click();
    await page.evaluate("navigator.clipboard.writeText('')");
    return secret;
  }

  async function status(secret: string): Promise<number> {
    return (await app.scim(secret)({ method: "GET", path: "/Users?count=0" })).status;
  }
});
