/** Directory: the users and groups of one tenant, and who is in what. RFC 7643 §4.1.2 groups, §4.2. */

import type { FilterValue } from "../filter/filter.ts";
import { foldCase } from "../filter/fold-case.ts";
import { type AttributePath, leaf } from "../schema/attribute.ts";
import type { UserWith } from "../schema/user-type.ts";
import type { Collection } from "./memory-collection.ts";
import { membersAfter, type PlannedMembers, planDelta, planList, type TypeOfId } from "./memory-member-plan.ts";
import { Memberships, type MemoryGroup } from "./memory-memberships.ts";
import { noRelations, type Relations } from "./memory-relations.ts";
import { MemoryTable, type Row } from "./memory-table.ts";
import { Turns } from "./memory-turns.ts";

/** A user, as the memory store's types know it; attributes of a host's own extensions are kept as well. */
export type MemoryUser = UserWith<[]>;

/** One tenant's users and groups. */
export interface Directory {
  readonly users: Collection<MemoryUser>;
  readonly groups: Collection<MemoryGroup>;
  readonly memberships: Memberships;
}

/** An empty directory. Users and groups take turns together: what one write checks, the other must not change. */
export function directory(now: () => Date, patience: number): Directory {
  const users = new MemoryTable<MemoryUser>(now);
  const groups = new MemoryTable<MemoryGroup>(now);
  const memberships = new Memberships();
  const turns = new Turns(patience);
  // An id without a type is looked for among the users first, then among the groups (Q60).
  const typeOf: TypeOfId = (id) => (users.find(id) ? "User" : groups.find(id) ? "Group" : undefined);
  const leave = (row: Row): void => {
    for (const group of memberships.forget(row)) groups.touch(group);
  };
  return {
    users: { table: users, relations: userRelations(users, memberships, leave), turns },
    groups: { table: groups, relations: groupRelations(memberships, typeOf, leave), turns },
    memberships,
  };
}

/** `groups` is readOnly, and given to responses by `groupsOf`; filters are answered here. */
function userRelations(
  users: MemoryTable<MemoryUser>,
  memberships: Memberships,
  leave: (row: Row) => void,
): Relations<MemoryUser> {
  return {
    ...noRelations<MemoryUser>(),
    attribute: "groups",
    view(stored) {
      const groups = memberships.groupsOf(stored.id);
      return groups.length === 0 ? stored : { ...stored, groups };
    },
    find(path, value) {
      const id = idAt("groups", path, value);
      return id === undefined ? undefined : [...memberships.idsIn(id)].flatMap((member) => users.find(member) ?? []);
    },
    forget: leave,
  };
}

function groupRelations(memberships: Memberships, typeOf: TypeOfId, leave: (row: Row) => void): Relations<MemoryGroup> {
  const load: Relations<MemoryGroup>["load"] = (stored) => {
    const members = memberships.elementsOf(stored.id);
    return members === undefined ? stored : { ...stored, members };
  };
  return {
    attribute: "members",
    view: load,
    load,
    read: (stored, want) => (want.has("members") ? load(stored) : stored),
    find(path, value) {
      const id = idAt("members", path, value);
      return id === undefined ? undefined : memberships.directGroupsOf(id);
    },
    split(attributes, row, delta) {
      const { members, ...own } = attributes;
      const present = row === undefined ? undefined : memberships.membersOf(row.id);
      const plan: PlannedMembers =
        delta === undefined ? planList(present, members ?? [], typeOf) : planDelta(present, delta, typeOf);
      return { own, members: plan };
    },
    foresee(stored, row, planned) {
      const members = membersAfter(row === undefined ? undefined : memberships.membersOf(row.id), planned);
      return members === undefined ? stored : { ...stored, members };
    },
    commit: (row, members) => memberships.commit(row, members),
    forget: leave,
  };
}

/** The id that `attribute.value eq "…"` speaks of. Ids are in lower case, so a folded one finds the same. */
function idAt(attribute: string, path: AttributePath, value: FilterValue): string | undefined {
  if (path.extension !== undefined || path.attribute.name !== attribute || path.subAttribute?.name !== "value") {
    return undefined;
  }
  if (typeof value !== "string") return undefined;
  return leaf(path).caseExact ? value : foldCase(value);
}
