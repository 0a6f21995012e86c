/** The records of users, groups and memberships, kept beside a SCIM write and in its transaction. */
import type { PendingChange } from "../protocol/event.ts";
import type { AccessUnit, KnownGroup } from "./access-store.ts";
import { memberPages, peopleWithin } from "./people.ts";
import { isAbout, type Rule } from "./rule.ts";

/** Whose access a write may have changed. */
export interface Affected {
  /** Ids of users, and perhaps of groups and of users who are not known; undefined: too many for one request. */
  readonly people: ReadonlySet<string> | undefined;
  /** Where too many lie: groups all of whose people are meant; undefined: everybody. */
  readonly groups: readonly string[] | undefined;
  /** The group that has members of whom nothing is recorded. */
  readonly unread: string | undefined;
  /** Of a deleted resource: who was in it, and in what it was. */
  readonly members: readonly string[];
  readonly within: readonly string[];
}

const nobody: Affected = { people: new Set(), groups: [], unread: undefined, members: [], within: [] };

/** Why a membership came about. */
export interface Cause {
  readonly at: Date;
  readonly request: string;
}

/** Records what a write does to a user or a group. */
export function mirror(
  unit: AccessUnit,
  change: PendingChange,
  cause: Cause,
  rules: readonly Rule[],
  limit: number,
): Promise<Affected> | Affected {
  if (change.resourceType === "User") return mirrorUser(unit, change);
  if (change.resourceType === "Group") return mirrorGroup(unit, change, cause, rules, limit);
  return nobody;
}

async function mirrorUser(unit: AccessUnit, { operation, id, after }: PendingChange): Promise<Affected> {
  const [known] = await unit.lockUsers([id]);
  const mine = { ...nobody, people: new Set([id]) };
  if (operation === "delete") {
    const memberships = await unit.membershipsOf([id]);
    for (const { group } of memberships) await unit.leave(group, [id]);
    if (known !== undefined) await unit.saveUsers([{ ...known, active: false }]);
    return { ...mine, within: memberships.map(({ group }) => group) };
  }
  const active = after?.active !== false;
  if (known?.active === active) return nobody;
  await unit.saveUsers([{ ...(known ?? { id, granted: [] }), active }]);
  return mine;
}

async function mirrorGroup(
  unit: AccessUnit,
  change: PendingChange,
  cause: Cause,
  rules: readonly Rule[],
  limit: number,
): Promise<Affected> {
  const { operation, id, after, members } = change;
  if (operation === "delete") return removeGroup(unit, id, limit);
  const [known] = await unit.groups([id]);
  const group = { id, displayName: nameOf(after) ?? known?.displayName ?? "" };
  const isUnread = known === undefined && operation !== "create";
  if (known?.displayName !== group.displayName) await unit.saveGroup(group);
  const { at, request } = cause;
  if (members.removed.length > 0) await unit.leave(id, members.removed);
  if (members.added.length > 0) {
    await unit.join(members.added.map((member) => ({ group: id, member, since: at, request })));
  }
  const affected = isRenamed(known, group, rules)
    ? { people: await peopleWithin(unit, [id], limit), groups: [id] }
    : await moved(unit, change, limit);
  return { ...nobody, ...affected, unread: isUnread ? id : undefined };
}

/** Those who joined and left, and the people of the groups among them. */
async function moved(
  unit: AccessUnit,
  { id, members: { added, removed } }: PendingChange,
  limit: number,
): Promise<Pick<Affected, "people" | "groups">> {
  const ids = [...added, ...removed];
  // Those who left are not found in the group any more.
  const groups = removed.length === 0 ? [id] : undefined;
  if (ids.length > limit) return { people: undefined, groups };
  const inner = (await unit.groups(ids)).map((group) => group.id);
  const people = inner.length === 0 ? new Set<string>() : await peopleWithin(unit, inner, limit);
  return { people: people && new Set([...ids, ...people]), groups };
}

async function removeGroup(unit: AccessUnit, id: string, limit: number): Promise<Affected> {
  const people = await peopleWithin(unit, [id], limit);
  const members: string[] = [];
  for await (const ids of memberPages(unit, id)) members.push(...ids);
  await unit.leave(id, members);
  const above = await unit.membershipsOf([id]);
  for (const { group } of above) await unit.leave(group, [id]);
  await unit.removeGroup(id);
  return { people, groups: undefined, unread: undefined, members, within: above.map(({ group }) => group) };
}

/** A new name matters to rules that go by name. */
function isRenamed(known: KnownGroup | undefined, { id, displayName }: KnownGroup, rules: readonly Rule[]): boolean {
  if (known === undefined || known.displayName === displayName) return false;
  return rules.some((rule) => isAbout(rule, id, displayName) !== isAbout(rule, id, known.displayName));
}

function nameOf(after: PendingChange["after"]): string | undefined {
  return typeof after?.displayName === "string" ? after.displayName : undefined;
}
