/** Somebody in front of a browser that shows the workspace app. */
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { ownerPassword, type RunningApp } from "./running.ts";

/** A page, and what a person who looks closely would complain about. */
export interface Screen {
  readonly page: Page;
  /** Errors of scripts, refusals by the Content-Security-Policy, requests to other sites. */
  readonly complaints: readonly string[];
  close(): Promise<void>;
}

/** Opens a browser window of its own. */
export async function openScreen(
  browser: Browser,
  { origin }: RunningApp,
  options: BrowserContextOptions = {},
): Promise<Screen> {
  const context = await browser.newContext({ baseURL: origin, locale: "en-GB", ...options });
  await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin });
  const page = await context.newPage();
  page.setDefaultTimeout(45_000);
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  page.on("request", (request) => {
    if (new URL(request.url()).origin !== origin) complaints.push(`asks ${request.url()}`);
  });
  return { page, complaints, close: () => context.close() };
}

/** Signs in with the password of the seeded owners. */
export async function enter(page: Page, email: string): Promise<void> {
  await page.goto("/sign-in");
  await page.getByLabel("E-mail address").fill(email);
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByLabel("Password").fill(ownerPassword);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("button", { name: "Sign out" }).waitFor();
}

/** Opens the portal, by the way that people go. */
export async function openPortal(page: Page): Promise<void> {
  await page.getByRole("link", { name: "Settings", exact: true }).click();
  await page.getByRole("link", { name: "Configure" }).click();
  await page.getByRole("heading", { level: 1 }).waitFor();
}

/** What the clipboard holds. */
export async function clipboard(page: Page): Promise<string> {
  return String(await page.evaluate("navigator.clipboard.readText()"));
}

/** How far the page reaches beyond the window's right edge, in pixels. */
export async function overflow(page: Page): Promise<number> {
  return Number(await page.evaluate("document.documentElement.scrollWidth - window.innerWidth"));
}
