/** The journal, what taking back does, and explanations, as the page shows them. */
import type { Explanation, JournalEntry, RevertStep, Step } from "scimkit/access";
import type {
  ExplanationMessage,
  JournalEntryMessage,
  NamedMessage,
  RevertMessage,
  RevertStepMessage,
  StepMessage,
} from "./access-messages.ts";
import type { Names } from "./access-state.ts";

/** Resources that are listed at the most. */
const listed = 100;

/** An entry, without what was in the resource. */
export function journalMessage(entry: JournalEntry): JournalEntryMessage {
  const { sequence, request, at, operation, resourceType, name, changed, members, deactivation, revertOf } = entry;
  return {
    sequence,
    request,
    at: at.toISOString(),
    operation,
    resourceType,
    name,
    changed,
    joined: members.added.length,
    left: members.removed.length,
    deactivation,
    revert: revertOf !== undefined,
  };
}

/** The steps of a revert, counted. */
export function revertMessage(steps: readonly RevertStep[]): RevertMessage {
  const conflicts = steps.filter(({ conflict }) => conflict !== undefined);
  const changed = steps.filter(({ conflict, action }) => conflict === undefined && action !== "nothing");
  return {
    changed: changed.length,
    conflicts: conflicts.length,
    steps: [...conflicts, ...changed].slice(0, listed).map(stepMessage),
  };
}

function stepMessage({ resourceType, name, action, paths, members, conflict }: RevertStep): RevertStepMessage {
  return {
    resourceType,
    name,
    action,
    paths,
    joining: members.add.length,
    leaving: members.remove.length,
    ...(conflict === undefined ? {} : { conflict }),
  };
}

/** Each role of somebody with the chains that lead to it, and the requests that made their links. */
export function explanationMessage(
  { active, roles, requests }: Explanation,
  person: NamedMessage,
  names: Names,
): ExplanationMessage {
  const made = new Map(requests.map((entry) => [`${entry.request} ${entry.resourceId}`, entry]));
  return {
    person,
    active,
    roles: roles.map(({ role, workspace, because }) => ({
      role: names.role(role, workspace),
      workspace: names.workspace(workspace),
      because: because.map((reason) => ({
        kind: reason.kind,
        chain: reason.kind === "default" ? [] : reason.chain.map((step) => stepOf(step, made)),
      })),
    })),
  };
}

function stepOf({ group, displayName, since, request }: Step, made: ReadonlyMap<string, JournalEntry>): StepMessage {
  const entry = request === undefined ? undefined : made.get(`${request} ${group}`);
  return {
    group,
    displayName,
    since: since.toISOString(),
    ...(entry === undefined ? {} : { request: entry.request }),
  };
}
