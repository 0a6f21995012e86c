/** What users are to have: a pure function of memberships, groups and rules. */

import type { KnownGroup, KnownUser, Membership } from "./access-store.ts";
import type { Because, DesiredAccess, DesiredRole, Step } from "./desired.ts";
import { isAbout, type Rule } from "./rule.ts";

/** Everything that decides over access. */
export interface AccessFacts {
  /** The memberships of users, and of every group that they are in, directly or not. */
  readonly memberships: ReadonlyMap<string, readonly Membership[]>;
  readonly groups: ReadonlyMap<string, KnownGroup>;
  /** Rules that may grant what they say; the others are left out. */
  readonly rules: readonly Rule[];
  /** The workspace of the connection. */
  readonly workspace: string;
  /** The role that everybody has; `""` for none. */
  readonly defaultRole: string;
}

/** All that a user is to have. */
export function deriveAccess({ id, active }: Pick<KnownUser, "id" | "active">, facts: AccessFacts): DesiredAccess {
  if (!active) return { user: id, active, roles: [] };
  const reasons = new Map<string, { role: string; workspace: string; because: Because[] }>();
  const give = (role: string, workspace: string, because: Because): void => {
    const key = grantKey(workspace, role);
    const reason = reasons.get(key) ?? { role, workspace, because: [] };
    reason.because.push(because);
    reasons.set(key, reason);
  };
  if (facts.defaultRole !== "") give(facts.defaultRole, facts.workspace, { kind: "default" });
  const chains = chainsFrom(id, facts);
  for (const rule of facts.rules) {
    for (const [group, chain] of chains) {
      const displayName = facts.groups.get(group)?.displayName ?? "";
      if (!isAbout(rule, group, displayName)) continue;
      give(rule.role, rule.workspace ?? facts.workspace, { kind: "rule", rule: rule.id, chain });
    }
  }
  const sorted = [...reasons].sort(([one], [other]) => (one < other ? -1 : 1));
  return { user: id, active, roles: sorted.map(([, role]): DesiredRole => role) };
}

/** The text by which a role in a workspace is remembered. */
function grantKey(workspace: string, role: string): string {
  return `${encodeURIComponent(workspace)}/${encodeURIComponent(role)}`;
}

/** The roles of {@link DesiredAccess}, as {@link KnownUser.granted} has them. */
export function grantsOf({ roles }: DesiredAccess): readonly string[] {
  return roles.map(({ workspace, role }) => grantKey(workspace, role));
}

/** The groups that somebody is in, by a shortest chain of groups within groups; a circle is walked once. */
function chainsFrom(user: string, { memberships, groups }: AccessFacts): ReadonlyMap<string, readonly Step[]> {
  const chains = new Map<string, readonly Step[]>();
  let frontier: readonly (readonly [member: string, chain: readonly Step[]])[] = [[user, []]];
  while (frontier.length > 0) {
    const next: (readonly [string, readonly Step[]])[] = [];
    for (const [member, chain] of frontier) {
      for (const { group, since, request } of memberships.get(member) ?? []) {
        const known = groups.get(group);
        if (known === undefined || chains.has(group)) continue;
        const longer = [...chain, { group, displayName: known.displayName, since, request }];
        chains.set(group, longer);
        next.push([group, longer]);
      }
    }
    frontier = next;
  }
  return chains;
}
