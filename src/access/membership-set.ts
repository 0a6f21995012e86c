/** MembershipSet: pairs of a group and a member. */

const none: ReadonlySet<string> = new Set();

/** Memberships, to be found from either side. */
export class MembershipSet {
  readonly #members = new Map<string, Set<string>>();
  readonly #groups = new Map<string, Set<string>>();

  add(group: string, member: string): void {
    insert(this.#members, group, member);
    insert(this.#groups, member, group);
  }

  has(group: string, member: string): boolean {
    return this.membersOf(group).has(member);
  }

  membersOf(group: string): ReadonlySet<string> {
    return this.#members.get(group) ?? none;
  }

  groupsOf(member: string): ReadonlySet<string> {
    return this.#groups.get(member) ?? none;
  }
}

function insert(sets: Map<string, Set<string>>, key: string, value: string): void {
  const known = sets.get(key);
  if (known === undefined) sets.set(key, new Set([value]));
  else known.add(value);
}
