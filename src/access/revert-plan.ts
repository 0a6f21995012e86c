/** RevertPlan: what a revert is about, read from the journal page by page. */

import { turn } from "../protocol/breather.ts";
import type { AccessStore, JournalQuery } from "./access-store.ts";
import type { JournalEntry } from "./journal-entry.ts";
import { MembershipSet } from "./membership-set.ts";
import { isDeletion, type NetChange, netChange, type RevertSelection } from "./undo-plan.ts";

/** Entries and resources that are looked at between two pauses. */
const page = 1_000;

/** What is to be taken back, and how much of it has been already. */
export interface RevertPlan {
  /** In the order in which they are taken back: users before groups, what was created first, deleted groups before others. */
  readonly changes: readonly NetChange[];
  /** The ids of what was deleted, and had been there before. */
  readonly deletions: ReadonlySet<string>;
  /** New ids by the old ones, of what was made again. A revert adds what it makes. */
  readonly again: Map<string, string>;
  /** Memberships that went with what was deleted, by the old ids. */
  readonly lost: MembershipSet;
  /** Memberships that have been brought back, by the new ids. */
  readonly returned: MembershipSet;
}

/** Reads what a selection is about. Reverts of what is selected are no changes themselves: they tell what is done. */
export async function revertPlan(
  connection: string,
  selection: RevertSelection,
  store: AccessStore,
): Promise<RevertPlan> {
  const read = (query: Omit<JournalQuery, "before" | "limit">) => entriesOf(connection, query, store);
  const { written, undoing } = divide(await read(selection));
  const changes = await netChanges(written);
  const done = "request" in selection ? await read({ revertOf: selection.request }) : undoing;
  const again = new Map<string, string>();
  const returned = new MembershipSet();
  for (const { resourceId, recreates, members } of done) {
    if (recreates !== undefined) again.set(recreates, resourceId);
    for (const member of members.added) returned.add(resourceId, member);
  }
  const deletions = new Set(changes.filter(isDeletion).map(({ resourceId }) => resourceId));
  return { changes, deletions, again, lost: lostWith(changes), returned };
}

/** The id that a resource has now, if it was made again; else its own. */
export function presentId({ again }: Pick<RevertPlan, "again">, id: string): string {
  const seen = new Set<string>();
  let present = id;
  for (let next = again.get(id); next !== undefined && !seen.has(next); next = again.get(next)) {
    seen.add(next);
    present = next;
  }
  return present;
}

/** The ids that resources have now. */
export function presentIds(plan: Pick<RevertPlan, "again">, ids: Iterable<string>): readonly string[] {
  return [...ids].map((id) => presentId(plan, id));
}

/** Oldest first. */
async function entriesOf(
  connection: string,
  query: Omit<JournalQuery, "before" | "limit">,
  store: AccessStore,
): Promise<readonly JournalEntry[]> {
  const entries: JournalEntry[] = [];
  for (let before: number | undefined; ; before = entries.at(-1)?.sequence) {
    const asked = { ...query, before, limit: page };
    const found = await store.within(connection, undefined, "shared", (unit) => unit.journal(asked));
    for (const entry of found) entries.push(entry);
    if (found.length < page) return entries.reverse();
    await turn();
  }
}

/** Writes, and those that took back some of them. What takes back such a one is a write again. */
function divide(entries: readonly JournalEntry[]): {
  readonly written: readonly JournalEntry[];
  readonly undoing: readonly JournalEntry[];
} {
  const written: JournalEntry[] = [];
  const undoing: JournalEntry[] = [];
  const requests = new Set<string>();
  for (const entry of entries) {
    const { request, revertOf } = entry;
    if (revertOf !== undefined && requests.has(revertOf)) undoing.push(entry);
    else {
      requests.add(request);
      written.push(entry);
    }
  }
  return { written, undoing };
}

/** The writes of each resource made one. */
async function netChanges(entries: readonly JournalEntry[]): Promise<readonly NetChange[]> {
  const byResource = new Map<string, { readonly first: JournalEntry; readonly later: JournalEntry[] }>();
  for (const entry of entries) {
    const key = `${entry.resourceType} ${entry.resourceId}`;
    const known = byResource.get(key);
    if (known === undefined) byResource.set(key, { first: entry, later: [] });
    else known.later.push(entry);
  }
  const changes: NetChange[] = [];
  for (const { first, later } of byResource.values()) {
    changes.push(netChange(first, later));
    if (changes.length % page === 0) await turn();
  }
  return changes.sort((one, other) => rank(one) - rank(other));
}

/** What was created goes first: its name, or its seat, may be that of somebody who is to come back. */
function rank(change: NetChange): number {
  const isCreated = change.before === undefined;
  if (change.resourceType !== "Group") return isCreated ? 0 : 1;
  if (isCreated) return 2;
  return isDeletion(change) ? 3 : 4;
}

/** Whoever joined a group only by what is taken back is not to come back to it. */
function lostWith(changes: readonly NetChange[]): MembershipSet {
  const joined = new MembershipSet();
  for (const { resourceId, members } of changes) {
    for (const member of members.added) joined.add(resourceId, member);
  }
  const lost = new MembershipSet();
  for (const { resourceId, members, groups } of changes.filter(isDeletion)) {
    for (const member of members.removed) lost.add(resourceId, member);
    for (const group of groups) {
      if (!joined.has(group, resourceId)) lost.add(group, resourceId);
    }
  }
  return lost;
}
