/** The page of one person: what the product knows, what their identity provider says, and their role. */
import type { Management } from "scimkit/connections";
import type { SignedIn } from "../accounts/signed-in.ts";
import type { Profile } from "../people/profile.ts";
import type { Reason } from "../people/reasons.ts";
import { mayChangeRole, roles } from "../people/roles.ts";
import type { VisibleWorkspace } from "../people/visible.ts";
import { type Held, type Html, html } from "./html.ts";
import { page } from "./layout.ts";
import { roleChip, statusOf } from "./workspace-page.ts";

/** What the page shows. */
export interface PersonView {
  readonly profile: Profile;
  readonly workspace: VisibleWorkspace;
  readonly management: Management | undefined;
  readonly reasons: readonly Reason[];
}

export function personPage(view: PersonView, visitor: SignedIn): Html {
  const { profile, management } = view;
  const { id, name, email, jobTitle, department, teams, workspace } = profile;
  const address = `/workspaces/${workspace}/people/${id}`;
  const main = html`
    <p><a href="/workspaces/${workspace}">Back to the workspace</a></p>
    <section class="card" data-live="/workspaces/${workspace}/live">
      <h1>${name}</h1>
      <dl>
        ${item("E-mail", email)}
        ${item("Role", roleChip(profile.role))}
        ${item("Status", statusOf(profile))}
        ${item("Job title", jobTitle)}
        ${item("Department", department)}
        ${item("Teams", teams.join(", "))}
        ${item("Managed by", management && `your identity provider, since ${management.since.toISOString().slice(0, 10)}`)}
        ${item("External id", profile.externalId)}
      </dl>
      ${why(view.reasons)}
      ${
        profile.rest.length > 0 &&
        html`<h2>What the identity provider says besides</h2>
      <dl>${profile.rest.map(([key, text]) => item(key, text))}</dl>`
      }
    </section>
    ${roleForm(view, address, visitor)}`;
  return page(name, main, visitor);
}

function item(term: string, value: Held): Held {
  if (value === null || value === undefined || value === "") return null;
  return html`<dt>${term}</dt><dd>${value}</dd>`;
}

function why(reasons: readonly Reason[]): Html {
  return html`<h2 id="why">Why</h2>
      <ul aria-labelledby="why">
        ${reasons.map(
          ({ role, elsewhere, why }) =>
            html`<li>${roleChip(role)}${elsewhere && html` in ${elsewhere}`}: ${why.join("; ")}</li>`,
        )}
      </ul>`;
}

function roleForm({ profile, workspace }: PersonView, address: string, visitor: SignedIn): Held {
  const { id, role, ownRole } = profile;
  const given = roles.filter((to) => mayChangeRole(workspace, role, to.id));
  if (given.length === 0 || id === visitor.userId) return null;
  return html`<form class="card stack" method="post" action="${address}/role">
      <h2>Change the role</h2>
      <label for="role">Role</label>
      <select id="role" name="role">
        ${given.map((to) => html`<option value="${to.id}"${to.id === ownRole && html` selected`}>${to.name}</option>`)}
      </select>
      <button>Save</button>
    </form>`;
}
