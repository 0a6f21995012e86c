/** Queries on the memory store: filter, sort, page. RFC 7644 §3.4.2. */
import type { Filter } from "../filter/filter.ts";
import { compilePredicate } from "../filter/predicate.ts";
import { compareSortKeys, type SortKey, sortKey } from "../filter/sort-key.ts";
import type { Resource } from "../schema/attribute.ts";
import type { ResourceType } from "../schema/resource-type.ts";
import { candidatesOf } from "./memory-candidates.ts";
import type { Collection } from "./memory-collection.ts";
import type { Row } from "./memory-table.ts";
import { type Frame, frameOf, type Ordered } from "./memory-window.ts";
import type { ListQuery, Page, Sort } from "./store.ts";

/**
 * One page of what a query finds.
 *
 * @throws ScimError 400 `invalidFilter` for what rows do not hold, `invalidCursor` for a position that is none
 */
export function listIn<R extends Resource>(
  collection: Collection<R>,
  type: ResourceType,
  { filter, sort, window, want }: ListQuery,
): Page<R> {
  const matches = matching(collection, type, filter);
  const { rows, ordered } = sort === undefined ? inOrder(matches) : sorted(matches, sort, collection);
  const frame = frameOf(ordered, window);
  const resources = rows.slice(frame.start, frame.end).map(({ stored }) => collection.relations.read(stored, want));
  return { resources, total: rows.length, ...links(frame) };
}

function links({ next, previous }: Frame): Pick<Page, "next" | "previous"> {
  return { ...(next === undefined ? {} : { next }), ...(previous === undefined ? {} : { previous }) };
}

/** The rows that match, in order of creation. */
function matching<R extends Resource>(
  collection: Collection<R>,
  type: ResourceType,
  filter: Filter | undefined,
): readonly Row<R>[] {
  const { table } = collection;
  if (filter === undefined) return table.rows;
  const candidates = candidatesOf(filter, collection);
  if (candidates === undefined) return table.rows.filter(tester(filter, collection, type));
  const { rows, rest } = candidates;
  const found = rest === undefined ? [...rows] : rows.filter(tester(rest, collection, type));
  return found.length < 2 ? found : found.sort((a, b) => a.sequence - b.sequence);
}

function tester<R extends Resource>(
  filter: Filter,
  { relations }: Collection<R>,
  type: ResourceType,
): (row: Row<R>) => boolean {
  const predicate = compilePredicate(filter, type);
  if (relations.attribute === undefined || !mentions(filter, relations.attribute)) {
    return ({ stored }) => predicate(stored);
  }
  return ({ stored }) => predicate(relations.view(stored));
}

function mentions(filter: Filter, attribute: string): boolean {
  switch (filter.op) {
    case "and":
    case "or":
      return filter.filters.some((part) => mentions(part, attribute));
    case "not":
      return mentions(filter.filter, attribute);
    case "constant":
      return false;
    default:
      return filter.path.extension === undefined && filter.path.attribute.name === attribute;
  }
}

interface OrderedRows<R extends Resource> {
  readonly rows: readonly Row<R>[];
  readonly ordered: Ordered;
}

function inOrder<R extends Resource>(rows: readonly Row<R>[]): OrderedRows<R> {
  return {
    rows,
    ordered: {
      length: rows.length,
      standing: (at) => ({ key: undefined, sequence: rows[at]?.sequence ?? 0 }),
      compare: (a, b) => a.sequence - b.sequence,
    },
  };
}

/** Every key is taken once. */
function sorted<R extends Resource>(
  rows: readonly Row<R>[],
  { path, descending }: Sort,
  { relations }: Collection<R>,
): OrderedRows<R> {
  const keyOf = sortKey(path);
  const isRelated = path.extension === undefined && path.attribute.name === relations.attribute;
  const keyed = rows.map((row) => ({
    key: keyOf(isRelated ? relations.view(row.stored) : row.stored),
    sequence: row.sequence,
    row,
  }));
  const byKey = descending
    ? (a: SortKey, b: SortKey): number => compareSortKeys(b, a)
    : (a: SortKey, b: SortKey): number => compareSortKeys(a, b);
  const compare: Ordered["compare"] = (a, b) => byKey(a.key, b.key) || a.sequence - b.sequence;
  keyed.sort(compare);
  return {
    rows: keyed.map(({ row }) => row),
    ordered: { length: keyed.length, standing: (at) => keyed[at] ?? { key: undefined, sequence: 0 }, compare },
  };
}
