/** Windows: which part of the rows is on a page. RFC 7644 §3.4.2.4, RFC 9865. */
import { ScimError } from "../error.ts";
import { isRecord } from "../filter/present.ts";
import type { SortKey } from "../filter/sort-key.ts";
import type { Window } from "./store.ts";

/** Where a row stands in the order of a query: by its key, and among equal keys by its creation. */
export interface Standing {
  /** Undefined for rows without a value, and where nothing is sorted. */
  readonly key: SortKey;
  readonly sequence: number;
}

/** Rows in the order of a query. */
export interface Ordered {
  readonly length: number;
  /** `at` is below `length`. */
  standing(at: number): Standing;
  /** Negative if `a` comes before `b`. */
  compare(a: Standing, b: Standing): number;
}

/** A page: rows from `start` to below `end`, and the positions of its neighbours. */
export interface Frame {
  readonly start: number;
  readonly end: number;
  readonly next: string | undefined;
  readonly previous: string | undefined;
}

/**
 * A place between rows, after or before a standing. It says where that is, not how many rows lie before it: rows that
 * come and go elsewhere do not move it, and the row that it was taken from may be gone.
 */
interface Position extends Standing {
  readonly side: "after" | "before";
}

/**
 * Finds the page that a window asks for.
 *
 * @throws ScimError 400 `invalidCursor` for a position that is none
 */
export function frameOf(rows: Ordered, window: Window): Frame {
  if (window.by === "index") {
    const start = Math.min(window.startIndex - 1, rows.length);
    return { start, end: Math.min(start + window.count, rows.length), next: undefined, previous: undefined };
  }
  const position = window.position === undefined ? undefined : readPosition(window.position);
  const border = position === undefined ? 0 : countBefore(rows, position);
  const isBackward = position?.side === "before";
  const start = isBackward ? Math.max(border - window.count, 0) : border;
  const end = isBackward ? border : Math.min(border + window.count, rows.length);
  return { start, end, ...neighbours(rows, start, end, position) };
}

/** How many rows come before a position: a binary search. */
function countBefore(rows: Ordered, position: Position): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const order = rows.compare(rows.standing(middle), position);
    if (order < 0 || (order === 0 && position.side === "after")) low = middle + 1;
    else high = middle;
  }
  return low;
}

function neighbours(
  rows: Ordered,
  start: number,
  end: number,
  position: Position | undefined,
): Pick<Frame, "next" | "previous"> {
  const isEmpty = start === end;
  // On an empty page, all of whose rows are gone, the position itself is where both neighbours meet.
  const first = isEmpty ? step(position, 1) : rows.standing(start);
  const last = isEmpty ? step(position, -1) : rows.standing(end - 1);
  return {
    next: end < rows.length && last !== undefined ? write("after", last) : undefined,
    previous: start > 0 && first !== undefined ? write("before", first) : undefined,
  };
}

function step(position: Position | undefined, by: 1 | -1): Standing | undefined {
  return position === undefined ? undefined : { key: position.key, sequence: position.sequence + by };
}

function write(side: Position["side"], { key, sequence }: Standing): string {
  return JSON.stringify({ side, sequence, key });
}

function readPosition(text: string): Position {
  const value = parse(text);
  if (isRecord(value)) {
    const { side, sequence, key } = value;
    if ((side === "after" || side === "before") && typeof sequence === "number" && isSortKey(key)) {
      return { side, sequence, key };
    }
  }
  throw ScimError.invalidCursor("The cursor is not one of this server's; start again without one.");
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isSortKey(value: unknown): value is SortKey {
  if (isRecord(value)) return typeof value.milliseconds === "number" && typeof value.finer === "string";
  return value === undefined || typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}
