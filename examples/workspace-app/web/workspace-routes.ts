/** The pages of workspaces. A workspace that is not the visitor's to see is not there. */
import { type Request, Router } from "express";
import type { SignedIn } from "../accounts/sessions.ts";
import { changeRole } from "../people/change-role.ts";
import { peopleOf, teamsOf, type Workspace, workspacesOf } from "../people/directory.ts";
import { profileOf } from "../people/profile.ts";
import { isOwner } from "../people/roles.ts";
import type { Product } from "../product.ts";
import { field, idIn, pageIn, readForm } from "./form.ts";
import { notice } from "./layout.ts";
import { personPage } from "./person-page.ts";
import { notFound, signedIn } from "./visitor.ts";
import { workspacePage } from "./workspace-page.ts";

export function workspaceRoutes(product: Product): Router {
  const { db, live, connections } = product;
  const router = Router();

  router.get(
    "/",
    signedIn(product, (_request, response, visitor) => response.redirect(303, `/workspaces/${visitor.workspace}`)),
  );

  router.get(
    "/workspaces/:workspace",
    signedIn(product, async (request, response, visitor) => {
      const workspaces = await visible(product, visitor);
      const workspace = named(request, workspaces);
      if (workspace === undefined) return notFound(response, visitor);
      const pages = { people: pageIn(request.query.people), teams: pageIn(request.query.teams) };
      const people = await peopleOf(db, workspace.id, pages.people);
      const teams = await teamsOf(db, workspace.id, pages.teams);
      response.send(String(workspacePage({ workspace, workspaces, people, teams, pages }, visitor)));
    }),
  );

  router.get(
    "/workspaces/:workspace/live",
    signedIn(product, async (request, response, visitor) => {
      const workspace = named(request, await visible(product, visitor));
      if (workspace === undefined) return notFound(response, visitor);
      live.watch(visitor, workspace.id, response);
    }),
  );

  router.get(
    "/workspaces/:workspace/people/:person",
    signedIn(product, async (request, response, visitor) => {
      const workspace = named(request, await visible(product, visitor));
      const person = idIn(request.params.person);
      if (workspace === undefined || person === undefined) return notFound(response, visitor);
      const profile = await profileOf(db, workspace.id, person);
      if (profile === undefined) return notFound(response, visitor);
      const management = await connections.managedBy(workspace.id, person);
      response.send(String(personPage(profile, management, visitor)));
    }),
  );

  router.post(
    "/workspaces/:workspace/people/:person/role",
    readForm,
    signedIn(product, async (request, response, visitor) => {
      const workspace = named(request, await visible(product, visitor));
      const person = idIn(request.params.person);
      if (workspace === undefined || person === undefined) return notFound(response, visitor);
      const outcome = await changeRole(db, visitor, workspace.id, person, field(request, "role"));
      if (outcome === "absent") return notFound(response, visitor);
      if (outcome === "refused") {
        response.status(403).send(String(notice("Not for you", "You cannot give this role to this person.", visitor)));
        return;
      }
      live.changed(workspace.id);
      response.redirect(303, `/workspaces/${workspace.id}/people/${person}`);
    }),
  );

  return router;
}

/** Owners see all workspaces of their organisation, everybody else their own. */
async function visible({ db }: Product, visitor: SignedIn): Promise<readonly Workspace[]> {
  const all = await workspacesOf(db, visitor.organisation);
  return isOwner(visitor) ? all : all.filter(({ id }) => id === visitor.workspace);
}

function named(request: Request, workspaces: readonly Workspace[]): Workspace | undefined {
  return workspaces.find(({ id }) => id === request.params.workspace);
}
