/** The page's script and style: made from client/, small, and asking nobody else for anything. */
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { darkStyle, script, style } from "../../adapters/portal/assets.ts";
import { portalPage } from "../../adapters/portal/page.ts";
import { locales } from "../../adapters/portal/strings/locales.ts";
import { renderAssets } from "../../scripts/portal-assets.ts";

describe("adapters/portal/assets.ts", () => {
  it("is what scripts/portal-assets.ts writes", async () => {
    const written = readFileSync(new URL("../../adapters/portal/assets.ts", import.meta.url), "utf8");
    expect(written === (await renderAssets())).toBe(true);
  });

  it("asks no other server for anything, and makes no markup of text", () => {
    const own = script.slice(script.indexOf("*/"));
    const addresses = [...own.matchAll(/https?:\/\/[^"'`\s]+/g)].map(([address]) => address);
    // What is left are the names of XML namespaces.
    expect(addresses.filter((address) => !address.startsWith("http://www.w3.org/"))).toEqual([]);
    expect(style + darkStyle).not.toMatch(/url\(|@import/);
    expect(own).not.toMatch(/\beval\(|new Function|document\.write|insertAdjacentHTML|localStorage|sessionStorage/);
  });

  it("has no variable that docs/portal.md does not name, and in the dark only those of the light", () => {
    const docs = readFileSync(new URL("../../docs/portal.md", import.meta.url), "utf8");
    const set = (css: string): ReadonlySet<string> => new Set(css.match(/--portal-[a-z-]+(?=:)/g));
    const variables = [...set(style)];
    expect(variables.length).toBeGreaterThan(20);
    expect(variables.filter((name) => !docs.includes(`\`${name}\``))).toEqual([]);
    expect([...set(darkStyle)].filter((name) => !variables.includes(name))).toEqual([]);
  });

  it("gives Preact's licence along with it", () => {
    expect(script).toMatch(/^\/\*! Preact[\s\S]*MIT License[\s\S]*Jason Miller/);
  });
});

describe("The whole page", () => {
  it.each([...locales.keys()])("is below 60 kB in %s, compressed", (locale) => {
    const page = { locale, product: "Acme", organisation: "Acme", scimUrl: "https://app.example/scim/v2" };
    const { body = "" } = portalPage(page, { scheme: "auto", css: "", frameAncestors: "'none'" });
    expect(gzipSync(body).length).toBeLessThan(60_000);
  });

  it("has the dark style for those who want it, or for everybody, or for nobody", () => {
    const page = { locale: "en", product: "Acme", organisation: "Acme", scimUrl: "https://app.example/scim/v2" };
    const look = (scheme: "auto" | "light" | "dark"): string =>
      portalPage(page, { scheme, css: "", frameAncestors: "'none'" }).body ?? "";
    expect(look("auto")).toContain(`media="(prefers-color-scheme: dark)">${darkStyle}`);
    expect(look("dark")).toMatch(/<style nonce="[^"]+">:root\{color-scheme:dark/);
    expect(look("light")).not.toContain(darkStyle);
  });
});
