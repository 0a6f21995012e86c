/** Which rules of a connection may grant what they say. */
import type { Connection } from "../connections/connection.ts";
import { ConnectionError } from "../connections/connection-error.ts";
import type { Connections } from "../connections/connections.ts";
import type { IneffectiveRule } from "./desired.ts";
import type { Rule } from "./rule.ts";

/** Rules, told apart. */
export interface EffectiveRules {
  readonly rules: readonly Rule[];
  readonly ineffective: readonly IneffectiveRule[];
  /** The role that everybody is given; `""` for none. */
  readonly defaultRole: string;
}

/** A rule grants only a role that the host lists for the workspace, and none above the connection's ceiling. */
export async function effectiveRules(
  { organisation, id, workspace, ceiling }: Connection,
  all: readonly Rule[],
  connections: Connections,
): Promise<EffectiveRules> {
  const rules: Rule[] = [];
  const ineffective: IneffectiveRule[] = [];
  const byWorkspace = new Map<string, ReadonlySet<string> | undefined>();
  for (const rule of all) {
    const where = rule.workspace ?? workspace;
    if (!byWorkspace.has(where)) byWorkspace.set(where, await rolesOf(organisation, where, ceiling, connections));
    const problem = problemOf(rule.role, where, byWorkspace.get(where));
    if (problem === undefined) rules.push(rule);
    else ineffective.push({ rule: rule.id, detail: problem });
  }
  return { rules, ineffective, defaultRole: await connections.givenRole(organisation, id) };
}

async function rolesOf(
  organisation: string,
  workspace: string,
  ceiling: string | undefined,
  connections: Connections,
): Promise<ReadonlySet<string> | undefined> {
  try {
    return new Set((await connections.roles(organisation, workspace, ceiling)).map(({ id }) => id));
  } catch (thrown) {
    if (thrown instanceof ConnectionError) return undefined;
    throw thrown;
  }
}

function problemOf(role: string, workspace: string, roles: ReadonlySet<string> | undefined): string | undefined {
  if (roles === undefined) return `The organisation has no workspace "${workspace}"; the rule grants nothing.`;
  if (roles.has(role)) return undefined;
  return `The role "${role}" does not exist, or is above what this connection may give; the rule grants nothing.`;
}
