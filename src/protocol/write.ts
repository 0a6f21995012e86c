/** What all writes share: the host's hooks around the store's transaction. */
import { ScimError } from "../error.ts";
import type { Resource } from "../schema/attribute.ts";
import type { MembersOutcome, Outcome } from "../store/change.ts";
import type { Stored } from "../store/stored.ts";
import type { Call } from "./call.ts";
import type { Endpoint } from "./endpoint.ts";
import { eventsOf, type PendingChange } from "./event.ts";

/** What a write knows of itself, beside what the store tells. */
export interface WriteKnowledge {
  readonly before?: Stored | undefined;
  readonly after?: Stored | undefined;
  readonly changed: readonly string[];
}

/** Follows one write through the store. */
export interface WriteTracker {
  /** For `Draft`, `Change` and `Removal`. */
  beforeCommit(outcome: Outcome, tx: unknown): Promise<void>;
  /** To be called after the store has returned: sends the events. Undefined if there is nobody to send them to. */
  report(id: string, known: WriteKnowledge): Promise<void> | undefined;
}

const nobody: MembersOutcome = { added: [], removed: [] };

const done: Promise<void> = Promise.resolve();

/** The tracker where the host has no hooks. */
const nobodyToTell: WriteTracker = { beforeCommit: () => done, report: () => undefined };

/**
 * The tracker of a write.
 *
 * @param changed - the paths the last `apply` found different
 */
export function trackWrite(
  call: Call,
  endpoint: Endpoint,
  operation: PendingChange["operation"],
  changed: () => readonly string[],
): WriteTracker {
  const { options, context } = call;
  if (options.beforeCommit === undefined && options.onEvent === undefined) return nobodyToTell;
  let committed: PendingChange | undefined;
  return {
    async beforeCommit(outcome, tx) {
      committed = undefined;
      const change = pendingChange(endpoint, operation, outcome, changed());
      await options.beforeCommit?.(change, context, tx);
      committed = change;
    },
    async report(id, known) {
      if (options.beforeCommit !== undefined && committed === undefined && isChange(operation, known)) {
        throw new Error(`The store of ${endpoint.type.name} resources does not call beforeCommit; see ResourceStore.`);
      }
      if (options.onEvent === undefined) return;
      const change = committed ?? (isChange(operation, known) ? derived(endpoint, operation, id, known) : undefined);
      if (change === undefined) return;
      for (const event of eventsOf(change)) {
        try {
          await options.onEvent(event, context);
        } catch (thrown) {
          options.onError(ScimError.from(thrown), call.request);
        }
      }
    },
  };
}

function isChange(operation: PendingChange["operation"], { changed }: WriteKnowledge): boolean {
  return operation === "create" || operation === "delete" || changed.length > 0;
}

function derived(
  endpoint: Endpoint,
  operation: PendingChange["operation"],
  id: string,
  { before, after, changed }: WriteKnowledge,
): PendingChange {
  return { ...pendingChange(endpoint, operation, { before, after }, changed), id };
}

function pendingChange(
  endpoint: Endpoint,
  operation: PendingChange["operation"],
  outcome: Outcome,
  changed: readonly string[],
): PendingChange {
  const before = outcome.before && endpoint.conceal(outcome.before);
  const after = outcome.after && endpoint.conceal(outcome.after);
  const members = outcome.members ?? membersOutcome(outcome, operation, changed);
  const isUpdate = operation === "replace" || operation === "patch";
  const haveMembersChanged = members.added.length + members.removed.length > 0 && !changed.includes("members");
  return {
    operation,
    resourceType: endpoint.type.name,
    id: outcome.after?.id ?? outcome.before?.id ?? "",
    before,
    after,
    changed: isUpdate ? (haveMembersChanged ? [...changed, "members"] : changed) : [],
    members,
  };
}

/** Who joined and left, where members were an attribute like any other. */
function membersOutcome(
  { before, after }: Outcome,
  operation: PendingChange["operation"],
  changed: readonly string[],
): MembersOutcome {
  if (operation === "create") return { added: memberIds(after), removed: [] };
  if (!changed.includes("members")) return nobody;
  const present = new Set(memberIds(before));
  const next = new Set(memberIds(after));
  return {
    added: [...next].filter((id) => !present.has(id)),
    removed: [...present].filter((id) => !next.has(id)),
  };
}

function memberIds(stored: Resource | undefined): readonly string[] {
  const members = stored?.members;
  if (!Array.isArray(members)) return [];
  return members.flatMap((member: unknown) =>
    typeof member === "object" && member !== null && "value" in member && typeof member.value === "string"
      ? [member.value]
      : [],
  );
}
