/** Writes the pictures of docs/portal.md with a real browser: `npx tsx scripts/portal-images.ts`. */
import { fileURLToPath } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";
import { accessHost } from "../test/portal/access-host.ts";
import { make, provision } from "../test/portal/api.ts";
import { type OpenHost, openHost } from "../test/portal/host.ts";
import { visit } from "../test/portal/visit.ts";

const core = "urn:ietf:params:scim:schemas:core:2.0";

const picture = (name: string): { readonly path: string; readonly fullPage: true } => ({
  path: fileURLToPath(new URL(`../docs/images/portal-${name}.png`, import.meta.url)),
  fullPage: true,
});

const scimUrl = "https://app.example/scim/v2";
const authorize = (): { organisation: string; name: string; actions: "all" } => ({
  organisation: "acme",
  name: "Acme",
  actions: "all",
});

async function newcomer(browser: Browser): Promise<void> {
  const host = await openHost({ portal: { scimUrl, authorize } });
  const { page, close } = await visit(browser, host);
  await page.getByLabel("Workspace").selectOption({ label: "Design" });
  await page.locator("option", { hasText: "Editor" }).waitFor({ state: "attached" });
  await page.screenshot(picture("setup"));
  await page.getByRole("button", { name: "Save and get the token" }).click();
  await page.getByText("It is shown this once").waitFor();
  await blur(page);
  await page.screenshot({ ...picture("token"), fullPage: false });
  await close();
  await host.close();
}

async function connected(browser: Browser): Promise<void> {
  const host = await openHost({ portal: { scimUrl, authorize } });
  const { secret } = await make(host);
  await traffic(host, secret);
  for (const [name, options] of [
    ["connected", {}],
    ["dark", { scheme: "dark" }],
    ["phone", { width: 360, locale: "de-DE" }],
  ] as const) {
    const { page, close } = await visit(browser, host, options);
    await page.locator(".log [data-outcome=refused] summary").first().click();
    await blur(page);
    await page.screenshot({ ...picture(name), fullPage: name !== "phone" });
    await close();
  }
  await host.close();
}

async function access(browser: Browser): Promise<void> {
  const { host, made, people, send, setActive } = await accessHost({ portal: { scimUrl, authorize } });
  const rule = { group: { displayName: "Makers" }, role: "editor" };
  await host.access.changeRules("acme", made.id, { add: [rule] });
  await host.access.work();
  await send(`DELETE /Users/${people.get("olga")}`);
  await setActive(false, "cy");
  const { page, close } = await visit(browser, host);
  await page.getByLabel("User name").fill("ann@acme.example");
  await page.getByRole("button", { name: "Explain" }).click();
  await page.getByRole("heading", { name: "Roles of Ann Ash" }).waitFor();
  for (const what of ["Cy Cedar: sessions", "cy@acme.example"]) {
    await page.locator(".log summary", { hasText: what }).first().click();
  }
  await blur(page);
  const first = await page.getByRole("region", { name: "Seats" }).boundingBox();
  const last = await page.getByRole("region", { name: "Changes, and taking them back" }).boundingBox();
  if (first === null || last === null) throw new Error("The access pages are not there.");
  const clip = { x: 100, y: first.y - 16, width: 800, height: last.y + last.height - first.y + 32 };
  await page.screenshot({ ...picture("access"), clip });
  await page.getByRole("button", { name: "New rule" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name of the group").fill("Designers");
  await dialog.getByLabel("Role").selectOption({ label: "Administrator" });
  await dialog.getByText("Ann Ash").waitFor();
  await page.screenshot({ ...picture("rule"), fullPage: false });
  await close();
  await host.close();
}

/** What Entra sends for three people and a team, one of them being there already. */
async function traffic(host: OpenHost, secret: string): Promise<void> {
  const probe = "GET /Users?filter=userName+eq+%22d3f5b8a0-0c77-4b2e-8b53-5b7a4bd4b7c1%22";
  await provision(host, secret, probe);
  for (const [index, name] of ["ann", "bo", "cy", "ann"].entries()) {
    const user = { schemas: [`${core}:User`], userName: `${name}@acme.example`, externalId: `object-id-${index}` };
    await provision(host, secret, "POST /Users", user);
  }
  await provision(host, secret, "POST /Groups", { schemas: [`${core}:Group`], displayName: "Designers" });
}

async function blur(page: Page): Promise<void> {
  await page.evaluate("document.activeElement.blur(); scrollTo(0, 0)");
}

const sandbox = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: sandbox });
await newcomer(browser);
await connected(browser);
await access(browser);
await browser.close();
