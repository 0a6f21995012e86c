/** A real browser for the tests: Debian's Chromium, or what `CHROMIUM` names, driven by playwright-core. */
import { existsSync } from "node:fs";
import axe from "axe-core";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, it } from "vitest";
import { isObject } from "./match.ts";

const candidates: readonly (string | undefined)[] = [
  process.env.CHROMIUM,
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  chromium.executablePath(),
];

const executablePath = candidates.find((path) => path !== undefined && existsSync(path));

/**
 * A suite that needs a browser; `browser()` gives it, inside of tests.
 *
 * Without a Chromium on the machine the suite is left out with a message, except in CI, where that is a failure.
 */
export function describeInBrowser(name: string, suite: (browser: () => Browser) => void): void {
  if (executablePath === undefined) describeWithout(name);
  else describeWith(executablePath, name, suite);
}

function describeWith(executable: string, name: string, suite: (browser: () => Browser) => void): void {
  describe(name, () => {
    let browser: Browser | undefined;
    beforeAll(async () => {
      browser = await launch(executable);
    }, 60_000);
    afterAll(async () => {
      await browser?.close();
    });
    suite(() => {
      if (browser === undefined) throw new Error("The browser is there inside of tests only.");
      return browser;
    });
  });
}

function describeWithout(name: string): void {
  const isCi = process.env.CI === "true";
  if (!isCi) console.warn(`Left out: "${name}". There is no Chromium; install it, or name one in CHROMIUM.`);
  describe.runIf(isCi)(name, () => {
    it("has a Chromium to run in", () => {
      throw new Error("There is no Chromium on this machine, and CI must have one.");
    });
  });
}

function launch(executable: string): Promise<Browser> {
  // Chromium's own sandbox does not run as root, which is what containers are.
  const sandbox = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  const args = [...sandbox, "--disable-dev-shm-usage", "--force-color-profile=srgb"];
  return chromium.launch({ executablePath: executable, args });
}

/** What axe has against a page as it is now, one line for each element; none for an accessible page. */
export async function accessibilityViolations(page: Page): Promise<readonly string[]> {
  // Evaluated by the debugger: a script element would be refused by a strict Content-Security-Policy.
  await page.evaluate(axe.source);
  const found: unknown = await page.evaluate("axe.run(document, { resultTypes: ['violations'] })");
  const violations = isObject(found) && Array.isArray(found.violations) ? found.violations : undefined;
  if (violations === undefined) throw new Error("axe gave no results.");
  return violations
    .filter(isObject)
    .flatMap(({ id, help, nodes }) =>
      (Array.isArray(nodes) ? nodes : [])
        .filter(isObject)
        .map(
          ({ target, failureSummary }) =>
            `${String(id)}: ${String(help)}; ${String(target)}: ${String(failureSummary)}`,
        ),
    );
}
