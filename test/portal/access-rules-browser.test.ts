/** Rules in real Chromium: edited with their preview beside them, applied with progress, and explained. */
import type { Page } from "playwright-core";
import { afterEach, expect, it } from "vitest";
import { describeInBrowser } from "../browser.ts";
import { type AccessHost, accessHost } from "./access-host.ts";
import type { HostOptions } from "./host.ts";
import { type Visit, type VisitOptions, visit } from "./visit.ts";

describeInBrowser("Rules", (browser) => {
  let at: AccessHost;
  let opened: Visit;

  const open = async (options: VisitOptions = {}, host: HostOptions = {}): Promise<Page> => {
    at = await accessHost(host);
    opened = await visit(browser(), at.host, options);
    await opened.page.getByRole("heading", { name: "Roles by group" }).waitFor();
    return opened.page;
  };
  afterEach(async () => {
    expect(opened.problems).toEqual([]);
    await opened.close();
    await at.host.close();
  });

  it("are added with their preview, changed and removed; who has a role, and why, follows", async () => {
    const page = await open();
    const rules = page.getByRole("region", { name: "Roles by group" });
    const dialog = page.getByRole("dialog");
    const preview = dialog.getByRole("region", { name: "What this changes" });
    await rules.getByText("There is no rule").waitFor();

    await rules.getByRole("button", { name: "New rule" }).click();
    await preview.getByText("Choose a group and a role").waitFor();
    await dialog.getByLabel("Name of the group").fill("Makers");
    await dialog.getByLabel("Role").selectOption({ label: "Editor" });
    await preview.getByText("Gain the role: 2").waitFor();
    await expect
      .poll(async () => (await preview.locator("li").allTextContents()).sort())
      .toEqual(["Ann Ash", "Bo Birch"]);
    expect(await at.host.access.rules("acme", at.made.id)).toEqual([]);
    await dialog.getByRole("button", { name: "Add the rule" }).click();
    await page.getByText("The rule is saved.").waitFor();
    await at.host.access.work();
    await rules.getByText("Makers → Editor").waitFor();
    await rules.getByText(/^The rules were applied .* \(people: \d\)\.$/).waitFor();

    await explain(page, "ann@acme.example");
    const answer = page.getByRole("region", { name: "Why does this person" });
    await answer.getByRole("heading", { name: "Roles of Ann Ash" }).waitFor();
    expect(await answer.locator("h4").allTextContents()).toEqual(["Editor in Design", "Member in Design"]);
    const [first = "", second = "", third] = await answer.locator(".chain > li").allTextContents();
    expect(first).toMatch(/^In the group Designers since \d\d:\d\d:\d\d, by the request [\w-]+$/);
    expect(second).toMatch(/^which is in the group Makers since /);
    expect(third).toBe("to which a rule gives this role");

    await rules.getByRole("button", { name: "Change the rule Makers → Editor" }).click();
    await dialog.getByLabel("Role").selectOption({ label: "Administrator" });
    await preview.getByText("Lose the role: 2").waitFor();
    expect(await preview.locator("h4").allTextContents()).toEqual(
      expect.arrayContaining(["Administrator in Design", "Editor in Design"]),
    );
    await dialog.getByRole("button", { name: "Save the rule" }).click();
    await rules.getByText("Makers → Administrator").waitFor();
    await at.host.access.work();
    expect(await rules.locator(".rules > li").count()).toBe(1);

    await rules.getByRole("button", { name: "Remove the rule Makers → Administrator" }).click();
    await preview.getByText("Lose the role: 2").waitFor();
    await dialog.getByRole("button", { name: "Remove" }).click();
    await rules.getByText("There is no rule").waitFor();
    await expect.poll(() => page.evaluate("document.activeElement.textContent")).toBe("Roles by group");
  });

  it("are of one very group, in another workspace too", async () => {
    const page = await open();
    const dialog = page.getByRole("dialog");
    await page.getByRole("button", { name: "New rule" }).click();
    await dialog.getByLabel("This very group, even if it is renamed").check();
    await dialog.getByLabel("Group", { exact: true }).selectOption({ label: "Designers" });
    await dialog.getByLabel("Workspace").selectOption({ label: "Sales" });
    await dialog.getByLabel("Role").selectOption({ label: "Member" });
    await dialog.getByText("Gain the role: 2").waitFor();
    await dialog.getByRole("button", { name: "Add the rule" }).click();
    await page.getByText("Designers → Member").waitFor();
    await page.getByText("in Sales, only this group, even if it is renamed").waitFor();
    expect(await at.host.access.rules("acme", at.made.id)).toMatchObject([
      { group: { id: at.groups.get("Designers") }, role: "member", workspace: "sales" },
    ]);
  });

  it("that would do nothing say so, and what the server refuses stays in the dialog", async () => {
    const page = await open();
    const dialog = page.getByRole("dialog");
    await page.getByRole("button", { name: "New rule" }).click();
    await dialog.getByLabel("Name of the group").fill("<img src=x onerror=alert(1)>");
    await dialog.getByLabel("Role").selectOption({ label: "Editor" });
    await dialog.getByText("Nobody gains or loses a role now.").waitFor();
    at.host.roles.splice(1, 1);
    await dialog.getByRole("button", { name: "Add the rule" }).click();
    await dialog.getByRole("alert").getByText("This role can’t be chosen.").waitFor();
    at.host.roles.splice(1, 0, { id: "editor", name: "Editor" });
    await dialog.getByRole("button", { name: "Add the rule" }).click();
    await page.getByText("<img src=x onerror=alert(1)> → Editor").waitFor();
    at.host.roles.splice(1, 1);
    await page.getByText("This rule grants nothing").waitFor();
  });

  it("that are still being applied say how far they have come, and why it takes a second try", async () => {
    let fails = false;
    let calls = 0;
    const reconcileAccess = (): void => {
      calls++;
      if (fails && calls > 1) throw new Error("the directory is away");
    };
    const page = await open({}, { access: { reconcileAccess, usersPerRequest: 1, usersPerBatch: 1 } });
    fails = true;
    calls = 0;
    const change = { add: [{ group: { displayName: "Designers" }, role: "editor" }] };
    await at.host.access.changeRules("acme", at.made.id, change);
    await at.host.access.work();
    const rules = page.getByRole("region", { name: "Roles by group" });
    await rules.getByText("Something went wrong; it is tried again.").waitFor();
    await rules.getByRole("progressbar", { name: "Applying the rules" }).first().waitFor();
    await rules
      .getByText(/^1 of \d people$/)
      .first()
      .waitFor();
    fails = false;
    await expect
      .poll(async () => {
        await at.host.access.work();
        return rules.getByText(/^The rules were applied/).count();
      })
      .toBe(1);
    expect(await rules.getByRole("progressbar").count()).toBe(0);
  });

  it("explain nothing of somebody whom the connection does not manage", async () => {
    const page = await open();
    await explain(page, "stranger@acme.example");
    await page.getByRole("alert").getByText("This connection manages nobody with this user name.").waitFor();
    await at.setActive(false, "cy");
    await explain(page, "cy@acme.example");
    await page.getByText("Deactivated people have no role.").waitFor();
  });

  it("are only looked at by those who may not change them", async () => {
    at = await accessHost();
    await at.host.access.changeRules("acme", at.made.id, {
      add: [{ group: { displayName: "Makers" }, role: "editor" }],
    });
    opened = await visit(browser(), at.host, { session: "viewer" });
    const { page } = opened;
    await page.getByText("Makers → Editor").waitFor();
    await page.getByText("ann@acme.example").first().waitFor();
    for (const name of ["New rule", /^Change the rule/, /^Remove the rule/, /^Take back/, "Preview"]) {
      expect([name, await page.getByRole("button", { name }).count()]).toEqual([name, 0]);
    }
    await explain(page, "bo@acme.example");
    await page.getByRole("heading", { name: "Roles of Bo Birch" }).waitFor();
  });
});

async function explain(page: Page, userName: string): Promise<void> {
  await page.getByLabel("User name").fill(userName);
  await page.getByRole("button", { name: "Explain" }).click();
}
