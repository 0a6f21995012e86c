/** What PUT and PATCH share: an applier becomes a Change and goes through the store. RFC 7644 §3.5, §3.14. */
import type { Applier } from "../patch/applier.ts";
import type { Applied } from "../store/change.ts";
import type { Selection } from "../store/selection.ts";
import type { Stored } from "../store/stored.ts";
import type { Call } from "./call.ts";
import type { Endpoint } from "./endpoint.ts";
import { noSuchResource } from "./get.ts";
import { checkPreconditions, type WritePreconditions } from "./version.ts";
import { trackWrite } from "./write.ts";

/**
 * Changes one resource.
 *
 * @throws ScimError 404 if there is none; 412 if the preconditions fail; whatever the applier or the store throws
 */
export async function updateResource(
  call: Call,
  endpoint: Endpoint,
  operation: "replace" | "patch",
  id: string,
  applier: Applier,
  conditions: WritePreconditions,
  want: Selection,
): Promise<Stored> {
  let before: Stored | undefined;
  let applied: Applied | undefined;
  const tracker = trackWrite(call, endpoint, operation, () => applied?.changed ?? []);
  const stored = await endpoint.store.update(
    id,
    {
      members: applier.members,
      apply(current) {
        checkPreconditions(conditions, current.meta);
        before = current;
        applied = applier.apply(current);
        return applied;
      },
      beforeCommit: tracker.beforeCommit,
    },
    want,
    call.context,
  );
  if (stored === undefined) throw noSuchResource(endpoint, id);
  const told = tracker.report(id, { before, after: stored, changed: applied?.changed ?? [] });
  if (told !== undefined) await told;
  return stored;
}
