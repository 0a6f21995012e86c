/** exchangeOf: what the log is told of a request. */
import type { ScimError } from "../error.ts";
import { header, type ScimRequest, type ScimResponse } from "../request.ts";
import type { Exchange } from "./exchange.ts";
import type { Route } from "./route.ts";

/** The exchange of a request that was answered just now. */
export function exchangeOf(
  request: ScimRequest,
  route: Route | undefined,
  response: ScimResponse,
  failure: ScimError | undefined,
  started: number,
): Exchange {
  const endpoint = route !== undefined && "endpoint" in route ? route.endpoint : undefined;
  return {
    at: new Date(started),
    duration: Date.now() - started,
    method: request.method,
    operation: route?.operation,
    resourceType: endpoint?.type.name,
    resourceId: route !== undefined && "id" in route && endpoint !== undefined ? route.id : createdId(response),
    status: response.status,
    scimType: failure?.scimType,
    detail: failure?.detail,
    userAgent: header(request.headers, "user-agent"),
  };
}

function createdId(response: ScimResponse): string | undefined {
  const location = response.status === 201 ? response.headers.Location : undefined;
  return location === undefined ? undefined : decodeURIComponent(location.slice(location.lastIndexOf("/") + 1));
}
