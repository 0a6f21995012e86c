/** Which rules of a connection may grant what they say. */
import type { IneffectiveRule } from "./desired.ts";
import type { Rule } from "./rule.ts";

/** What a connection may give. */
export interface Offer {
  readonly workspace: string;
  /** The role that everybody is given; `""` for none. */
  readonly defaultRole: string;
  /** The roles that may be given, by workspace; undefined for one that the organisation does not have. */
  readonly roles: ReadonlyMap<string, ReadonlySet<string> | undefined>;
}

/** Rules, told apart. */
export interface EffectiveRules {
  readonly rules: readonly Rule[];
  readonly ineffective: readonly IneffectiveRule[];
  readonly defaultRole: string;
}

/** A rule grants only a role that the host lists for the workspace, and none above the connection's ceiling. */
export function effectiveRules(all: readonly Rule[], { workspace, defaultRole, roles }: Offer): EffectiveRules {
  const rules: Rule[] = [];
  const ineffective: IneffectiveRule[] = [];
  for (const rule of all) {
    const where = rule.workspace ?? workspace;
    const problem = problemOf(rule.role, where, roles.get(where));
    if (problem === undefined) rules.push(rule);
    else ineffective.push({ rule: rule.id, detail: problem });
  }
  return { rules, ineffective, defaultRole };
}

function problemOf(role: string, workspace: string, roles: ReadonlySet<string> | undefined): string | undefined {
  if (roles === undefined) return `The organisation has no workspace "${workspace}"; the rule grants nothing.`;
  if (roles.has(role)) return undefined;
  return `The role "${role}" does not exist, or is above what this connection may give; the rule grants nothing.`;
}
