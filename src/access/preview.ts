/** Preview: who would gain and who would lose which role, before rules are changed. */
import type { AccessUnit } from "./access-store.ts";
import { deriveAccess, grantsOf } from "./derive.ts";
import { effectiveRules, type Offer } from "./effective-rules.ts";
import { groupsWithin, memberPages, surroundings } from "./people.ts";
import { rolesOf } from "./reconcile.ts";
import { isAbout, type Rule, type RuleSettings } from "./rule.ts";

/** Users that are listed for each role at the most. */
const listed = 100;

/** What a change of rules would do to one role. */
export interface RolePreview {
  readonly role: string;
  readonly workspace: string;
  /** How many active users would gain it. */
  readonly gain: number;
  /** How many would lose it. */
  readonly lose: number;
  /** Ids of those who would gain it; the first hundred. */
  readonly gaining: readonly string[];
  /** Ids of those who would lose it; the first hundred. */
  readonly losing: readonly string[];
}

/** What a change of rules would do. */
export interface RulesPreview {
  /** Roles that somebody would gain or lose. */
  readonly roles: readonly RolePreview[];
  /** Rules, of those that would be there, that grant nothing, and why. */
  readonly problems: readonly string[];
}

/** The ids of everybody whom rules are about. */
async function* peopleOf(unit: AccessUnit, rules: readonly RuleSettings[]): AsyncGenerator<readonly string[]> {
  const groups = new Set<string>();
  for (const { group } of rules) {
    const found = "id" in group ? await unit.groups([group.id]) : await unit.groupsNamed(group.displayName);
    for (const { id } of found) groups.add(id);
  }
  for (const group of await groupsWithin(unit, [...groups])) yield* memberPages(unit, group);
}

/** Compares what users have by the rules that are there with what they would have. */
export async function previewRules(
  unit: AccessUnit,
  present: readonly Rule[],
  next: readonly Rule[],
  offer: Offer,
): Promise<RulesPreview> {
  const before = effectiveRules(present, offer);
  const after = effectiveRules(next, offer);
  const changed = [...before.rules, ...after.rules].filter(
    (rule) => !(before.rules.includes(rule) && after.rules.includes(rule)),
  );
  const seen = new Set<string>();
  const roles = new Map<string, Tally>();
  for await (const page of peopleOf(unit, changed)) {
    const fresh = page.filter((id) => !seen.has(id));
    for (const id of fresh) seen.add(id);
    const users = (await unit.users(fresh)).filter(({ active }) => active);
    const around = await surroundings(
      unit,
      users.map(({ id }) => id),
    );
    for (const user of users) {
      const facts = { ...around, workspace: offer.workspace, defaultRole: offer.defaultRole };
      const has = grantsOf(deriveAccess(user, { ...facts, rules: before.rules }));
      const wouldHave = grantsOf(deriveAccess(user, { ...facts, rules: after.rules }));
      for (const grant of wouldHave) if (!has.includes(grant)) count(roles, grant, "gaining", user.id);
      for (const grant of has) if (!wouldHave.includes(grant)) count(roles, grant, "losing", user.id);
    }
  }
  return { roles: [...roles].sort().map(rolePreview), problems: await problemsOf(unit, after.ineffective, next) };
}

async function problemsOf(
  unit: AccessUnit,
  ineffective: ReturnType<typeof effectiveRules>["ineffective"],
  rules: readonly Rule[],
): Promise<readonly string[]> {
  const problems = ineffective.map(({ detail }) => detail);
  for (const rule of rules) {
    const { group } = rule;
    if (!("id" in group)) continue;
    const [known] = await unit.groups([group.id]);
    if (known === undefined || !isAbout(rule, known.id, known.displayName)) {
      problems.push(`There is no group with the id "${group.id}" in this connection; the rule grants nothing.`);
    }
  }
  return problems;
}

interface Tally {
  readonly gaining: string[];
  readonly losing: string[];
  gain: number;
  lose: number;
}

function count(roles: Map<string, Tally>, grant: string, how: "gaining" | "losing", user: string): void {
  const tally = roles.get(grant) ?? { gaining: [], losing: [], gain: 0, lose: 0 };
  roles.set(grant, tally);
  tally[how === "gaining" ? "gain" : "lose"]++;
  if (tally[how].length < listed) tally[how].push(user);
}

function rolePreview([grant, tally]: [string, Tally]): RolePreview {
  const [{ role, workspace } = { role: "", workspace: "" }] = rolesOf([grant]);
  return { role, workspace, ...tally };
}
