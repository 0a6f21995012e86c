/** Access in the workspace app, in a real browser: a rule with its preview, why somebody has a role, a refusal, and a way back. */
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { describeInBrowser } from "../browser.ts";
import { patch, provision, provisionGroup } from "./provision.ts";
import { type RunningApp, startApp, startUp } from "./running.ts";
import { enter, openPortal, openScreen, type Screen } from "./screen.ts";

const people = ["ada", "ben", "cleo", "dan", "eli", "fay"] as const;
const deactivation = { op: "Replace", path: "active", value: "False" };

describeInBrowser("An owner decides what groups grant", (browser) => {
  let app: RunningApp;
  let screen: Screen;
  let page: Page;
  const ids = new Map<string, string>();
  const region = (name: string): Locator => page.getByRole("region", { name });

  beforeAll(async () => {
    app = await startApp();
    for (const name of people) {
      const user = { userName: `${name}@contoso.example`, displayName: `${name} of Contoso` };
      ids.set(name, await provision(app, user));
    }
    const members = [{ value: ids.get("ada") ?? "" }, { value: ids.get("ben") ?? "" }];
    await provisionGroup(app, { displayName: "Auditors", members });
    await refuseLastOwner();
    screen = await openScreen(browser(), app);
    page = screen.page;
    await enter(page, "olivia@contoso.example");
    await openPortal(page);
  }, startUp);

  afterAll(async () => {
    await screen?.close();
    await app?.close();
  });

  it("sees whom a rule is about before it is saved, and has it applied", async () => {
    const dialog = page.getByRole("dialog");
    await region("Roles by group").getByRole("button", { name: "New rule" }).click();
    await dialog.getByLabel("Name of the group").fill("Auditors");
    expect(await dialog.getByLabel("Workspace").locator("option").allTextContents()).toContain("Contoso Labs");
    const roles = dialog.getByLabel("Role");
    await roles.locator("option", { hasText: "Admin" }).waitFor({ state: "attached" });
    expect(await roles.locator("option").allTextContents()).not.toContain("Owner");
    await roles.selectOption({ label: "Admin" });
    await dialog.getByText("Gain the role: 2").waitFor();
    await expect
      .poll(async () => (await dialog.getByRole("listitem").allTextContents()).sort())
      .toEqual(["ada of Contoso", "ben of Contoso"]);
    expect(await admins()).toEqual([]);
    await dialog.getByRole("button", { name: "Add the rule" }).click();
    await region("Roles by group").getByText("Auditors → Admin").waitFor();
    await region("Roles by group")
      .getByText(/^The rules were applied/)
      .waitFor();
    expect(await admins()).toEqual(["ada@contoso.example", "ben@contoso.example"]);
  });

  it("asks why somebody has a role: the rule, the group, and the request", async () => {
    await page.getByLabel("User name").fill("ada@contoso.example");
    await page.getByRole("button", { name: "Explain" }).click();
    const answer = region("Why does this person have this role?");
    await answer.getByRole("heading", { name: "Roles of ada of Contoso" }).waitFor();
    await answer.getByRole("heading", { name: "Admin in Contoso HQ" }).waitFor();
    await answer.getByText(/^In the group Auditors since .*, by the request/).waitFor();
    const own = await page.context().newPage();
    await own.goto("/");
    const row = own.getByRole("row");
    await row.filter({ hasText: /ada of Contoso.*Admin.*Auditors/s }).waitFor();
    await row.filter({ hasText: /cleo of Contoso.*Member/s }).waitFor();
    await own.getByRole("link", { name: "ada of Contoso" }).click();
    await own.getByText("Auditors").first().waitFor();
    await own.close();
  });

  it("reads why a change was blocked: the last owner stays", async () => {
    await region("Blocked changes").getByText("is the last owner of Contoso").waitFor();
  });

  it("sees the seats, and whose access has ended", async () => {
    const seats = region("Seats");
    await seats.getByText(/^\d+ (?:of \d+ )?in use$/).waitFor();
    const before = await seats.locator("p").first().textContent();
    for (const name of people) expect(await patch(app, `/Users/${ids.get(name)}`, deactivation)).toBe(200);
    await region("Ended access").getByText("fay of Contoso: sessions").waitFor();
    await expect.poll(() => seats.locator("p").first().textContent()).not.toBe(before);
    expect(await admins()).toEqual([]);
  });

  it("takes a mass deactivation back", async () => {
    const changes = region("Changes, and taking them back");
    const first = changes.locator(".log > li", { hasText: "deactivated" });
    await expect.poll(() => first.count()).toBe(people.length);
    const at = await first.last().locator("time").getAttribute("datetime");
    await changes.getByText("Take back everything since…").click();
    await changes.getByLabel("Since").fill(await localTime(at ?? ""));
    await changes.getByRole("button", { name: "Preview" }).click();
    const dialog = page.getByRole("dialog");
    for (const name of people) await dialog.getByRole("listitem").filter({ hasText: name }).waitFor();
    await dialog.getByRole("button", { name: "Take back" }).click();
    await changes.getByRole("heading", { name: "What was taken back" }).waitFor();
    for (const name of people) {
      expect((await app.scim()({ method: "GET", path: `/Users/${ids.get(name)}` })).json).toMatchObject({
        active: true,
      });
    }
    expect(await admins()).toEqual(["ada@contoso.example", "ben@contoso.example"]);
  });

  it("has met nothing that a browser complains about", () => {
    expect(screen.complaints).toEqual([]);
  });

  async function admins(): Promise<readonly string[]> {
    const rows = await app.product.db
      .selectFrom("role_grants")
      .innerJoin("workspaces", "workspaces.id", "workspace_id")
      .innerJoin("users", "users.id", "user_id")
      .where("workspaces.name", "=", "Contoso HQ")
      .where("role_grants.role", "=", "admin")
      .select("users.email")
      .orderBy("users.email")
      .execute();
    return rows.map(({ email }) => email);
  }

  /** Somebody whom the connection provisioned becomes the only owner, and is to be deactivated. */
  async function refuseLastOwner(): Promise<void> {
    const last = await provision(app, { userName: "last@contoso.example" });
    const roles = (owner: string, member: string): Promise<unknown>[] =>
      [[owner, "owner"] as const, [member, "member"] as const].map(([email, role]) =>
        app.product.db.updateTable("users").set({ role }).where("email", "=", email).execute(),
      );
    await Promise.all(roles("last@contoso.example", "olivia@contoso.example"));
    expect(await patch(app, `/Users/${last}`, deactivation)).toBe(409);
    await Promise.all(roles("olivia@contoso.example", "last@contoso.example"));
  }

  /** A moment as the field for a time wants it, by the browser's own clock. */
  async function localTime(at: string): Promise<string> {
    const offset = Number(await page.evaluate("new Date().getTimezoneOffset()"));
    return new Date(Date.parse(at) - offset * 60_000).toISOString().slice(0, 19);
  }
});
