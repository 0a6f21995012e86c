/** The page as HTML: a frame, the style, the texts and the script. All that is seen is rendered by the script. */
import type { ScimResponse } from "scimkit";
import { darkStyle, script, style } from "./assets.ts";
import type { PageMessage } from "./messages.ts";
import { makeNonce, pageHeaders } from "./security.ts";
import type { Text } from "./strings/en.ts";
import { languageOf } from "./strings/locales.ts";
import { fill } from "./text.ts";

/** How the host wants a page to look. */
export interface Look {
  readonly scheme: "auto" | "light" | "dark";
  readonly css: string;
  readonly frameAncestors: string;
}

/** The page for somebody who was let in. */
export function portalPage(page: PageMessage, look: Look): ScimResponse {
  const { strings, guides } = languageOf(page.locale);
  const data = JSON.stringify({ page, strings, guides });
  return html(200, page.locale, fill(strings.title, {}), look, (nonce) => [
    '<div id="portal"></div>',
    `<noscript><p class="refused">${escaped(strings.scriptNeeded)}</p></noscript>`,
    `<script type="application/json" id="portal-data" nonce="${nonce}">${embedded(data)}</script>`,
    `<script type="module" nonce="${nonce}">${script}</script>`,
  ]);
}

/** A page that says why there is nothing else to see. */
export function messagePage(
  status: number,
  locale: string,
  product: string,
  texts: { readonly title: Text; readonly text: Text },
  look: Look,
): ScimResponse {
  const { strings } = languageOf(locale);
  const title = fill(strings[texts.title], { product });
  return html(status, locale, title, look, () => [
    '<main class="refused">',
    `<h1>${escaped(title)}</h1>`,
    `<p>${escaped(fill(strings[texts.text], { product }))}</p>`,
    "</main>",
  ]);
}

function html(
  status: number,
  locale: string,
  title: string,
  { scheme, css, frameAncestors }: Look,
  body: (nonce: string) => readonly string[],
): ScimResponse {
  const nonce = makeNonce();
  const dark = scheme === "auto" ? ' media="(prefers-color-scheme: dark)"' : "";
  const lines = [
    "<!doctype html>",
    `<html lang="${escaped(locale)}">`,
    "<head>",
    '<meta charset="utf-8">',
    `<title>${escaped(title)}</title>`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="robots" content="noindex">',
    `<style nonce="${nonce}">${style}</style>`,
    ...(scheme === "light" ? [] : [`<style nonce="${nonce}"${dark}>${darkStyle}</style>`]),
    ...(css === "" ? [] : [`<style nonce="${nonce}">${css}</style>`]),
    "</head>",
    "<body>",
    ...body(nonce),
    "</body>",
    "</html>",
  ];
  return {
    status,
    headers: { ...pageHeaders(nonce, frameAncestors), "Content-Type": "text/html; charset=utf-8" },
    body: lines.join("\n"),
  };
}

const entities: ReadonlyMap<string, string> = new Map([
  ["&", "&amp;"],
  ["<", "&lt;"],
  [">", "&gt;"],
  ['"', "&quot;"],
  ["'", "&#39;"],
]);

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities.get(character) ?? "");
}

/** JSON that cannot end the script element it stands in. */
function embedded(json: string): string {
  return json.replaceAll("<", "\\u003c");
}
