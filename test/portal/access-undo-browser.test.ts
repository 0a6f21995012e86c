/** What a connection has written, and taking it back, in real Chromium; with seats, refusals and receipts beside it. */
import type { Page } from "playwright-core";
import { afterEach, beforeEach, expect, it } from "vitest";
import { describeInBrowser } from "../browser.ts";
import { type AccessHost, accessHost } from "./access-host.ts";
import { type Visit, visit } from "./visit.ts";

const patchOp = "urn:ietf:params:scim:api:messages:2.0:PatchOp";

describeInBrowser("Changes", (browser) => {
  let at: AccessHost;
  let opened: Visit;
  let page: Page;

  beforeEach(async () => {
    at = await accessHost();
    opened = await visit(browser(), at.host);
    page = opened.page;
    await page.getByRole("heading", { name: "Changes, and taking them back" }).waitFor();
  });
  afterEach(async () => {
    expect(opened.problems).toEqual([]);
    await opened.close();
    await at.host.close();
  });

  const person = async (name: string): Promise<unknown> => {
    const user: unknown = await (await at.send(`GET /Users/${at.people.get(name)}`)).json();
    return user;
  };
  const patchUser = (name: string, operation: object): Promise<Response> =>
    at.send(`PATCH /Users/${at.people.get(name)}`, { schemas: [patchOp], Operations: [operation] });
  const changes = () => page.getByRole("region", { name: "Changes, and taking them back" });
  const listed = (what: string) => changes().locator(".log > li", { hasText: what });

  it("of one request are shown, previewed and taken back, which is listed itself", async () => {
    expect(await changes().locator(".log .what").allTextContents()).toEqual([
      "Makers",
      "Designers",
      ...["olga", "cy", "bo", "ann"].map((name) => `${name}@acme.example`),
    ]);
    await at.setActive(false, "cy");
    const deactivation = listed("deactivated");
    await deactivation.locator("summary").click();
    await deactivation.getByText("active", { exact: true }).waitFor();
    await deactivation.getByRole("button", { name: /^Take back: cy@acme\.example, deactivated, / }).click();
    const dialog = page.getByRole("dialog", { name: "Take this back?" });
    await dialog.getByText("Changed: 1. Left as they are: 0.").waitFor();
    expect(await person("cy")).toMatchObject({ active: false });
    await dialog.getByRole("button", { name: "Take back" }).click();
    await page.getByText("Taken back.").waitFor();
    await changes().getByRole("heading", { name: "What was taken back" }).waitFor();
    expect(await person("cy")).toMatchObject({ active: true });
    await listed("cy@acme.example").locator(".outcome", { hasText: "taken back" }).waitFor();
  });

  it("since a time are taken back together, save what somebody has changed since", async () => {
    // What came before is a second earlier: the field has seconds.
    const before = Date.now();
    await expect.poll(() => Date.now()).toBeGreaterThan(before + 1_000);
    const since = new Date();
    await expect.poll(() => Date.now()).toBeGreaterThan(since.getTime() + 1_000);
    await at.setActive(false, "ann", "bo", "cy");
    await at.host.connections.send("acme", at.made.id, {
      method: "PATCH",
      url: `/Users/${at.people.get("bo")}`,
      json: { schemas: [patchOp], Operations: [{ op: "replace", path: "active", value: true }] },
    });
    await patchUser("ann", { op: "replace", value: { title: "Lead" } });

    await changes().getByText("Take back everything since…").click();
    await changes().getByLabel("Since").fill(localTime(since));
    await changes().getByRole("button", { name: "Preview" }).click();
    const dialog = page.getByRole("dialog", { name: /^Take back everything since \d/ });
    await dialog.getByText(/^Changed: \d\. Left as they are: \d\.$/).waitFor();
    await dialog.getByText("ann@acme.example").first().waitFor();
    await dialog.getByRole("button", { name: "Take back" }).click();
    await changes().getByRole("heading", { name: "What was taken back" }).waitFor();
    for (const name of ["ann", "bo", "cy"]) expect([name, await person(name)]).toMatchObject([name, { active: true }]);
    expect(await person("ann")).not.toHaveProperty("title");
  });

  it("that conflict with a later one are left as they are, and that is said", async () => {
    for (const title of ["One", "Two", "Three"]) await patchUser("cy", { op: "replace", value: { title } });
    await expect.poll(() => listed("cy@acme.example").count()).toBe(4);
    const second = listed("cy@acme.example").nth(1);
    await second.locator("summary").click();
    await second.getByRole("button", { name: /^Take back/ }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText(/^Changed: 0\. Left as they are: 1\.$/).waitFor();
    await dialog.getByText("Left as it is").waitFor();
    // Nothing is there to be confirmed: the button says so, and does nothing.
    await dialog.getByRole("button", { name: "Take back", disabled: true }).click({ force: true });
    expect(await dialog.isVisible()).toBe(true);
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    expect(await person("cy")).toMatchObject({ title: "Three" });
  });

  it("of members are counted, and come back", async () => {
    const path = `/Groups/${at.groups.get("Designers")}`;
    const operation = { op: "remove", path: `members[value eq "${at.people.get("bo")}"]` };
    await at.send(`PATCH ${path}`, { schemas: [patchOp], Operations: [operation] });
    await expect.poll(() => listed("Designers").count()).toBe(2);
    const removal = listed("Designers").first();
    await removal.locator("summary").click();
    await removal.getByText("Designers, changed, left: 1").waitFor();
    await removal.getByRole("button", { name: /^Take back/ }).click();
    await page.getByRole("dialog").getByText("Members who come back: 1").waitFor();
    await page.getByRole("dialog").getByRole("button", { name: "Take back" }).click();
    await changes().getByRole("heading", { name: "What was taken back" }).waitFor();
    const group: unknown = await (await at.send(`GET ${path}`)).json();
    expect(group).toMatchObject({
      members: expect.arrayContaining([expect.objectContaining({ value: at.people.get("bo") })]),
    });
  });

  it("that the host's rules refuse are told in its words; ended access has receipts; seats are counted", async () => {
    await page.getByRole("region", { name: "Seats" }).getByText("4 of 5 in use").waitFor();
    await page.getByText("Nothing was blocked.").waitFor();
    await page.getByText("Nobody’s access has been ended yet.").waitFor();
    await at.send(`DELETE /Users/${at.people.get("olga")}`);
    const blocked = page.getByRole("region", { name: "Blocked changes" });
    await blocked.getByText("Delete a person: Olga Oak").waitFor();
    await blocked.getByText("Olga is the last owner of Design.").waitFor();
    await at.send(`DELETE /Users/${at.people.get("cy")}`);
    const receipts = page.getByRole("region", { name: "Ended access" });
    const sessions = receipts.locator("li", { hasText: "Cy Cedar: sessions" });
    await sessions.locator("summary").click();
    expect(await sessions.locator("dl > div").allTextContents()).toEqual(
      expect.arrayContaining(["Wheresessions", "Ended3", "Left0", "Attempts1"]),
    );
    expect(await sessions.locator(".outcome").textContent()).toBe("Complete");
  });
});

/** As a datetime-local field wants it: whole seconds, where the reader is. */
function localTime(when: Date): string {
  const two = (part: number): string => String(part).padStart(2, "0");
  const day = `${when.getFullYear()}-${two(when.getMonth() + 1)}-${two(when.getDate())}`;
  return `${day}T${two(when.getHours())}:${two(when.getMinutes())}:${two(when.getSeconds())}`;
}
