/** Querying one resource type. RFC 7644 §3.4.2, RFC 9865. */
import { ScimError } from "../error.ts";
import type { ScimResponse } from "../request.ts";
import type { ListQuery, Page, Window } from "../store/store.ts";
import type { Call } from "./call.ts";
import type { Endpoint } from "./endpoint.ts";
import { cursorScope, filterOf, pageSize, sortOf } from "./list-query.ts";
import { listResponse } from "./list-response.ts";
import type { Projection } from "./projection.ts";
import { represent } from "./represent.ts";

/** `GET /Users?filter=…` and `POST /Users/.search` → 200 with a ListResponse, also when nothing matches. */
export async function list(call: Call, endpoint: Endpoint): Promise<ScimResponse> {
  const projection = endpoint.projection(call.query);
  const query = {
    filter: filterOf(call, endpoint, "reject"),
    sort: sortOf(call, endpoint, "reject"),
    want: projection.selection,
  };
  const count = pageSize(call);
  if (call.query.cursor !== undefined) return cursorPage(call, endpoint, query, projection, count);
  const startIndex = Math.max(call.query.startIndex ?? 1, 1);
  const page = await endpoint.store.list({ ...query, window: { by: "index", startIndex, count } }, call.context);
  const resources = await represent(call, endpoint, page.resources, projection);
  return listResponse(call, { resources, total: page.total, startIndex }, endpoint.slices);
}

async function cursorPage(
  call: Call,
  endpoint: Endpoint,
  query: Omit<ListQuery, "window">,
  projection: Projection,
  count: number,
): Promise<ScimResponse> {
  if (!call.options.features.cursor || endpoint.capabilities.cursors !== true) {
    throw ScimError.invalidCursor('Cursor paging is not supported here; page with "startIndex" and "count".');
  }
  const scope = cursorScope(call, endpoint.type.endpoint);
  const { cursor = "" } = call.query;
  const position = cursor === "" ? undefined : await call.options.cursors.open(cursor, count, scope);
  const window: Window = count === 0 ? { by: "index", startIndex: 1, count: 0 } : { by: "cursor", position, count };
  const page: Page = await endpoint.store.list({ ...query, window }, call.context);
  const seal = (at: string | undefined): Promise<string> | undefined =>
    at === undefined ? undefined : call.options.cursors.seal(at, count, scope);
  const resources = await represent(call, endpoint, page.resources, projection);
  const [nextCursor, previousCursor] = await Promise.all([seal(page.next), seal(page.previous)]);
  return listResponse(call, { resources, total: page.total, nextCursor, previousCursor }, endpoint.slices);
}
