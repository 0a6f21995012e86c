/** Memberships: who is in which group of a tenant, kept both ways. RFC 7643 §4.1.2 groups, §4.2 members. */
import type { GroupWith } from "../schema/group-type.ts";
import { ChurnMap } from "./memory-churn-map.ts";
import type { MemberElement, PlannedMembers } from "./memory-member-plan.ts";
import type { Row } from "./memory-table.ts";
import type { GroupMembership } from "./store.ts";

/** A group, as the memory store's types know it; attributes of a host's own extensions are kept as well. */
export type MemoryGroup = GroupWith<[]>;

type GroupRow = Row<MemoryGroup>;

/** The memberships of one tenant. No method looks at more members or groups than it is about. */
export class Memberships {
  /** By group, by member's id. */
  readonly #members = new Map<string, ChurnMap<string, MemberElement>>();
  /** By member, the groups it is directly in. */
  readonly #groups = new Map<string, GroupRow[]>();

  /** A group's members by id; undefined if it never had any. */
  membersOf(groupId: string): ChurnMap<string, MemberElement> | undefined {
    return this.#members.get(groupId);
  }

  /** A group's members in a new array; undefined if it has none. */
  elementsOf(groupId: string): MemberElement[] | undefined {
    const members = this.#members.get(groupId);
    if (members === undefined || members.size === 0) return undefined;
    const elements: MemberElement[] = [];
    members.forEach((element) => {
      elements.push(element);
    });
    return elements;
  }

  /** The groups that a resource is directly in; not for the caller to change. */
  directGroupsOf(memberId: string): readonly GroupRow[] {
    return this.#groups.get(memberId) ?? [];
  }

  /** The groups that a resource is in, directly or through nested groups; a circle of groups ends where it began. */
  groupsOf(memberId: string): readonly GroupMembership[] {
    const direct = this.directGroupsOf(memberId);
    const found = new Set<GroupRow>(direct);
    for (const group of found) for (const outer of this.directGroupsOf(group.id)) found.add(outer);
    return [...found].map(({ id, stored: { displayName } }, at): GroupMembership => {
      const type = at < direct.length ? "direct" : "indirect";
      return displayName === undefined ? { value: id, type } : { value: id, display: displayName, type };
    });
  }

  /** The ids of all that is in a group, directly or through nested groups. */
  idsIn(groupId: string): ReadonlySet<string> {
    const found = new Set<string>();
    const open = [groupId];
    for (let group = open.pop(); group !== undefined; group = open.pop()) {
      this.#members.get(group)?.forEach((_, id) => {
        if (!found.has(id) && this.#members.has(id)) open.push(id);
        found.add(id);
      });
    }
    return found;
  }

  /** Makes a planned change. Cannot fail. */
  commit(group: GroupRow, { put, added, removed }: PlannedMembers): void {
    let members = this.#members.get(group.id);
    if (members === undefined) {
      if (put.size === 0) return;
      members = new ChurnMap();
      this.#members.set(group.id, members);
    }
    for (const id of removed) {
      members.delete(id);
      without(this.#groups.get(id), group);
    }
    for (const [id, element] of put) members.set(id, element);
    for (const id of added) {
      const groups = this.#groups.get(id);
      if (groups === undefined) this.#groups.set(id, [group]);
      else groups.push(group);
    }
  }

  /**
   * Takes a resource that has been deleted out of its groups, and its members out of it.
   *
   * @returns the groups it left
   */
  forget(row: Row): readonly GroupRow[] {
    const left = this.directGroupsOf(row.id).filter(({ id }) => id !== row.id);
    for (const group of left) this.#members.get(group.id)?.delete(row.id);
    this.#groups.delete(row.id);
    this.#members.get(row.id)?.forEach((_, id) => {
      without(this.#groups.get(id), row);
    });
    this.#members.delete(row.id);
    return left;
  }
}

/** Leaves an empty array behind, so that who joins and leaves all day is no key that comes and goes. */
function without(groups: GroupRow[] | undefined, { id }: Row): void {
  const at = groups?.findIndex((group) => group.id === id) ?? -1;
  if (at !== -1) groups?.splice(at, 1);
}
