/** Who is in groups, and in which groups somebody is, through groups within groups. */
import type { AccessUnit, KnownGroup, Membership } from "./access-store.ts";

/** Members that are read at a time. */
const page = 1_000;

/** The ids of a group's direct members, page by page. */
export async function* memberPages(unit: AccessUnit, group: string, from?: string): AsyncGenerator<readonly string[]> {
  let after = from;
  for (;;) {
    const ids = await unit.membersOf(group, after, page);
    if (ids.length > 0) yield ids;
    if (ids.length < page) return;
    after = ids.at(-1);
  }
}

/** Groups, and all groups within them, in the order of ids; a circle is walked once. */
export async function groupsWithin(unit: AccessUnit, groups: readonly string[]): Promise<readonly string[]> {
  const seen = new Set(groups);
  let frontier = groups;
  while (frontier.length > 0) {
    const inner = await unit.innerGroups(frontier);
    frontier = inner.filter((id) => !seen.has(id));
    for (const id of frontier) seen.add(id);
  }
  return [...seen].sort();
}

/** The ids of all who are in groups or in groups within them, groups included; undefined if they are over `limit`. */
export async function peopleWithin(
  unit: AccessUnit,
  groups: readonly string[],
  limit: number,
): Promise<ReadonlySet<string> | undefined> {
  const people = new Set<string>();
  for (const group of await groupsWithin(unit, groups)) {
    for await (const ids of memberPages(unit, group)) {
      for (const id of ids) people.add(id);
      if (people.size > limit) return undefined;
    }
  }
  return people;
}

/** The groups that users are in, directly or not, and how. */
export async function surroundings(
  unit: AccessUnit,
  users: readonly string[],
): Promise<{
  readonly memberships: ReadonlyMap<string, readonly Membership[]>;
  readonly groups: ReadonlyMap<string, KnownGroup>;
}> {
  const memberships = new Map<string, Membership[]>();
  const groups = new Map<string, KnownGroup>();
  let frontier: readonly string[] = users;
  while (frontier.length > 0) {
    const found = await unit.membershipsOf(frontier);
    const above = new Set<string>();
    for (const membership of found) {
      const known = memberships.get(membership.member);
      if (known === undefined) memberships.set(membership.member, [membership]);
      else known.push(membership);
      if (!groups.has(membership.group)) above.add(membership.group);
    }
    const next = await unit.groups([...above]);
    for (const group of next) groups.set(group.id, group);
    frontier = next.map(({ id }) => id).filter((id) => !memberships.has(id));
  }
  return { memberships, groups };
}
