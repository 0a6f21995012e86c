/** Inside: SCIM requests that the host makes itself, in a connection's name, through all of its own hooks. */
import type { MaybePromise } from "../protocol/bearer.ts";
import type { ScimHeaders, ScimRequest, ScimResponse } from "../request.ts";
import type { Scim } from "../scim.ts";
import type { ConnectionContext } from "./connection.ts";
import type { RequestStates } from "./request-state.ts";
import type { GivenRole } from "./roles.ts";
import type { ConnectionRecord } from "./store.ts";

/** Answers requests that need no token. */
export interface Inside {
  /**
   * Sends a request as a connection, whatever its state.
   *
   * @param workspace - the one to write to: a connection that has moved manages users in the one before, too
   * @param begun - is given the request's Context
   */
  send(
    connection: ConnectionRecord,
    workspace: string,
    request: InsideRequest,
    begun?: (ctx: ConnectionContext) => void,
  ): Promise<ScimResponse>;
}

/** A request without what only the network needs. */
export interface InsideRequest extends Pick<ScimRequest, "method" | "url"> {
  /** Header values by lower-cased name. Default: none. */
  readonly headers?: ScimHeaders;
  /** The body. Default: none. */
  readonly json?: unknown;
}

/**
 * @param roleOf - what users that are created are given
 * @param make - makes a service with all of the host's options and this `authenticate`; called at the first request
 * @param beforeRequest - the host's hook of that name
 */
export function inside(
  states: RequestStates,
  roleOf: (connection: ConnectionRecord) => Promise<GivenRole>,
  make: (authenticate: (request: ScimRequest) => Promise<ConnectionContext | undefined>) => Scim,
  beforeRequest: ((ctx: ConnectionContext, request: ScimRequest) => MaybePromise<void>) | undefined,
): Inside {
  const contexts = new WeakMap<ScimRequest, ConnectionContext>();
  let scim: Scim | undefined;
  return {
    async send(connection, workspace, { method, url, headers = {}, json }, begun) {
      const request: ScimRequest = {
        method,
        url,
        headers,
        baseUrl: "https://inside.invalid",
        ...(json === undefined ? {} : { body: { json } }),
      };
      const there = { ...connection, workspace };
      const given = method === "POST" ? await roleOf(there) : { role: connection.defaultRole, isStandIn: false };
      const state = { connection: there, token: undefined, request };
      const context = states.begin(state, given.role, given.isStandIn);
      begun?.(context);
      contexts.set(request, context);
      scim ??= make(async (asked) => {
        const known = contexts.get(asked);
        if (known !== undefined) await beforeRequest?.(known, asked);
        return known;
      });
      return scim.handle(request);
    },
  };
}
