/** The frame of every page. */
import type { SignedIn } from "../accounts/signed-in.ts";
import { roleName } from "../people/roles.ts";
import { type Held, type Html, html } from "./html.ts";

/** What the product calls itself. */
export const productName = "Tandem";

/** A whole page; with a visitor, the way to their workspace, their settings, and out. */
export function page(title: string, main: Held, visitor?: SignedIn): Html {
  return html`<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="color-scheme" content="light dark">
  <title>${title} – ${productName}</title>
  <link rel="icon" href="/assets/icon.svg">
  <link rel="stylesheet" href="/assets/style.css">
  <script type="module" src="/assets/live.js"></script>
</head>
<body>
  <header class="bar">
    <a class="brand" href="/">${productName}</a>
    ${visitor && navigation(visitor)}
  </header>
  <main>${main}</main>
</body>
</html>
`;
}

function navigation(visitor: SignedIn): Html {
  return html`<nav aria-label="Main">
      <a href="/">Workspace</a>
      ${visitor.role === "owner" && html`<a href="/settings">Settings</a>`}
    </nav>
    <form class="who" method="post" action="/sign-out">
      <span><a href="/account">${visitor.name}</a> <small>${roleName(visitor.role)}, ${visitor.organisationName}</small></span>
      <button class="quiet">Sign out</button>
    </form>`;
}

/** A page that says one thing. */
export function notice(title: string, text: Held, visitor?: SignedIn): Html {
  return page(title, html`<section class="card narrow"><h1>${title}</h1><p>${text}</p></section>`, visitor);
}
