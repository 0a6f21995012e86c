/** The workspace app as people see it: in each language of the portal, in light and dark, on a small screen, by axe. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { locales } from "../../adapters/portal/strings/locales.ts";
import { accessibilityViolations, describeInBrowser } from "../browser.ts";
import { playEntra } from "./demo.ts";
import { provision } from "./provision.ts";
import { type RunningApp, startApp, startUp, token } from "./running.ts";
import { enter, openScreen, overflow } from "./screen.ts";

const small = { width: 360, height: 740 };

describeInBrowser("The workspace app", (browser) => {
  let app: RunningApp;

  beforeAll(async () => {
    app = await startApp();
    await playEntra(app, token);
  }, startUp);

  afterAll(async () => {
    await app?.close();
  });

  it.each([...locales])("shows the portal in the browser's language: %s", async (locale, { strings }) => {
    const { page, complaints, close } = await openScreen(browser(), app, { locale });
    await enter(page, "olivia@contoso.example");
    await page.goto("/settings/scim");
    await page.getByRole("heading", { level: 1, name: strings.title }).waitFor();
    await page.getByRole("heading", { name: strings.statusTitle }).waitFor();
    await page.getByText(strings.patchUser).first().waitFor();
    expect(await page.evaluate("document.documentElement.lang")).toBe(locale);
    expect(await accessibilityViolations(page)).toEqual([]);
    await page.context().clearCookies();
    await enter(page, "nora@northwind.example");
    await page.goto("/settings/scim");
    await page.getByRole("heading", { name: strings.setupTitle }).waitFor();
    expect(await page.getByRole("button", { name: strings.create }).count()).toBe(1);
    expect(complaints).toEqual([]);
    await close();
  });

  it.each([
    ["light", { colorScheme: "light" }],
    ["dark", { colorScheme: "dark" }],
    ["light, 360 pixels wide", { colorScheme: "light", viewport: small }],
    ["dark, 360 pixels wide", { colorScheme: "dark", viewport: small }],
  ] as const)("has no page that axe objects to, or that is too wide: %s", async (_, options) => {
    const { page, complaints, close } = await openScreen(browser(), app, options);
    const check = async (): Promise<void> => {
      expect([await accessibilityViolations(page), await overflow(page)], page.url()).toEqual([[], 0]);
    };
    await page.goto("/sign-in");
    await check();
    await page.getByLabel("E-mail address").fill("olivia@contoso.example");
    await page.getByRole("button", { name: "Continue" }).click();
    await page.getByLabel("Password").waitFor();
    await check();
    await enter(page, "olivia@contoso.example");
    await check();
    await page.getByRole("link", { name: "Ann Ling" }).click();
    await page.getByText("Change the role").waitFor();
    await check();
    await page.getByRole("link", { name: "Settings", exact: true }).click();
    await page.getByText("Single sign-on").waitFor();
    await check();
    await page.goto("/settings/scim");
    await page.getByText("Connected to Microsoft Entra ID").waitFor();
    await check();
    expect(complaints).toEqual([]);
    await close();
  });

  it("brings somebody who is invited all the way in, by the keyboard alone", async () => {
    await provision(app, { userName: "kim@contoso.example", displayName: "Kim" });
    const [link = ""] = /http\S+\/reset\/\S+/.exec(app.letters.at(-1)?.text ?? "") ?? [];
    const { page, complaints, close } = await openScreen(browser(), app);
    await page.goto(link);
    expect(await accessibilityViolations(page)).toEqual([]);
    await page.keyboard.type("a long enough password");
    await page.keyboard.press("Enter");
    await page.getByText("Your password is set").waitFor();
    await page.goto("/sign-in");
    await page.keyboard.type("kim@contoso.example");
    await page.keyboard.press("Enter");
    await page.getByLabel("Password").waitFor();
    await page.keyboard.type("a long enough password");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Contoso HQ" }).waitFor();
    expect(await page.getByRole("link", { name: "Settings", exact: true }).count()).toBe(0);
    expect(complaints).toEqual([]);
    await close();
  });

  it("signs somebody out who is deactivated, in the page that they look at", async () => {
    const { page, close } = await openScreen(browser(), app);
    await page.goto("/sign-in");
    await page.getByLabel("E-mail address").fill("kim@contoso.example");
    await page.getByRole("button", { name: "Continue" }).click();
    await page.getByLabel("Password").fill("a long enough password");
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("heading", { name: "Contoso HQ" }).waitFor();
    const kim = await app.product.db
      .selectFrom("users")
      .where("email", "=", "kim@contoso.example")
      .select("id")
      .execute();
    const Operations = [{ op: "Replace", path: "active", value: "False" }];
    await app.scim()({ method: "PATCH", path: `/Users/${kim[0]?.id}`, body: JSON.stringify({ Operations }) });
    await page.waitForURL("**/sign-in");
    await close();
  });
});
