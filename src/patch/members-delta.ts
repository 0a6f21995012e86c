/** Members by id: operations folded into one delta, and a delta applied to a list. RFC 7644 §3.5.2. */

import type { Filter } from "../filter/filter.ts";
import { isRecord } from "../filter/present.ts";
import type { Attribute } from "../schema/attribute.ts";
import type { Member, MembersDelta } from "../store/change.ts";

/** What a sequence of operations makes of members that nobody has looked at. */
export interface MembersFold {
  add(members: readonly Member[]): void;
  remove(ids: Iterable<string>): void;
  /** All present members leave. */
  reset(): void;
  /** The outcome so far. */
  delta(): MembersDelta;
}

/** A fold to which nothing has happened. */
export function membersFold(): MembersFold {
  let isReset = false;
  const added = new Map<string, Member>();
  const removed = new Set<string>();
  return {
    add(members) {
      for (const member of members) {
        removed.delete(member.value);
        if (!added.has(member.value)) added.set(member.value, member);
      }
    },
    remove(ids) {
      for (const id of ids) {
        added.delete(id);
        if (!isReset) removed.add(id);
      }
    },
    reset() {
      isReset = true;
      added.clear();
      removed.clear();
    },
    delta: () => ({ reset: isReset, add: [...added.values()], remove: [...removed] }),
  };
}

/**
 * What members a list has after a delta: present ones stay as they are, new ones follow. The very same list if nothing
 * changes.
 */
export function applyDelta(list: readonly unknown[], delta: MembersDelta): readonly unknown[] {
  const missing = new Map(delta.add.map((member) => [member.value, member]));
  const removed = new Set(delta.remove);
  const kept: unknown[] = [];
  for (const element of list) {
    const id = isRecord(element) ? element.value : undefined;
    if (typeof id !== "string") {
      if (!delta.reset) kept.push(element);
      continue;
    }
    const isNamed = missing.delete(id);
    if (isNamed || !(delta.reset || removed.has(id))) kept.push(element);
  }
  if (kept.length === list.length && missing.size === 0) return list;
  for (const { value, type } of missing.values()) kept.push(type === undefined ? { value } : { value, type });
  return kept;
}

/**
 * Elements as members, where `value` and `type` are all there is to them; undefined if a host's own sub-attribute
 * says more.
 */
export function asMembers(elements: readonly unknown[]): readonly Member[] | undefined {
  const members: Member[] = [];
  for (const element of elements) {
    if (!isRecord(element)) return undefined;
    for (const name in element) if (name !== "value" && name !== "type") return undefined;
    const { value, type } = element;
    if (typeof value !== "string") return undefined;
    if (type === undefined) members.push({ value });
    else if (typeof type === "string") members.push({ value, type });
    else return undefined;
  }
  return members;
}

/** The ids a filter selects, where it compares nothing but `value` with `eq`; undefined for any other filter. */
export function idsOf(filter: Filter, attribute: Attribute): ReadonlySet<string> | undefined {
  if (filter.op === "eq") {
    const { path, value } = filter;
    const isId = path.attribute.name === attribute.name && path.subAttribute?.name === "value";
    return isId && typeof value === "string" ? new Set([value]) : undefined;
  }
  if (filter.op === "constant") return filter.value ? undefined : new Set();
  if (filter.op !== "and" && filter.op !== "or") return undefined;
  const sets = filter.filters.map((term) => idsOf(term, attribute));
  const ids = sets[0];
  if (ids === undefined || !sets.every((set) => set !== undefined)) return undefined;
  if (filter.op === "or") return new Set(sets.flatMap((set) => [...set]));
  return new Set([...ids].filter((id) => sets.every((set) => set.has(id))));
}
