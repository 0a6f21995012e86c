/** Queries of the memory store: indexes, predicates, order, pages. RFC 7644 §3.4.2, RFC 9865. */
import { ScimError } from "../error.ts";
import type { Filter } from "../filter/filter.ts";
import { compilePredicate } from "../filter/predicate.ts";
import { compareSortKeys, type SortKey, sortKey } from "../filter/sort-key.ts";
import { equalityOf } from "../filter/visit.ts";
import type { Resource } from "../schema/attribute.ts";
import type { ResourceType } from "../schema/resource-type.ts";
import type { MemoryTable, Row } from "./memory-table.ts";
import type { ListQuery, Page, Sort, Stored, Window } from "./store.ts";

/** How one type's rows are read. */
export interface RowReading<R extends Resource> {
  readonly type: ResourceType;
  /** The paths of indexes, in the order in which they are tried. */
  readonly indexed: readonly string[];
  /** Rows found by something other than the table's own indexes; undefined if it cannot say. */
  lookUp(filter: Filter): readonly Row<R>[] | undefined;
  /** The resource as a predicate needs to see it, if the filter mentions what is kept elsewhere. */
  view(row: Row<R>, filter: Filter): Resource;
  /** The resource as the page shows it. */
  show(row: Row<R>): Stored<R>;
}

interface Entry<R extends Resource> {
  readonly row: Row<R>;
  readonly key: SortKey;
}

/** One page of a table. */
export function queryTable<R extends Resource>(
  table: MemoryTable<R>,
  query: ListQuery,
  reading: RowReading<R>,
): Page<R> {
  const { filter, sort, window } = query;
  const rows = matching(table, filter, reading);
  if (window.by === "index" && sort === undefined) return indexPage(rows, window, reading);
  const entries = ordered(rows, sort);
  if (window.by === "cursor") return cursorPage(entries, sort, window, reading);
  return indexPage(
    entries.map(({ row }) => row),
    window,
    reading,
  );
}

function matching<R extends Resource>(
  table: MemoryTable<R>,
  filter: Filter | undefined,
  reading: RowReading<R>,
): readonly Row<R>[] {
  if (filter === undefined) return table.rows;
  const found = candidates(table, filter, reading);
  const isMatch = compilePredicate(filter, reading.type);
  const rows = found === undefined ? table.rows : [...found].sort((a, b) => a.sequence - b.sequence);
  return rows.filter((row) => isMatch(reading.view(row, filter)));
}

function candidates<R extends Resource>(
  table: MemoryTable<R>,
  filter: Filter,
  reading: RowReading<R>,
): readonly Row<R>[] | undefined {
  const id = equalityOf(filter, "id");
  if (id !== undefined) {
    const row = table.find(id);
    return row === undefined ? [] : [row];
  }
  for (const path of reading.indexed) {
    const value = equalityOf(filter, path);
    const index = value === undefined ? undefined : table.index(path);
    if (index !== undefined) return index.rowsWith(value);
  }
  return reading.lookUp(filter);
}

function ordered<R extends Resource>(rows: readonly Row<R>[], sort: Sort | undefined): readonly Entry<R>[] {
  if (sort === undefined) return rows.map((row) => ({ row, key: undefined }));
  const keyOf = sortKey(sort.path);
  const entries = rows.map((row) => ({ row, key: keyOf(row.stored) }));
  return entries.sort((a, b) => compareEntries(a.key, a.row.sequence, b.key, b.row.sequence, sort));
}

/** Rows with equal keys keep the order of their creation, in both directions. */
function compareEntries(a: SortKey, aSequence: number, b: SortKey, bSequence: number, sort: Sort | undefined): number {
  const order = sort?.descending === true ? compareSortKeys(b, a) : compareSortKeys(a, b);
  return order === 0 ? aSequence - bSequence : order;
}

function indexPage<R extends Resource>(
  rows: readonly Row<R>[],
  window: Extract<Window, { by: "index" }>,
  reading: RowReading<R>,
): Page<R> {
  const start = window.startIndex - 1;
  return { resources: rows.slice(start, start + window.count).map((row) => reading.show(row)), total: rows.length };
}

function cursorPage<R extends Resource>(
  entries: readonly Entry<R>[],
  sort: Sort | undefined,
  { position, count }: Extract<Window, { by: "cursor" }>,
  reading: RowReading<R>,
): Page<R> {
  const [start, end] = bounds(entries, sort, position, count);
  const page = entries.slice(start, end);
  const first = page[0];
  const last = page.at(-1);
  return {
    resources: page.map(({ row }) => reading.show(row)),
    total: entries.length,
    next: end < entries.length && last !== undefined ? positionOf("after", last) : undefined,
    previous: start > 0 && first !== undefined ? positionOf("before", first) : undefined,
  };
}

function bounds<R extends Resource>(
  entries: readonly Entry<R>[],
  sort: Sort | undefined,
  position: string | undefined,
  count: number,
): readonly [number, number] {
  if (position === undefined) return [0, count];
  const { direction, sequence, key } = readPosition(position);
  const isBeyond = (entry: Entry<R>): boolean =>
    compareEntries(entry.key, entry.row.sequence, key, sequence, sort) > (direction === "after" ? 0 : -1);
  const found = entries.findIndex(isBeyond);
  const edge = found === -1 ? entries.length : found;
  return direction === "after" ? [edge, edge + count] : [Math.max(edge - count, 0), edge];
}

function positionOf<R extends Resource>(direction: "after" | "before", { row, key }: Entry<R>): string {
  return JSON.stringify(key === undefined ? [direction, row.sequence] : [direction, row.sequence, key]);
}

interface Position {
  readonly direction: "after" | "before";
  readonly sequence: number;
  readonly key: SortKey;
}

/** The key's row may be gone: what counts is where it was. */
function readPosition(text: string): Position {
  try {
    const read: unknown = JSON.parse(text);
    if (Array.isArray(read)) {
      const [direction, sequence, key]: readonly unknown[] = read;
      if ((direction === "after" || direction === "before") && typeof sequence === "number" && isSortKey(key)) {
        return { direction, sequence, key };
      }
    }
  } catch {
    // Not JSON: the answer is the same.
  }
  throw ScimError.invalidCursor("The cursor is not valid here; begin again with an empty cursor.");
}

function isSortKey(key: unknown): key is SortKey {
  if (typeof key !== "object") return key !== null;
  return key !== null && "milliseconds" in key && "finer" in key;
}
