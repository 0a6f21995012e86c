/** Collection: the resources of one type in one tenant, and how they are written. RFC 7644 §3.3, §3.5, §3.6. */
import type { Resource } from "../schema/attribute.ts";
import type { Change, Draft, MembersOutcome, Removal } from "./change.ts";
import { changesMembers, type PlannedMembers } from "./memory-member-plan.ts";
import type { Relations } from "./memory-relations.ts";
import type { MemoryTable } from "./memory-table.ts";
import type { Turns } from "./memory-turns.ts";
import type { Selection } from "./selection.ts";
import type { Stored } from "./stored.ts";

/** A table, what it is related to, and the turns of its writers. */
export interface Collection<R extends Resource> {
  readonly table: MemoryTable<R>;
  readonly relations: Relations<R>;
  readonly turns: Turns;
}

/*
 * A write prepares everything that can fail, lets `beforeCommit` have its say, and then writes in one step that cannot
 * fail. Whatever is thrown before leaves nothing to undo, and readers never see half of it.
 */

/** Creates a resource. */
export async function createIn<R extends Resource>(
  { table, relations, turns }: Collection<R>,
  draft: Draft<R, undefined>,
  want: Selection,
): Promise<Stored<R>> {
  const wait = turns.take();
  if (wait !== undefined) await wait;
  try {
    const { own, members } = relations.split(draft.resource, undefined, undefined);
    const stored = table.compose(own);
    const after = members === undefined ? stored : relations.foresee(stored, undefined, members);
    await draft.beforeCommit({ after }, undefined);
    const row = table.insert(stored);
    if (members !== undefined) relations.commit(row, members);
    return relations.read(row.stored, want);
  } finally {
    turns.pass();
  }
}

/** Changes a resource; undefined if there is none. */
export async function updateIn<R extends Resource>(
  { table, relations, turns }: Collection<R>,
  id: string,
  change: Change<R, undefined>,
  want: Selection,
): Promise<Stored<R> | undefined> {
  const wait = turns.take();
  if (wait !== undefined) await wait;
  try {
    const row = table.find(id);
    if (row === undefined) return undefined;
    const isLoaded = change.members === undefined;
    const before = isLoaded ? relations.load(row.stored) : row.stored;
    const { resource, changed } = change.apply(before);
    const { own, members } = relations.split(resource, row, change.members);
    if (changed.length === 0 && !changesMembers(members)) return relations.read(row.stored, want);
    const next = table.recompose(row, own);
    const after = isLoaded && members !== undefined ? relations.foresee(next, row, members) : next;
    const outcome = { before, after, members: isLoaded ? undefined : outcomeOf(members) };
    await change.beforeCommit(outcome, undefined);
    table.replace(row, next);
    if (members !== undefined) relations.commit(row, members);
    return relations.read(next, want);
  } finally {
    turns.pass();
  }
}

/** Deletes a resource; false if there is none. */
export async function deleteIn<R extends Resource>(
  { table, relations, turns }: Collection<R>,
  id: string,
  removal: Removal<R, undefined>,
): Promise<boolean> {
  const wait = turns.take();
  if (wait !== undefined) await wait;
  try {
    const row = table.find(id);
    if (row === undefined) return false;
    const { id: key, meta } = row.stored;
    removal.check({ id: key, meta });
    await removal.beforeCommit({ before: row.stored }, undefined);
    table.remove(row);
    relations.forget(row);
    return true;
  } finally {
    turns.pass();
  }
}

function outcomeOf(members: PlannedMembers | undefined): MembersOutcome | undefined {
  return members === undefined ? undefined : { added: members.added, removed: members.removed };
}
