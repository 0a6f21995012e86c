/** The page in real Chromium: what an admin sees and does, from an unconfigured organisation on. */
import type { Page } from "playwright-core";
import { afterEach, beforeEach, expect, it } from "vitest";
import { describeInBrowser } from "../browser.ts";
import { make, provision } from "./api.ts";
import { type HostOptions, type OpenHost, openHost } from "./host.ts";
import { type Visit, type VisitOptions, visit } from "./visit.ts";

const user = (userName: string): object => ({
  schemas: ["urn:ietf:params:scim:schemas:core:2.0:User"],
  userName,
  externalId: `id-of-${userName.length}`,
});

describeInBrowser("The page", (browser) => {
  let host: OpenHost;
  let visits: Visit[];

  const start = async (options: HostOptions = {}): Promise<void> => {
    await host.close();
    host = await openHost(options);
  };
  const open = async (options: VisitOptions = {}): Promise<Page> => {
    const opened = await visit(browser(), host, options);
    visits.push(opened);
    return opened.page;
  };

  beforeEach(async () => {
    visits = [];
    host = await openHost();
  });
  afterEach(async () => {
    expect(visits.flatMap(({ problems }) => problems)).toEqual([]);
    await Promise.all(visits.map(({ close }) => close()));
    await host.close();
  });

  it("takes an admin from nothing to people who are provisioned, without a reload", async () => {
    const page = await open();
    await page.getByRole("heading", { name: "Set up provisioning" }).waitFor();
    await page.getByLabel("Workspace").selectOption({ label: "Design" });
    await page.getByLabel("Default role").selectOption({ label: "Editor" });
    await page.getByRole("button", { name: "Save and get the token" }).click();

    const credentials = page.getByRole("region", { name: "Address and token" });
    await credentials.getByText("It is shown this once").waitFor();
    const [url, secret = ""] = await credentials.locator("code").allTextContents();
    expect(url).toBe(`${host.origin}/scim/v2`);
    expect(secret).toMatch(/^scim_[\w-]{43}$/);
    await credentials.getByRole("button", { name: "Copy the token" }).click();
    expect(await page.evaluate("navigator.clipboard.readText()")).toBe(secret);
    await page.getByRole("status").getByText("Copied.").waitFor();

    const steps = page.getByRole("list", { name: "Steps for Microsoft Entra ID" });
    expect(await steps.locator("code").allTextContents()).toEqual([`${url}?aadOptscim062020`, secret]);
    await page.getByText("Waiting for the first request").waitFor();

    await provision(host, secret, "GET /Users?filter=userName+eq+%22d3f5b8a0-0c77-4b2e-8b53-5b7a4bd4b7c1%22");
    await provision(host, secret, "POST /Users", user("ann@x.io"));
    await provision(host, secret, "POST /Users", user("ann@x.io"));
    await page.getByText("Connected to Microsoft Entra ID").waitFor();
    const status = page.getByRole("region", { name: "Status" });
    await expectSoon(async () => (await status.locator("dl > div").allTextContents()).join(), /,People provisioned1,/);
    expect(await status.locator("dl").textContent()).toMatch(/Last request(?:now|\d+ seconds? ago)/);

    const log = page.getByRole("region", { name: "Log" });
    const entries = log.locator("li");
    expect(await entries.locator(".what").allTextContents()).toEqual([
      "Create a person",
      "Create a person",
      "Look for people",
    ]);
    expect(await entries.locator(".outcome").allTextContents()).toEqual(["Refused", "OK", "OK"]);
    await entries.first().locator("summary").click();
    await entries.first().getByText("exists already. Rename or remove one of the two.").waitFor();
    await log.getByLabel("Errors only").check();
    expect(await entries.count()).toBe(1);
    await page.getByRole("heading", { name: "Some people are in Pied Piper already" }).waitFor();

    await page.getByRole("button", { name: "I have stored the token" }).click();
    expect(await page.content()).not.toContain(secret);
    expect(page.url()).toBe(host.page);
    await page.reload();
    await page.getByText("Connected to Microsoft Entra ID").waitFor();
    expect(await page.content()).not.toContain(secret);
    expect(await page.evaluate("localStorage.length + sessionStorage.length")).toBe(0);
    expect(await page.getByRole("list", { name: /^Steps/ }).isVisible()).toBe(false);
  });

  it("rotates a token, makes another, and revokes one", async () => {
    const { secret } = await make(host);
    const page = await open();
    const tokens = page.getByRole("region", { name: "Tokens" });
    const dialog = page.getByRole("dialog");
    const issued = page.getByRole("region", { name: "Address and token" }).locator("code").nth(1);

    await tokens.getByRole("button", { name: `Rotate token ${secret.slice(0, 6)}` }).click();
    await dialog.getByLabel("The old token works on for").selectOption({ label: "1 hour" });
    await dialog.getByRole("button", { name: "Rotate" }).click();
    await issued.waitFor();
    const rotated = (await issued.textContent()) ?? "";
    expect(rotated).not.toBe(secret);
    for (const token of [secret, rotated]) expect((await provision(host, token, "GET /Users")).status).toBe(200);

    await tokens.getByRole("button", { name: "New token" }).click();
    await dialog.getByLabel("Label").fill("<b>Okta</b>");
    await dialog.getByLabel("Expires").fill("2100-01-31");
    await dialog.getByRole("button", { name: "Make a token" }).click();
    await tokens.getByText("<b>Okta</b>").waitFor();
    await tokens.getByText("31 Jan 2100").waitFor();
    const newest = (await issued.textContent()) ?? "";
    expect((await provision(host, newest, "GET /Users")).status).toBe(200);

    await tokens.getByRole("button", { name: "Revoke token <b>Okta</b>" }).click();
    await dialog.getByRole("button", { name: "Revoke" }).click();
    await tokens.getByText("Revoked", { exact: true }).waitFor();
    expect((await provision(host, newest, "GET /Users")).status).toBe(401);
  });

  it("pauses, resumes, changes the role, and deletes", async () => {
    const { secret } = await make(host);
    await provision(host, secret, "POST /Users", user("ann@x.io"));
    const page = await open();
    const dialog = page.getByRole("dialog");

    await page.getByRole("button", { name: "Pause" }).click();
    await dialog.getByRole("button", { name: "Cancel" }).click();
    expect((await provision(host, secret, "GET /Users")).status).toBe(200);
    await page.getByRole("button", { name: "Pause" }).click();
    await dialog.getByRole("button", { name: "Pause" }).click();
    await page.getByText("is told to try again later. Nothing is changed").waitFor();
    expect((await provision(host, secret, "GET /Users")).status).toBe(503);
    await page.getByRole("button", { name: "Resume" }).click();
    await dialog.getByRole("button", { name: "Resume" }).click();
    await page.getByRole("status").getByText("Connected").waitFor();
    expect((await provision(host, secret, "GET /Users")).status).toBe(200);

    const settings = page.getByRole("region", { name: "Settings" });
    await settings.getByLabel("Default role").selectOption({ label: "Administrator" });
    await settings.getByRole("button", { name: "Save changes" }).click();
    await page.getByText("Saved.").waitFor();
    await page.getByRole("region", { name: "Status" }).getByText("Administrator").waitFor();

    await page.getByRole("button", { name: "Delete the connection" }).click();
    await page.getByRole("dialog", { name: "Delete the connection to Design?" }).waitFor();
    await dialog.getByLabel("They are deactivated").check();
    await dialog.getByRole("button", { name: "Delete the connection" }).click();
    await page.getByRole("heading", { name: "Set up provisioning" }).waitFor();
    await expect.poll(() => focused(page), { timeout: 10_000 }).toBe("Set up provisioning");
    expect((await provision(host, secret, "GET /Users")).status).toBe(401);
  });

  it("is used with the keyboard alone", async () => {
    await start();
    const page = await open();
    const { keyboard } = page;
    const tabTo = async (name: string): Promise<void> => {
      for (let pressed = 0; pressed < 60; pressed++) {
        if ((await focused(page)) === name) return;
        await keyboard.press("Tab");
      }
      throw new Error(`Tab never reached "${name}".`);
    };
    await page.getByLabel("Workspace").waitFor();
    await tabTo("Workspace");
    await keyboard.press("ArrowDown");
    await page.getByText("Member").waitFor({ state: "attached" });
    await tabTo("Save and get the token");
    await keyboard.press("Enter");
    await page.getByText("It is shown this once").waitFor();
    await expect.poll(() => focused(page), { timeout: 10_000 }).toBe("Address and token");

    await tabTo("Microsoft Entra ID");
    await keyboard.press("ArrowRight");
    await page.getByRole("list", { name: "Steps for Okta" }).waitFor();

    const rotate = (await page.getByRole("button", { name: /^Rotate token/ }).getAttribute("aria-label")) ?? "";
    await tabTo(rotate);
    await keyboard.press("Enter");
    const dialog = page.getByRole("dialog", { name: "Rotate this token?" });
    await dialog.waitFor();
    await expect.poll(() => focused(page), { timeout: 10_000 }).toBe("The old token works on for");
    for (let pressed = 0; pressed < 8; pressed++) {
      await keyboard.press("Tab");
      expect(
        await page.evaluate("document.activeElement === document.body || !!document.activeElement.closest('dialog')"),
      ).toBe(true);
    }
    await keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    await expect.poll(() => focused(page), { timeout: 10_000 }).toBe(rotate);

    await tabTo("Delete the connection");
    await keyboard.press("Space");
    await page.getByRole("dialog").waitFor();
    await tabTo("Delete the connection");
    await keyboard.press("Enter");
    await page.getByRole("heading", { name: "Set up provisioning" }).waitFor();
    await expect.poll(() => focused(page), { timeout: 10_000 }).toBe("Set up provisioning");
  });

  it("says what is missing in the form, beside the field", async () => {
    const page = await open();
    await page.getByRole("button", { name: "Save and get the token" }).click();
    const workspace = page.getByLabel("Workspace");
    expect(await workspace.getAttribute("aria-invalid")).toBe("true");
    const described = (await workspace.getAttribute("aria-describedby"))?.split(" ") ?? [];
    expect(await page.locator(`#${described.at(-1)}`).textContent()).toBe("Choose a value.");
  });

  it("says why what was asked did not work, and lets one try again", async () => {
    const page = await open();
    await page.getByLabel("Workspace").selectOption({ label: "Design" });
    await page.getByLabel("Default role").selectOption({ label: "Editor" });
    host.roles.splice(1, 1);
    await page.getByRole("button", { name: "Save and get the token" }).click();
    await page.getByRole("alert").getByText("This role can’t be chosen.").waitFor();
    host.roles.splice(1, 0, { id: "editor", name: "Editor" });
    await page.getByRole("button", { name: "Save and get the token" }).click();
    await page.getByText("It is shown this once").waitFor();
  });

  it("tells an organisation whose plan has no SCIM why it can't use it", async () => {
    const page = await open({ session: "free" });
    await page.getByRole("heading", { name: "Provisioning is not part of your plan" }).waitFor();
    await page.getByText("SCIM is part of the Enterprise plan.").waitFor();
    expect(await page.getByRole("button").count()).toBe(0);
    await make(host);
    host.entitled.delete("acme");
    const other = await open();
    await other.getByText("Requests of your identity provider are refused until").waitFor();
  });

  it("shows somebody who may only read everything, and nothing to press that changes it", async () => {
    await make(host);
    const page = await open({ session: "viewer" });
    await page.getByText("Waiting for the first request").waitFor();
    expect([...new Set(await page.getByRole("button").allTextContents())]).toEqual(["Copy"]);
    const unconfigured = await openHost();
    const second = await visit(browser(), unconfigured, { session: "viewer" });
    await second.page.getByText("You can see these settings but not change them.").waitFor();
    await second.close();
    await unconfigured.close();
  });

  it("shows several connections, one at a time", async () => {
    await start({ workspacesPerOrganisation: 2 });
    await make(host, "design");
    const page = await open();
    await page.getByText("Add a connection").click();
    await page.getByRole("region", { name: "Add a connection" }).getByRole("button", { name: "Save" }).click();
    const tabs = page.getByRole("navigation", { name: "Connections" }).getByRole("button");
    await tabs.first().waitFor();
    expect(await tabs.allTextContents()).toEqual(["Design", "Sales"]);
    const workspace = page.getByRole("region", { name: "Status" }).locator("dd").first();
    await page.getByText("It is shown this once").waitFor();
    expect([await tabs.nth(1).getAttribute("aria-current"), await workspace.textContent()]).toEqual(["true", "Sales"]);
    await tabs.first().click();
    await expectSoon(() => workspace.textContent(), /^Design$/);
    expect(await page.getByText("It is shown this once").count()).toBe(0);
    expect(await page.getByText("Add a connection").count()).toBe(0);
  });

  it("loads older requests, and keeps what was opened while new ones come", async () => {
    const { secret } = await make(host);
    for (let count = 0; count < 70; count++) await provision(host, secret, "GET /Users?count=1");
    const page = await open();
    const entries = page.getByRole("region", { name: "Log" }).locator("li");
    await entries.first().waitFor();
    expect(await entries.count()).toBe(50);
    await page.getByRole("button", { name: "Show older" }).click();
    await expectSoon(() => entries.count().then(String), /^70$/);
    expect(await page.getByRole("button", { name: "Show older" }).count()).toBe(0);
    await entries.first().locator("summary").click();
    await provision(host, secret, "GET /Groups");
    await expectSoon(() => entries.count().then(String), /^71$/);
    expect(await entries.first().textContent()).toContain("Look for teams");
    expect(await entries.locator("details[open]").count()).toBe(1);
    expect(await entries.nth(1).locator("details[open]").count()).toBe(1);
  });

  it("shows hostile names, labels and requests as text", async () => {
    const markup = `<img src=x onerror="alert(1)">`;
    await start({
      portal: { authorize: () => ({ organisation: "acme", name: markup, actions: "all" }), product: markup },
    });
    host.roles.push({ id: markup, name: markup });
    const { id, secret } = await make(host);
    await host.connections.issueToken("acme", id, { label: markup });
    await provision(host, secret, "POST /Users", { ...user(markup), active: markup });
    await provision(host, secret, `GET /${encodeURIComponent(markup)}`);
    const page = await open();
    await page.getByText(`Organisation: ${markup}`).waitFor();
    await page.getByRole("region", { name: "Tokens" }).getByText(markup).waitFor();
    for (const summary of await page.locator(".log summary").all()) await summary.click();
    expect(await page.locator("img, iframe, [onerror]").count()).toBe(0);
  });

  it("lets no text become markup, whatever the script does", async () => {
    const page = await open();
    await page.getByLabel("Workspace").waitFor();
    await expect(page.evaluate("document.body.innerHTML = '<b>x</b>'")).rejects.toThrow(/TrustedHTML/);
    const handler = `document.body.setAttribute("onclick", "window.ran = true")`;
    await expect(page.evaluate(handler)).rejects.toThrow(/TrustedScript/);
    const source = `document.body.append(Object.assign(document.createElement("script"), { text: "window.ran = true" }))`;
    await expect(page.evaluate(source)).rejects.toThrow(/TrustedScript/);
    expect(await page.evaluate("window.ran")).toBeUndefined();
    visits.splice(0);
    await page.context().close();
  });

  it("says so when the session has ended, and when the server is gone", async () => {
    await make(host);
    const page = await open();
    await page.getByText("Waiting for the first request").waitFor();
    await page.context().clearCookies();
    await page.getByRole("alert").getByText("You are signed out").waitFor();
    await page.context().setOffline(true);
    await page.getByRole("alert").getByText("Pied Piper can’t be reached").waitFor();
    await page.context().setOffline(false);
    await page.context().addCookies([{ name: "session", value: "owner", url: host.origin }]);
    await page.getByRole("alert").getByText("can’t be reached").waitFor({ state: "detached" });
  });

  it("takes the host's colours, and shows the way back", async () => {
    await start({
      portal: {
        css: ":root { --portal-accent: rgb(120, 0, 90); }",
        back: { url: "/settings", label: "Settings of Pied Piper" },
      },
    });
    const page = await open();
    await page.getByRole("button", { name: "Save and get the token" }).waitFor();
    const colour = await page.evaluate("getComputedStyle(document.querySelector('button.primary')).backgroundColor");
    expect(colour).toBe("rgb(120, 0, 90)");
    expect(await page.getByRole("link", { name: "Settings of Pied Piper" }).getAttribute("href")).toBe("/settings");
  });

  it("says that it needs its script where there is none", async () => {
    const page = await open({ javaScript: false, locale: "nl-NL" });
    expect(await page.locator("noscript").textContent()).toBe("Voor deze pagina is JavaScript nodig.");
  });
});

/** The name of what has the focus: its label, or its text. */
async function focused(page: Page): Promise<string> {
  const name = await page.evaluate(`(() => {
    const element = document.activeElement;
    return (element.getAttribute("aria-label") ?? element.labels?.[0]?.innerText ?? element.innerText ?? "").trim();
  })()`);
  return String(name);
}

/** Waits until a text is as expected. */
async function expectSoon(read: () => Promise<string | null>, expected: RegExp): Promise<void> {
  await expect.poll(read, { timeout: 10_000 }).toMatch(expected);
}
