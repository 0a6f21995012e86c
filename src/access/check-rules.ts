/** Rules as people ask for them, checked. */

import { ConnectionError } from "../connections/connection-error.ts";
import { checkId } from "../connections/text.ts";
import { isRecord } from "../schema/data-type.ts";
import type { RulesChange } from "./access.ts";
import { effectiveRules, type Offer } from "./effective-rules.ts";
import type { Rule, RuleSettings } from "./rule.ts";

/** Rules that a connection may have at the most. */
const most = 1_000;

/**
 * The rules that a change adds.
 *
 * @throws ConnectionError `invalidValue`
 */
export function newRules(connection: string, { add = [] }: RulesChange, now: Date): readonly Rule[] {
  if (!Array.isArray(add) || add.length > most) throw invalid("Send the rules to add as a list.");
  return add.map((settings: RuleSettings) => ({
    id: crypto.randomUUID(),
    connection,
    created: now,
    group: groupOf(settings),
    role: checkId("role", settings.role),
    ...(settings.workspace === undefined ? {} : { workspace: checkId("workspace", settings.workspace) }),
  }));
}

function groupOf(settings: unknown): Rule["group"] {
  const group = isRecord(settings) ? settings.group : undefined;
  if (isRecord(group) && group.id !== undefined) return { id: checkId("group", group.id) };
  if (isRecord(group) && group.displayName !== undefined) return { displayName: checkId("group", group.displayName) };
  throw invalid("Say which group the rule is about: its `id`, or its `displayName`.");
}

/**
 * The rules that there are after a change.
 *
 * @throws ConnectionError `invalidValue` if there would be too many, or one that is to be removed is not there
 */
export function changedRules(
  present: readonly Rule[],
  added: readonly Rule[],
  { remove = [] }: RulesChange,
): readonly Rule[] {
  const gone = new Set(remove);
  const stay = present.filter(({ id }) => !gone.has(id));
  if (present.length - stay.length !== gone.size) throw invalid("A rule that is to be removed is not there.");
  if (stay.length + added.length > most) throw invalid(`A connection may have up to ${most} rules.`);
  return [...stay, ...added];
}

/** @throws ConnectionError `roleNotAllowed`, `workspaceNotAllowed` for a new rule that would grant nothing */
export function checkGrants(added: readonly Rule[], offer: Offer): void {
  const [ineffective] = effectiveRules(added, offer).ineffective;
  if (ineffective === undefined) return;
  const rule = added.find(({ id }) => id === ineffective.rule);
  const isWorkspaceKnown = offer.roles.get(rule?.workspace ?? offer.workspace) !== undefined;
  throw new ConnectionError(isWorkspaceKnown ? "roleNotAllowed" : "workspaceNotAllowed", ineffective.detail);
}

function invalid(detail: string): ConnectionError {
  return new ConnectionError("invalidValue", detail);
}
