/** The page on which an owner takes back what the identity provider has done: first what would happen, then the button. */
import type { RevertStep } from "scimkit/access";
import type { SignedIn } from "../accounts/signed-in.ts";
import { type Held, type Html, html } from "./html.ts";
import { page } from "./layout.ts";

/** Somebody who was deactivated or deleted: from here on things can be taken back. */
export interface Deactivation {
  readonly key: string;
  readonly connection: string;
  readonly at: Date;
  readonly name: string;
}

export interface UndoView {
  readonly deactivations: readonly Deactivation[];
  /** From where on it would be taken back; `steps` is what would happen. */
  readonly chosen?: Deactivation;
  /** From where on it was taken back; `steps` is what happened. */
  readonly done?: Deactivation;
  readonly steps?: readonly RevertStep[];
  readonly problem?: string;
}

export function undoPage(view: UndoView, visitor: SignedIn): Html {
  const main = html`
    <p><a href="/settings">Back to the settings</a></p>
    <h1>Take back what the identity provider did</h1>
    ${view.problem && html`<p class="error" role="alert">${view.problem}</p>`}
    ${view.done && outcome("It is taken back", view.done, view.steps)}
    ${view.chosen && outcome("This would be taken back", view.chosen, view.steps)}
    ${view.chosen && confirmation(view.chosen)}
    ${view.chosen === undefined && choice(view.deactivations)}`;
  return page("Take back", main, visitor);
}

function choice(deactivations: readonly Deactivation[]): Html {
  if (deactivations.length === 0) return html`<p class="card">Nobody has been deactivated.</p>`;
  return html`<form class="card stack" method="post" action="/settings/undo/preview">
      <label for="from">Everything since</label>
      <select id="from" name="from">
        ${deactivations.map((one) => html`<option value="${one.key}">${begin(one)}</option>`)}
      </select>
      <button>Show what would happen</button>
    </form>`;
}

function outcome(title: string, from: Deactivation, steps: readonly RevertStep[] = []): Html {
  const taken = steps.filter(({ action, conflict }) => action !== "nothing" || conflict !== undefined);
  return html`<section class="card" aria-labelledby="outcome" role="status">
      <h2 id="outcome">${title}</h2>
      <p class="faint">Everything since ${begin(from)}</p>
      ${taken.length === 0 ? html`<p>All is as it was then.</p>` : html`<ul>${taken.map(line)}</ul>`}
    </section>`;
}

const actions: Readonly<Record<RevertStep["action"], string>> = {
  restore: "as before",
  delete: "deleted",
  recreate: "made again",
  nothing: "left as it is",
};

function line({ resourceType, name, action, paths, conflict }: RevertStep): Html {
  const more: Held = conflict ?? paths.join(", ");
  return html`<li>${resourceType === "Group" ? "Team" : "Person"} ${name}: ${conflict === undefined ? actions[action] : actions.nothing}
        <small>${more}</small></li>`;
}

function confirmation({ key }: Deactivation): Html {
  return html`<form class="card" method="post" action="/settings/undo/confirmed">
      <input type="hidden" name="from" value="${key}">
      <button>Take it back</button>
      <a href="/settings/undo">Choose another beginning</a>
    </form>`;
}

function begin({ at, name }: Deactivation): string {
  return `${at.toISOString().slice(0, 19).replace("T", " ")} UTC, when ${name} lost access`;
}
