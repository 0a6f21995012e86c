/** A way back from a mistake at the identity provider, for owners: what it has done since a deactivation is taken back. */
import { type Response, Router } from "express";
import type { SignedIn } from "../accounts/signed-in.ts";
import type { Product } from "../product.ts";
import { field, readForm } from "./form.ts";
import { type Deactivation, type UndoView, undoPage } from "./undo-page.ts";
import { forOwners } from "./visitor.ts";

/** Writes that are looked through, and deactivations that are shown, of each connection. */
const examined = 1_000;
const shown = 100;

export function undoRoutes(product: Product): Router {
  const { access, connections, live } = product;
  const router = Router();

  router.get(
    "/settings/undo",
    forOwners(product, (_request, response, visitor) => show(response, visitor)),
  );

  router.post(
    "/settings/undo/:step",
    readForm,
    forOwners(product, async (request, response, visitor) => {
      const found = await recent(visitor);
      const chosen = found.find(({ key }) => key === field(request, "from"));
      if (chosen === undefined) return await show(response.status(400), visitor, { problem: "Choose where to begin." });
      const { organisation } = visitor;
      const selection = { since: chosen.at };
      if (request.params.step !== "confirmed") {
        const steps = await access.previewRevert(organisation, chosen.connection, selection);
        return await show(response, visitor, { chosen, steps });
      }
      const steps = await access.revert(organisation, chosen.connection, selection);
      const connection = await connections.get(organisation, chosen.connection);
      if (connection !== undefined) live.changed(connection.workspace);
      await show(response, visitor, { done: chosen, steps });
    }),
  );

  return router;

  async function show(response: Response, visitor: SignedIn, more: Omit<UndoView, "deactivations"> = {}) {
    response.send(String(undoPage({ deactivations: await recent(visitor), ...more }, visitor)));
  }

  /** Whom the organisation's identity providers have deactivated, newest first. */
  async function recent({ organisation }: SignedIn): Promise<readonly Deactivation[]> {
    const found: Deactivation[] = [];
    for (const { id: connection } of await connections.list(organisation)) {
      const entries = await access.journal(organisation, connection, { limit: examined });
      const ended = entries.filter(({ deactivation }) => deactivation).slice(0, shown);
      found.push(
        ...ended.map(({ sequence, at, name }) => ({ key: `${connection}/${sequence}`, connection, at, name })),
      );
    }
    return found.sort((one, other) => other.at.getTime() - one.at.getTime());
  }
}
