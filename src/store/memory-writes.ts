/** Writes of the memory store: one at a time in a tenant, whole or not at all. */
import type { Resource } from "../schema/attribute.ts";
import type { Group } from "../schema/group.ts";
import type { Change, Draft, Removal } from "./change.ts";
import { type PlannedMembers, planDelta, planList, type TypeOfId } from "./memory-member-plan.ts";
import type { MemberElement, Memberships } from "./memory-memberships.ts";
import type { Attributes, MemoryTable, Row } from "./memory-table.ts";
import type { Stored } from "./store.ts";

/** Creates a row. */
export async function insertRow<R extends Resource>(table: MemoryTable<R>, draft: Draft<R>): Promise<Row<R>> {
  const stored = table.compose(draft.resource);
  await draft.beforeCommit({ after: stored }, undefined);
  return table.insert(stored);
}

/** Changes a row; the same state if nothing changes. */
export async function updateRow<R extends Resource>(
  table: MemoryTable<R>,
  row: Row<R>,
  change: Change<R>,
): Promise<void> {
  const before = row.stored;
  const { resource, changed } = change.apply(before);
  if (changed.length === 0) return;
  const after = table.recompose(row, resource);
  await change.beforeCommit({ before, after }, undefined);
  table.replace(row, after);
}

/** Deletes a row. */
export async function removeRow<R extends Resource>(
  table: MemoryTable<R>,
  row: Row<R>,
  removal: Removal<R>,
): Promise<void> {
  removal.check(row.stored);
  await removal.beforeCommit({ before: row.stored }, undefined);
  table.remove(row);
}

/** The groups of one tenant, with what their members are looked up in. */
export interface GroupTables {
  readonly groups: MemoryTable<Group>;
  readonly memberships: Memberships;
  readonly typeOf: TypeOfId;
}

/** Creates a group and its memberships. */
export async function insertGroup(tables: GroupTables, draft: Draft<Group>): Promise<Row<Group>> {
  const { groups, memberships, typeOf } = tables;
  const { members, attributes } = parted(draft.resource);
  const stored = groups.compose(attributes);
  const planned = planList(undefined, members ?? [], typeOf);
  await draft.beforeCommit({ after: withMembers(stored, [...planned.put.values()]) }, undefined);
  const row = groups.insert(stored);
  memberships.commit(row, planned);
  return row;
}

/** Changes a group. A delta costs what it names, however many members there are. */
export async function updateGroup(tables: GroupTables, row: Row<Group>, change: Change<Group>): Promise<void> {
  if (change.members === undefined) return updateWholeGroup(tables, row, change);
  const { groups, memberships, typeOf } = tables;
  const before = row.stored;
  const { resource, changed } = change.apply(before);
  const planned = planDelta(memberships.membersOf(row.id), change.members, typeOf);
  if (changed.length === 0 && isIdle(planned)) return;
  const after = groups.recompose(row, parted(resource).attributes);
  const { added, removed } = planned;
  await change.beforeCommit({ before, after, members: { added, removed } }, undefined);
  groups.replace(row, after);
  memberships.commit(row, planned);
}

async function updateWholeGroup(tables: GroupTables, row: Row<Group>, change: Change<Group>): Promise<void> {
  const { groups, memberships, typeOf } = tables;
  const before = withMembers(row.stored, memberships.elementsOf(row.id));
  const { resource, changed } = change.apply(before);
  if (changed.length === 0) return;
  const { members, attributes } = parted(resource);
  const present = memberships.membersOf(row.id);
  const planned = changed.includes("members") ? planList(present, members ?? [], typeOf) : undefined;
  const after = groups.recompose(row, attributes);
  await change.beforeCommit({ before, after: withMembers(after, members) }, undefined);
  groups.replace(row, after);
  if (planned !== undefined) memberships.commit(row, planned);
}

function isIdle({ put, added, removed }: PlannedMembers): boolean {
  return put.size === 0 && added.length === 0 && removed.length === 0;
}

/** A group as it is shown, with its members. */
export function withMembers(stored: Stored<Group>, members: readonly MemberElement[] | undefined): Stored<Group> {
  return members === undefined || members.length === 0 ? stored : { ...stored, members: [...members] };
}

function parted(resource: Attributes<Group>): {
  readonly members: readonly MemberElement[] | undefined;
  readonly attributes: Attributes<Group>;
} {
  const { members, ...attributes } = resource;
  return { members, attributes };
}
