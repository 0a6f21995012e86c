/** recordGroup: who was in a group before anything of it was recorded. */
import type { Resource } from "../schema/attribute.ts";
import { isRecord } from "../schema/data-type.ts";
import type { Stored } from "../store/stored.ts";
import type { AccessUnit } from "./access-store.ts";
import type { JournalEntry } from "./journal-entry.ts";

/** Entries that are read at a time. */
const page = 1_000;

/** The last sequence of a journal, of which every later write has a greater one if the unit is exclusive; 0 for none. */
export async function newestSequence(unit: AccessUnit): Promise<number> {
  return (await unit.journal({ limit: 1 }))[0]?.sequence ?? 0;
}

/**
 * Records who is in a group that was read after the journal was at `newest`. Whoever has left since is left out: the
 * journal knows them, in an exclusive unit.
 *
 * @returns whether the group is still there
 */
export async function recordGroup(unit: AccessUnit, group: Stored, newest: number, now: Date): Promise<boolean> {
  const { id, displayName } = group;
  const later = await entriesAfter(unit, id, newest);
  if (later.some(({ operation }) => operation === "delete")) return false;
  const [known] = await unit.groups([id]);
  const name = typeof displayName === "string" ? displayName : "";
  if (known === undefined) await unit.saveGroup({ id, displayName: name });
  const left = new Set(later.flatMap(({ members }) => members.removed));
  const members = membersOf(group).filter((member) => !left.has(member));
  await unit.join(members.map((member) => ({ group: id, member, since: now, request: undefined })));
  return true;
}

async function entriesAfter(unit: AccessUnit, group: string, newest: number): Promise<readonly JournalEntry[]> {
  const later: JournalEntry[] = [];
  for (let before: number | undefined; ; ) {
    const entries = await unit.journal({ before, limit: page });
    const fresh = entries.filter(({ sequence }) => sequence > newest);
    later.push(...fresh.filter(({ resourceId }) => resourceId === group));
    if (fresh.length < page) return later;
    before = fresh.at(-1)?.sequence;
  }
}

function membersOf({ members }: Resource): readonly string[] {
  if (!Array.isArray(members)) return [];
  return members.flatMap((member: unknown) =>
    isRecord(member) && typeof member.value === "string" ? [member.value] : [],
  );
}
