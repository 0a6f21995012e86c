/** The page of a workspace: its people and teams. */
import type { SignedIn } from "../accounts/signed-in.ts";
import { type Listed, type Person, pageSize, type Team, type Workspace } from "../people/directory.ts";
import { roleName } from "../people/roles.ts";
import { type Held, type Html, html } from "./html.ts";
import { page } from "./layout.ts";

/** What the page shows. */
export interface WorkspaceView {
  readonly workspace: Workspace;
  /** The others that the visitor may see. */
  readonly workspaces: readonly Workspace[];
  readonly people: Listed<Person>;
  readonly teams: Listed<Team>;
  /** Which pages of the lists these are, from 1. */
  readonly pages: { readonly people: number; readonly teams: number };
}

export function workspacePage(view: WorkspaceView, visitor: SignedIn): Html {
  const { workspace, people, teams, pages } = view;
  const address = `/workspaces/${workspace.id}`;
  const main = html`
    ${view.workspaces.length > 1 && switcher(view)}
    <h1>${workspace.name}</h1>
    <div data-live="${address}/live">
      <p class="faint">${counted(people.total, "person", "people")}, ${counted(teams.total, "team", "teams")}</p>
      <section class="card" aria-labelledby="people">
        <h2 id="people">People</h2>
        ${people.total === 0 ? html`<p class="faint">Nobody is here yet.</p>` : table(people.rows, address)}
        ${pager(people.total, pages.people, (number) => `${address}?people=${number}&teams=${pages.teams}`)}
      </section>
      <section class="card" aria-labelledby="teams">
        <h2 id="teams">Teams</h2>
        ${teams.total === 0 ? html`<p class="faint">There are no teams yet.</p>` : cards(teams.rows)}
        ${pager(teams.total, pages.teams, (number) => `${address}?people=${pages.people}&teams=${number}`)}
      </section>
    </div>`;
  return page(workspace.name, main, visitor);
}

function switcher({ workspaces, workspace }: WorkspaceView): Html {
  return html`<nav class="workspaces" aria-label="Workspaces">
      ${workspaces.map(({ id, name }) =>
        id === workspace.id ? html`<strong>${name}</strong>` : html`<a href="/workspaces/${id}">${name}</a>`,
      )}
    </nav>`;
}

function table(people: readonly Person[], address: string): Html {
  return html`<div class="scroll"><table>
          <thead><tr><th>Name</th><th>Role</th><th>Teams</th><th>Status</th></tr></thead>
          <tbody>${people.map((person) => row(person, address))}</tbody>
        </table></div>`;
}

function row({ id, name, email, jobTitle, department, role, teams, ...person }: Person, address: string): Html {
  return html`
            <tr data-key="${id}"${person.disabledAt === null ? null : html` class="off"`}>
              <td><a class="name" href="${address}/people/${id}">${name}</a> <small>${email}</small></td>
              <td>${roleChip(role)} <small>${[jobTitle, department].filter(Boolean).join(", ")}</small></td>
              <td>${teams.map(chip)}</td>
              <td>${statusOf(person)}</td>
            </tr>`;
}

/** What has become of somebody's account. */
export function statusOf({ disabledAt, hasPassword }: Pick<Person, "disabledAt" | "hasPassword">): string {
  if (disabledAt !== null) return "Deactivated";
  return hasPassword ? "Active" : "Invited";
}

export function roleChip(role: string): Html {
  return html`<span class="chip role-${role}">${roleName(role)}</span>`;
}

function chip(text: string): Html {
  return html`<span class="chip">${text}</span>`;
}

/** As many names as fit a card. */
const namesShown = 12;

function cards(teams: readonly Team[]): Html {
  return html`<ul class="teams">${teams.map(
    ({ id, name, members }) => html`
          <li data-key="${id}">
            <h3>${name}</h3>
            ${members.length === 0 ? html`<span class="faint">No members</span>` : members.slice(0, namesShown).map(chip)}
            ${members.length > namesShown && html`<span class="faint">and ${members.length - namesShown} more</span>`}
          </li>`,
  )}</ul>`;
}

function counted(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`;
}

function pager(total: number, number: number, address: (number: number) => string): Held {
  const last = Math.max(1, Math.ceil(total / pageSize));
  if (last === 1 && number === 1) return null;
  return html`<p>
          ${number > 1 && html`<a href="${address(Math.min(number - 1, last))}">Previous</a>`}
          Page ${number} of ${last}
          ${number < last && html`<a href="${address(number + 1)}">Next</a>`}
        </p>`;
}
