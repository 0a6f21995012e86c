/** The settings of an organisation, for its owners: plan, single sign-on, provisioning. */
import type { Seats } from "scimkit/access";
import type { SignedIn } from "../accounts/signed-in.ts";
import type { Organisation } from "../organisations.ts";
import { type Held, type Html, html } from "./html.ts";
import { page } from "./layout.ts";

export interface SettingsView {
  readonly organisation: Organisation;
  /** Why the organisation may not use provisioning; undefined if it may. */
  readonly refusal: string | undefined;
  /** Where the portal is. */
  readonly portal: string;
  readonly seats: Seats;
}

export function settingsPage(view: SettingsView, visitor: SignedIn, problem?: string): Html {
  const { organisation } = view;
  const main = html`
    <h1>${organisation.name}</h1>
    <p class="faint">${organisation.plan === "enterprise" ? "Enterprise" : "Team"} plan, ${seatsUsed(view.seats)}</p>
    ${provisioning(view)}
    ${signOn(organisation, problem)}`;
  return page("Settings", main, visitor);
}

/** `5 of 7 seats used`. */
function seatsUsed({ used, limit }: Seats): string {
  return limit === undefined ? `${used} seats used` : `${used} of ${limit} seats used`;
}

function provisioning({ refusal, portal }: SettingsView): Html {
  return html`<section class="card" aria-labelledby="provisioning">
      <h2 id="provisioning">Provisioning (SCIM)</h2>
      <p>Your identity provider – Entra ID, Okta, Google Workspace and others – adds, changes and deactivates people and teams.</p>
      ${refusal === undefined ? html`<a class="button" href="${portal}">Configure</a> <a href="/settings/undo">Take something back</a>` : html`<p class="error">${refusal}</p>`}
    </section>`;
}

function signOn({ ssoUrl, ssoRequired, ssoSecret, plan }: Organisation, problem: string | undefined): Held {
  if (plan !== "enterprise") return null;
  return html`<form class="card stack" method="post" action="/settings/sign-on">
      <h2>Single sign-on</h2>
      ${problem && html`<p class="error" role="alert">${problem}</p>`}
      <label for="url">Sign-in URL of your identity provider</label>
      <input id="url" name="url" type="url" maxlength="1000" value="${ssoUrl}" placeholder="https://">
      <label class="check"><input type="checkbox" name="required" value="yes"${ssoRequired && html` checked`}>
        Everybody must sign in there. Passwords no longer work, yours included.</label>
      ${ssoSecret && html`<p>It answers with a JWT (HS256) under this secret: <code>${ssoSecret}</code></p>`}
      <button>Save</button>
    </form>`;
}
