/** Queries across resource types, at the root. RFC 7644 §3.4.2.1, §3.4.3. */
import { ScimError } from "../error.ts";
import { compareBy } from "../filter/sort-key.ts";
import type { ScimResponse } from "../request.ts";
import type { ListQuery } from "../store/store.ts";
import type { Stored } from "../store/stored.ts";
import type { Call } from "./call.ts";
import { pageSize } from "./list-query.ts";
import { listResponse } from "./list-response.ts";
import { represent } from "./represent.ts";
import type { ResourceText } from "./resource-text.ts";
import { rootCursorPage } from "./root-cursor.ts";
import { type RootPart, rootParts } from "./root-part.ts";

/** Sorting across types reads every type from its beginning: this far into the results, and no further. */
const sortedDepth = 10_000;

/** `GET /?filter=…` and `POST /.search` → 200 with resources of every type. Attributes that a type lacks have no value. */
export async function rootQuery(call: Call): Promise<ScimResponse> {
  const parts = rootParts(call);
  const count = pageSize(call);
  if (call.query.cursor !== undefined) return rootCursorPage(call, parts, count);
  const startIndex = Math.max(call.query.startIndex ?? 1, 1);
  const isSorted = parts.some(({ query }) => query.sort !== undefined);
  const { resources, total } = await (isSorted ? merged : concatenated)(call, parts, startIndex, count);
  return listResponse(call, { resources, total, startIndex });
}

interface Found {
  readonly resources: readonly ResourceText[];
  readonly total: number;
}

/** Type after type: the window lies over all of them. */
async function concatenated(call: Call, parts: readonly RootPart[], startIndex: number, count: number): Promise<Found> {
  const resources: ResourceText[] = [];
  let total = 0;
  for (const { endpoint, projection, query } of parts) {
    const start = Math.max(startIndex - total, 1);
    const window = { by: "index", startIndex: start, count: count - resources.length } as const;
    const page = await endpoint.store.list({ ...query, window }, call.context);
    total += page.total;
    resources.push(...(await represent(call, endpoint, page.resources, projection)));
  }
  return { resources, total };
}

/** In one order: each type is read up to the end of the window, and the pages are merged. */
async function merged(call: Call, parts: readonly RootPart[], startIndex: number, count: number): Promise<Found> {
  const depth = startIndex - 1 + count;
  if (depth > sortedDepth) {
    throw ScimError.tooMany(
      `A sorted query across resource types reaches ${sortedDepth} results deep; narrow the filter.`,
    );
  }
  const entries: { readonly part: RootPart; readonly stored: Stored }[] = [];
  let total = 0;
  for (const part of parts) {
    const window = { by: "index", startIndex: 1, count: depth } as const;
    const page = await part.endpoint.store.list({ ...part.query, want: sortWant(part), window }, call.context);
    total += page.total;
    for (const stored of page.resources) entries.push({ part, stored });
  }
  const sort = parts.find(({ query }) => query.sort !== undefined)?.query.sort;
  if (sort !== undefined) {
    const compare = compareBy(sort);
    entries.sort((a, b) => compare(a.stored, b.stored));
  }
  const resources: ResourceText[] = [];
  for (const { part, stored } of entries.slice(startIndex - 1, depth)) {
    resources.push(...(await represent(call, part.endpoint, [stored], part.projection)));
  }
  return { resources, total };
}

/** What is sorted by must be read, also when it is not sent. */
function sortWant({ query, projection }: RootPart): ListQuery["want"] {
  const { sort } = query;
  if (sort === undefined) return projection.selection;
  const { extension, attribute } = sort.path;
  const name = extension === undefined ? attribute.name : `${extension}:${attribute.name}`;
  return { has: (asked) => asked === name || projection.selection.has(asked) };
}
