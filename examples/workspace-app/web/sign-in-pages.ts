/** The pages of signing in, and of setting a password. */
import { passwordLength } from "../accounts/password.ts";
import { resetHours } from "../accounts/password-resets.ts";
import { type Html, html } from "./html.ts";
import { page } from "./layout.ts";

/** First the address: it decides what comes next. */
export function emailPage(problem?: string): Html {
  return page(
    "Sign in",
    html`<form class="card narrow stack" method="post" action="/sign-in">
      <h1>Sign in</h1>
      ${problem && html`<p class="error" role="alert">${problem}</p>`}
      <label for="email">E-mail address</label>
      <input id="email" name="email" type="email" autocomplete="username" maxlength="320" required autofocus>
      <button>Continue</button>
    </form>`,
  );
}

export function passwordPage(email: string, problem?: string): Html {
  return page(
    "Sign in",
    html`<form class="card narrow stack" method="post" action="/sign-in/password">
      <h1>Sign in</h1>
      ${problem && html`<p class="error" role="alert">${problem}</p>`}
      <p>${email} <a href="/sign-in">Not you?</a></p>
      <input hidden name="email" autocomplete="username" value="${email}">
      <label for="password">Password</label>
      <input id="password" name="password" type="password" autocomplete="current-password" maxlength="${passwordLength.most}" required autofocus>
      <button>Sign in</button>
      <button class="quiet" formaction="/sign-in/forgotten" formnovalidate>Forgotten?</button>
    </form>`,
  );
}

export function letterSentPage(email: string): Html {
  return page(
    "Look into your mail",
    html`<section class="card narrow">
      <h1>Look into your mail</h1>
      <p>If ${email} has an account, there is now a link in its mailbox to set a password with. It is good for ${resetHours} hours.</p>
      <p class="faint">In this example the letter is in the terminal.</p>
    </section>`,
  );
}

export function newPasswordPage(email: string, problem?: string): Html {
  return page(
    "Set a password",
    html`<form class="card narrow stack" method="post">
      <h1>Set a password</h1>
      ${problem && html`<p class="error" role="alert">${problem}</p>`}
      <p>For ${email}. At least ${passwordLength.least} characters.</p>
      <input hidden name="email" autocomplete="username" value="${email}">
      <label for="password">New password</label>
      <input id="password" name="password" type="password" autocomplete="new-password" minlength="${passwordLength.least}" maxlength="${passwordLength.most}" required autofocus>
      <button>Save</button>
    </form>`,
  );
}
