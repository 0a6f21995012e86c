/** Candidates: the rows that a filter can match, where an index knows them. RFC 7644 §3.4.2.2. */

import type { Comparison, Filter } from "../filter/filter.ts";
import { junction } from "../filter/fold.ts";
import { foldCase } from "../filter/fold-case.ts";
import { leaf, type Resource } from "../schema/attribute.ts";
import type { Collection } from "./memory-collection.ts";
import type { Row } from "./memory-table.ts";

/** Some rows of a table, among which are all that match. */
export interface Candidates<R extends Resource> {
  readonly rows: readonly Row<R>[];
  /** What still has to be tested of each; undefined if they all match. */
  readonly rest: Filter | undefined;
}

/**
 * What the indexes know of a filter: of `path eq value` everything, of an `and` the rarest such part, of brackets what
 * one comparison inside them demands.
 *
 * @returns undefined if every row has to be looked at
 */
export function candidatesOf<R extends Resource>(filter: Filter, collection: Collection<R>): Candidates<R> | undefined {
  switch (filter.op) {
    case "eq": {
      const rows = rowsWith(filter, collection);
      return rows === undefined ? undefined : { rows, rest: undefined };
    }
    case "valuePath": {
      const inside = candidatesOf(filter.filter, collection);
      // Two conditions must hold of one and the same element, which the index of one of them cannot tell.
      return inside?.rest === undefined ? inside : { rows: inside.rows, rest: filter };
    }
    case "and":
      return rarest(filter.filters, collection);
    case "constant":
      return filter.value ? undefined : { rows: [], rest: undefined };
    default:
      return undefined;
  }
}

function rarest<R extends Resource>(filters: readonly Filter[], collection: Collection<R>): Candidates<R> | undefined {
  let best: Candidates<R> | undefined;
  for (const filter of filters) {
    const found = candidatesOf(filter, collection);
    if (found === undefined || (best !== undefined && best.rows.length <= found.rows.length)) continue;
    const others = filters.filter((other) => other !== filter);
    best = { rows: found.rows, rest: junction("and", found.rest === undefined ? others : [found.rest, ...others]) };
  }
  return best;
}

function rowsWith<R extends Resource>(
  { path, value }: Comparison,
  { table, relations }: Collection<R>,
): readonly Row<R>[] | undefined {
  if (value === null) return undefined;
  if (path.text === "id") {
    const row = table.find(leaf(path).caseExact ? String(value) : foldCase(String(value)));
    return row === undefined ? [] : [row];
  }
  return table.index(path.text)?.rowsWith(value) ?? relations.find(path, value);
}
