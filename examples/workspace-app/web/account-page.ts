/** The page of somebody's own account. */
import type { ApiToken } from "../accounts/api-tokens.ts";
import type { SignedIn } from "../accounts/signed-in.ts";
import { type Html, html } from "./html.ts";
import { page } from "./layout.ts";

export interface AccountView {
  readonly tokens: readonly ApiToken[];
  /** A token that has just been made. */
  readonly secret?: string;
  readonly problem?: string;
}

export function accountPage({ tokens, secret, problem }: AccountView, visitor: SignedIn): Html {
  const main = html`
    <h1>Your account</h1>
    <p class="faint">${visitor.email}</p>
    <section class="card" aria-labelledby="tokens">
      <h2 id="tokens">API tokens</h2>
      <p>With one of them, a script asks <code>/api/me</code> in your name.</p>
      ${secret && html`<p role="status">The new token, which is not shown again: <code>${secret}</code></p>`}
      ${tokens.length === 0 ? html`<p class="faint">There are none.</p>` : list(tokens)}
    </section>
    <form class="card stack" method="post" action="/account/tokens">
      <h2>Make a token</h2>
      ${problem && html`<p class="error" role="alert">${problem}</p>`}
      <label for="name">What it is for</label>
      <input id="name" name="name" maxlength="100" required>
      <button>Make a token</button>
    </form>`;
  return page("Your account", main, visitor);
}

function list(tokens: readonly ApiToken[]): Html {
  return html`<ul class="plain">${tokens.map(
    ({ id, name, created }) => html`
        <li>
          <form method="post" action="/account/tokens/${id}/end">
            ${name} <small>since ${created.toISOString().slice(0, 10)}</small>
            <button class="quiet" aria-label="End ${name}">End</button>
          </form>
        </li>`,
  )}</ul>`;
}
