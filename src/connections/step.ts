/** Step: what connections do within the transaction of a write; and the steps there are. */
import { ScimError } from "../error.ts";
import type { MaybePromise } from "../protocol/bearer.ts";
import type { PendingChange } from "../protocol/event.ts";
import type { Resource } from "../schema/attribute.ts";
import type { Stored } from "../store/stored.ts";
import type { ConnectionContext } from "./connection.ts";
import { linkKey, type RequestStates } from "./request-state.ts";
import type { Settings } from "./settings.ts";

/** One part of what is done inside the transaction of a write. Throwing rolls the write back, and all steps with it. */
export type Step = (change: PendingChange, ctx: ConnectionContext, tx: unknown) => MaybePromise<void>;

/** Gives a role to a user, as the host does it. */
export type GiveRole = (
  user: Stored<Resource>,
  role: string,
  ctx: ConnectionContext,
  tx: unknown,
) => MaybePromise<void>;

/** One step after the other. */
export function inOrder(steps: readonly Step[]): Step {
  return async (change, ctx, tx) => {
    for (const step of steps) await step(change, ctx, tx);
  };
}

/** Gives users that are created the default role. */
export function roleStep(giveRole: GiveRole): Step {
  return async ({ operation, resourceType, after }, ctx, tx) => {
    if (operation !== "create" || resourceType !== "User" || after === undefined || ctx.defaultRole === "") return;
    await giveRole(after, ctx.defaultRole, ctx, tx);
  };
}

const marked: ReadonlySet<string> = new Set(["User", "Group"]);

/**
 * Marks what the connection creates or links, and removes the mark of what it deletes. The last of the steps: a store
 * without transactions of its own (in memory, say) must not keep a mark of what another step has refused.
 */
export function markStep({ store, now }: Pick<Settings, "store" | "now">, states: RequestStates): Step {
  return async ({ operation, resourceType, id }, ctx, tx) => {
    if (!marked.has(resourceType)) return;
    const { connection, organisation, workspace } = ctx;
    if (operation === "delete") return store.unmark(workspace, resourceType, id, tx);
    const { links, token } = states.of(ctx);
    const link = links.get(linkKey(resourceType, id));
    if (operation !== "create" && link === undefined) return;
    const linked = link?.linked ?? false;
    const mark = { connection, organisation, workspace, resourceType, resourceId: id, since: now(), linked };
    if (!(await store.mark(mark, tx, token === undefined))) {
      throw ScimError.unavailable(
        "The connection was paused or deleted meanwhile. Nothing was written; try again later.",
      );
    }
  };
}
