/** The page for everybody: in each language, light and dark, on a phone, and with nothing that axe would change. */
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { languageOf, locales } from "../../adapters/portal/strings/locales.ts";
import { fill } from "../../adapters/portal/text.ts";
import { accessibilityViolations, describeInBrowser } from "../browser.ts";
import { make, provision } from "./api.ts";
import { type OpenHost, openHost } from "./host.ts";
import { overflow, visit } from "./visit.ts";

const schemas = ["urn:ietf:params:scim:schemas:core:2.0:User"];

/** The states in which the page is looked at. */
const states: readonly (readonly [
  name: string,
  session: string,
  reach: (page: Page, host: OpenHost) => Promise<void>,
])[] = [
  ["not configured", "rival", async (page) => page.locator("select").first().waitFor()],
  [
    "a form with an error in it",
    "newcomer",
    async (page) => {
      await page.locator("section[aria-labelledby=setup] button.primary").click();
      await page.locator(".field .error").waitFor();
    },
  ],
  [
    "connected, with findings, a log entry open, and the instructions of every identity provider",
    "owner",
    async (page) => {
      await page.locator(".findings h3").first().waitFor();
      await page.locator(".log summary").first().click();
      await page.locator("summary", { has: page.locator("#guide") }).click();
      for (const provider of await page.locator(".providers label").all()) {
        await provider.click();
        expect(await page.locator(".steps li").count()).toBeGreaterThan(4);
      }
    },
  ],
  [
    "a token that was just made",
    "owner",
    async (page) => {
      await page.locator("section[aria-labelledby=tokens] > button").click();
      await page.locator("dialog button[type=submit]").click();
      await page.locator(".credentials code").nth(1).waitFor();
    },
  ],
  [
    "a new token's dialog",
    "owner",
    async (page) => {
      await page.locator("section[aria-labelledby=tokens] > button").click();
      await page.locator("dialog").waitFor();
    },
  ],
  [
    "the question before deleting",
    "owner",
    async (page) => {
      await page.locator("section[aria-labelledby=control] button.danger").click();
      await page.locator("dialog").waitFor();
    },
  ],
  ["not in the plan", "free", async (page) => page.locator("#plan").waitFor()],
  ["somebody who may only read", "viewer", async (page) => page.locator("#status").waitFor()],
  ["somebody who is not let in", "stranger", async (page) => page.locator(".refused").waitFor()],
];

describeInBrowser("The page", (browser) => {
  let host: OpenHost;

  beforeAll(async () => {
    host = await openHost({ workspacesPerOrganisation: 3 });
    const { secret } = await make(host);
    await provision(host, secret, "POST /Users", { schemas, userName: "ann@x.io", externalId: "ann@x.io" });
    await provision(host, secret, "POST /Users", { schemas, userName: "ann@x.io", externalId: "ann@x.io" });
    await provision(host, secret, `GET /a-rather-long-address/${"x".repeat(200)}`);
  });
  afterAll(() => host.close());

  it.each(states.flatMap((state) => (["light", "dark"] as const).map((scheme) => [state[0], scheme, state] as const)))(
    "%s, %s: nothing that axe would change",
    async (_name, scheme, [, session, reach]) => {
      const { page, problems, close } = await visit(browser(), host, { session, scheme });
      await reach(page, host);
      expect(await accessibilityViolations(page)).toEqual([]);
      expect(problems).toEqual([]);
      await close();
    },
  );

  it.each([...locales.keys()])(
    "in %s, in every state: is as wide as a phone, and has no text missing",
    async (locale) => {
      const { page, problems, close } = await visit(browser(), host, { locale, width: 360 });
      for (const [name, session, reach] of states) {
        await page.context().addCookies([{ name: "session", value: session, url: host.origin }]);
        await page.goto(host.page);
        await reach(page, host);
        const shown = await page.locator("#portal, .refused").first().textContent();
        expect([name, await overflow(page)]).toEqual([name, 0]);
        expect([name, await page.locator("html").getAttribute("lang")]).toEqual([name, locale]);
        expect([name, /[{}]|\*\*|undefined|NaN/.exec(shown ?? "undefined")]).toEqual([name, null]);
      }
      expect(problems).toEqual([]);
      await close();
    },
    60_000,
  );

  it.each([...locales])("speaks %s", async (locale, { strings }) => {
    const { page, close } = await visit(browser(), host, { locale });
    const lead = fill(strings.lead, { product: "Pied Piper" });
    await page.getByText(lead).waitFor();
    await page.getByRole("heading", { name: strings.statusTitle }).waitFor();
    expect(await page.title()).toBe(strings.title);
    expect(lead === fill(languageOf("en").strings.lead, { product: "Pied Piper" })).toBe(locale === "en");
    const counted = await page.locator("time").first().textContent();
    const relative = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
    const about = [...Array(600).keys()].flatMap((n) => [relative.format(-n, "second"), relative.format(-n, "minute")]);
    expect(about).toContain(counted);
    await close();
  });
});
