/** The pages of workspaces. A workspace that is not the visitor's to see is not there. */
import { type Request, Router } from "express";
import { changeRole } from "../people/change-role.ts";
import { peopleOf, teamsOf } from "../people/directory.ts";
import { profileOf } from "../people/profile.ts";
import { reasonsOf } from "../people/reasons.ts";
import { type VisibleWorkspace, visibleTo } from "../people/visible.ts";
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
      const workspaces = await visibleTo(db, visitor);
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
      const workspace = named(request, await visibleTo(db, visitor));
      if (workspace === undefined) return notFound(response, visitor);
      live.watch(visitor, workspace.id, response);
    }),
  );

  router.get(
    "/workspaces/:workspace/people/:person",
    signedIn(product, async (request, response, visitor) => {
      const workspace = named(request, await visibleTo(db, visitor));
      const person = idIn(request.params.person);
      if (workspace === undefined || person === undefined) return notFound(response, visitor);
      const profile = await profileOf(db, workspace.id, person);
      if (profile === undefined) return notFound(response, visitor);
      const management = await connections.managedBy(workspace.id, person);
      const reasons = await reasonsOf(product, profile, workspace, management);
      response.send(String(personPage({ profile, workspace, management, reasons }, visitor)));
    }),
  );

  router.post(
    "/workspaces/:workspace/people/:person/role",
    readForm,
    signedIn(product, async (request, response, visitor) => {
      const workspace = named(request, await visibleTo(db, visitor));
      const person = idIn(request.params.person);
      if (workspace === undefined || person === undefined) return notFound(response, visitor);
      const isManaged = (await connections.managedBy(workspace.id, person)) !== undefined;
      const outcome = await changeRole(db, { visitor, workspace, person, role: field(request, "role"), isManaged });
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

function named(request: Request, workspaces: readonly VisibleWorkspace[]): VisibleWorkspace | undefined {
  return workspaces.find(({ id }) => id === request.params.workspace);
}
