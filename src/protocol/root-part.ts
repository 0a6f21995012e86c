/** RootPart: what a query across resource types asks of one of them. RFC 7644 §3.4.2.1. */
import type { ListQuery } from "../store/store.ts";
import type { Call } from "./call.ts";
import type { Endpoint } from "./endpoint.ts";
import { filterOf, sortOf } from "./list-query.ts";
import type { Projection } from "./projection.ts";

/** One type's part in the query. */
export interface RootPart {
  readonly endpoint: Endpoint;
  readonly projection: Projection;
  readonly query: Omit<ListQuery, "window">;
}

/**
 * The parts of a query, in the order in which the types are served. Attributes that a type lacks have no value.
 *
 * @throws ScimError 400 `invalidFilter` or `invalidValue`
 */
export function rootParts(call: Call): readonly RootPart[] {
  return call.endpoints.all.map((endpoint) => {
    const projection = endpoint.projection(call.query);
    const filter = filterOf(call, endpoint, "absent");
    return {
      endpoint,
      projection,
      query: { filter, sort: sortOf(call, endpoint, "absent"), want: projection.selection },
    };
  });
}

/** How many resources of its type match. */
export async function countPart(call: Call, { endpoint, query }: RootPart): Promise<number> {
  const window = { by: "index", startIndex: 1, count: 0 } as const;
  return (await endpoint.store.list({ ...query, window }, call.context)).total;
}
