/** Call: one authenticated request on its way through the core. */
import type { ResolvedOptions } from "../options.ts";
import type { ScimRequest } from "../request.ts";
import type { Endpoint } from "./endpoint.ts";
import type { Query } from "./query.ts";

/** The endpoints of a service. */
export interface Endpoints {
  readonly all: readonly Endpoint[];
  /** By lower-cased first path segment. */
  readonly byPath: ReadonlyMap<string, Endpoint>;
}

/** What every operation is given. */
export interface Call {
  readonly options: ResolvedOptions;
  readonly endpoints: Endpoints;
  readonly request: ScimRequest;
  /** The host's Context. */
  readonly context: unknown;
  readonly baseUrl: string;
  readonly query: Query;
}
