/** The access pages for everybody: in each language, light and dark, on a phone, and with nothing that axe would change. */
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { locales } from "../../adapters/portal/strings/locales.ts";
import { accessibilityViolations, describeInBrowser } from "../browser.ts";
import { type AccessHost, accessHost } from "./access-host.ts";
import { overflow, visit } from "./visit.ts";

const section = (name: string): string => `section[aria-labelledby=${name}]`;

/** The states in which the pages are looked at, in any language. */
const states: readonly (readonly [name: string, reach: (page: Page) => Promise<void>])[] = [
  [
    "rules, an explanation, a refusal, receipts and changes, each of them open",
    async (page) => {
      await page
        .locator(`${section("blocked")} li`)
        .first()
        .waitFor();
      await page.locator(`${section("explain")} input`).fill("ann@acme.example");
      await page.locator(`${section("explain")} button`).click();
      await page.locator(".chain").first().waitFor();
      for (const card of ["receipts", "undo"])
        await page
          .locator(`${section(card)} .log summary`)
          .first()
          .click();
      await page.locator(`${section("undo")} > details > summary`).click();
    },
  ],
  [
    "a rule with its preview",
    async (page) => {
      await page.locator(`${section("rules")} > button`).click();
      await page.locator("dialog input[type=text]").fill("Designers");
      await page.locator("dialog option[value=admin]").waitFor({ state: "attached" });
      await page.locator("dialog select").last().selectOption("admin");
      await page.locator("dialog .preview li").first().waitFor();
    },
  ],
  [
    "a rule that is removed, with its preview",
    async (page) => {
      await page
        .locator(`${section("rules")} button.danger`)
        .first()
        .click();
      await page.locator("dialog .preview li").first().waitFor();
    },
  ],
  [
    "a change that is taken back, with what it changes",
    async (page) => {
      await page
        .locator(`${section("undo")} .log summary`)
        .first()
        .click();
      await page
        .locator(`${section("undo")} .log button`)
        .first()
        .click();
      await page.locator("dialog .preview li").first().waitFor();
    },
  ],
];

describeInBrowser("The access pages", (browser) => {
  let at: AccessHost;

  beforeAll(async () => {
    at = await accessHost();
    const long = "A group whose name is as long as the names of groups in a large company are ".repeat(2);
    const add = [
      { group: { displayName: "Makers" }, role: "editor" },
      { group: { id: at.groups.get("Designers") ?? "" }, role: "member", workspace: "sales" },
      { group: { displayName: long + "x".repeat(20) }, role: "editor" },
    ];
    await at.host.access.changeRules("acme", at.made.id, { add });
    await at.host.access.work();
    await at.send(`DELETE /Users/${at.people.get("olga")}`);
    await at.setActive(false, "cy");
  });
  afterAll(() => at.host.close());

  it.each(
    states.flatMap((state) => (["light", "dark"] as const).map((scheme) => [state[0], scheme, state[1]] as const)),
  )("%s, %s: nothing that axe would change", async (_name, scheme, reach) => {
    const { page, problems, close } = await visit(browser(), at.host, { scheme });
    await reach(page);
    expect(await accessibilityViolations(page)).toEqual([]);
    expect(problems).toEqual([]);
    await close();
  });

  it.each([...locales.keys()])(
    "in %s, in every state: are as wide as a phone, and have no text missing",
    async (locale) => {
      const { page, problems, close } = await visit(browser(), at.host, { locale, width: 360 });
      for (const [name, reach] of states) {
        await page.goto(at.host.page);
        await reach(page);
        const shown = await page.locator("#portal").textContent();
        expect([name, await overflow(page)]).toEqual([name, 0]);
        const wider = "[...document.querySelectorAll('dialog')].map((it) => it.scrollWidth - it.clientWidth)";
        expect([name, await page.evaluate(`Math.max(0, ...${wider})`)]).toEqual([name, 0]);
        expect([name, /[{}]|\*\*|undefined|NaN/.exec(shown ?? "undefined")]).toEqual([name, null]);
      }
      expect(problems).toEqual([]);
      await close();
    },
  );
});
