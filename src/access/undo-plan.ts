/** The plan of a revert: what each resource was before some writes, against what it is now. */
import type { Resource } from "../schema/attribute.ts";
import { isRecord } from "../schema/data-type.ts";
import { same } from "../store/difference.ts";
import type { JournalEntry } from "./journal-entry.ts";

/** Which writes are to be taken back: those of one request, or everything from a time on. */
export type RevertSelection = { readonly request: string } | { readonly since: Date };

/** What writes made of one resource, all together. */
export interface NetChange {
  readonly resourceType: string;
  readonly resourceId: string;
  readonly name: string;
  /** The last of the requests. */
  readonly request: string;
  /** Before the first write; undefined if that created it. */
  readonly before: Resource | undefined;
  /** After the last write; undefined if that deleted it. */
  readonly after: Resource | undefined;
  /** Paths that changed on the way, members left out. */
  readonly paths: readonly string[];
  /** Who came and stayed, and who left and stayed away. */
  readonly members: { readonly added: readonly string[]; readonly removed: readonly string[] };
  /** The groups that it was in when it was deleted. */
  readonly groups: readonly string[];
}

/** What taking back would do to one resource. */
export interface RevertStep {
  readonly resourceType: string;
  readonly resourceId: string;
  /** Its userName or displayName when it was last written. */
  readonly name: string;
  /** `recreate`: it was deleted, and comes back under another id. `nothing`: it conflicts, or is taken back already. */
  readonly action: "restore" | "delete" | "recreate" | "nothing";
  /** The attributes that get their old values back. */
  readonly paths: readonly string[];
  readonly members: { readonly add: readonly string[]; readonly remove: readonly string[] };
  /** Why it is left as it is: somebody has changed it since, or the host's rules refuse. */
  readonly conflict?: string | undefined;
}

/** Whether something that was there before is gone after. */
export function isDeletion({ before, after }: Pick<NetChange, "before" | "after">): boolean {
  return before !== undefined && after === undefined;
}

/** The writes of one resource made one, oldest first. */
export function netChange(first: JournalEntry, later: readonly JournalEntry[]): NetChange {
  const entries = [first, ...later];
  const last = later.at(-1) ?? first;
  const joined = new Map<string, boolean>();
  for (const { members } of entries) {
    for (const id of members.added) moved(joined, id, true);
    for (const id of members.removed) moved(joined, id, false);
  }
  const { resourceType, resourceId, name, request, after, groups } = last;
  const added = [...joined].filter(([, isIn]) => isIn).map(([id]) => id);
  const removed = [...joined].filter(([, isIn]) => !isIn).map(([id]) => id);
  const paths = [...new Set(entries.flatMap(({ changed }) => changed))];
  return {
    resourceType,
    resourceId,
    name,
    request,
    before: first.before,
    after,
    paths,
    members: { added, removed },
    groups,
  };
}

/** Coming and going again is nothing. */
function moved(joined: Map<string, boolean>, id: string, isIn: boolean): void {
  if (joined.get(id) === !isIn) joined.delete(id);
  else joined.set(id, isIn);
}

/**
 * What taking a change back would do.
 *
 * @param current - the resource as it is; undefined if it is gone
 * @param back - who is to join and to leave
 */
export function stepOf(change: NetChange, current: Resource | undefined, back: RevertStep["members"]): RevertStep {
  const { resourceType, resourceId, name, before, after } = change;
  const step = { resourceType, resourceId, name, paths: [], members: { add: [], remove: [] } };
  if (before === undefined)
    return { ...step, action: current === undefined ? "nothing" : "delete", ...laterThan(change, current) };
  if (after === undefined && current !== undefined)
    return { ...step, action: "nothing", conflict: "It is there again already." };
  if (after === undefined) return { ...step, action: "recreate", members: back };
  if (current === undefined) return { ...step, action: "nothing", conflict: "It has been deleted since." };
  const different = change.paths.filter((path) => !same(valueAtPath(current, path), valueAtPath(before, path)));
  const later = different.filter((path) => !same(valueAtPath(current, path), valueAtPath(after, path)));
  if (later.length > 0) return { ...step, action: "nothing", conflict: `Changed since: ${later.join(", ")}.` };
  const hasMembers = back.add.length > 0 || back.remove.length > 0;
  const action = different.length > 0 || hasMembers ? "restore" : "nothing";
  return { ...step, action, paths: different, members: back };
}

/** What was created is deleted only if nobody has changed it since. */
function laterThan({ after }: NetChange, current: Resource | undefined): { readonly conflict?: string } {
  if (after === undefined || current === undefined) return {};
  const { id, meta, members, groups, schemas, ...attributes } = current;
  const names = new Set([...Object.keys(attributes), ...Object.keys(after)]);
  const later = [...names].filter((name) => !same(attributes[name], after[name]));
  return later.length === 0 ? {} : { conflict: `Changed since it was created: ${later.join(", ")}.` };
}

/** The value at a path in canonical case: `name.givenName`, `urn:…:User:manager.value`. */
export function valueAtPath(resource: Resource, path: string): unknown {
  const end = path.lastIndexOf(":");
  const holder = end < 0 ? resource : resource[path.slice(0, end)];
  let value: unknown = holder;
  for (const name of path.slice(end + 1).split(".")) value = isRecord(value) ? value[name] : undefined;
  return value === null ? undefined : value;
}
