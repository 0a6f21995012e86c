/** A visit to the page in a real browser, and what went wrong during it. */
import type { Browser, Page } from "playwright-core";
import type { OpenHost } from "./host.ts";

/** How somebody looks at the page. */
export interface VisitOptions {
  /** Default: the owner. */
  readonly session?: string;
  readonly scheme?: "light" | "dark";
  /** In CSS pixels. Default 1000. */
  readonly width?: number;
  /** The browser's language. Default `en-GB`. */
  readonly locale?: string;
  readonly javaScript?: boolean;
}

/** A page that is open. */
export interface Visit {
  readonly page: Page;
  /** Errors of the script and of the Content-Security-Policy, and requests to other servers. */
  readonly problems: readonly string[];
  close(): Promise<void>;
}

/** Opens the page of a host. */
export async function visit(browser: Browser, host: OpenHost, options: VisitOptions = {}): Promise<Visit> {
  const context = await browser.newContext({
    viewport: { width: options.width ?? 1000, height: 800 },
    colorScheme: options.scheme ?? "light",
    locale: options.locale ?? "en-GB",
    javaScriptEnabled: options.javaScript ?? true,
    permissions: ["clipboard-read", "clipboard-write"],
    reducedMotion: "reduce",
  });
  await context.addCookies([{ name: "session", value: options.session ?? "owner", url: host.origin }]);
  const page = await context.newPage();
  const problems: string[] = [];
  page.on("pageerror", (error) => problems.push(`error: ${error.message}`));
  page.on("dialog", (dialog) => {
    problems.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("console", (message) => {
    const asked = message.text().startsWith("Failed to load resource");
    if (message.type() === "error" && !asked) problems.push(`console: ${message.text()}`);
  });
  page.on("request", (request) => {
    if (!request.url().startsWith(host.origin)) problems.push(`request: ${request.url()}`);
  });
  await page.goto(host.page);
  return { page, problems, close: () => context.close() };
}

/** How much wider than the window the page is, in CSS pixels. */
export async function overflow(page: Page): Promise<number> {
  return Number(await page.evaluate("document.documentElement.scrollWidth - window.innerWidth"));
}
