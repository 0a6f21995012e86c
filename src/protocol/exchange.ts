/** Exchange: one answered request, as a log may keep it. */

import type { ScimError } from "../error.ts";
import { header, type ScimRequest, type ScimResponse } from "../request.ts";
import type { Route } from "./route.ts";

/** What was asked and how it was answered; no secret, no value, no filter is in it. */
export interface Exchange {
  /** When the request came. */
  readonly at: Date;
  /** Milliseconds until it was answered. */
  readonly duration: number;
  readonly method: string;
  /** `create`, `list`, `patch`, …; undefined when the request was answered before it was routed. */
  readonly operation: string | undefined;
  /** `User`, `Group`, …, where the request is about one type. */
  readonly resourceType: string | undefined;
  /** The id in the path, or of the resource created. */
  readonly resourceId: string | undefined;
  readonly status: number;
  readonly scimType: string | undefined;
  /** Of an error. */
  readonly detail: string | undefined;
  readonly userAgent: string | undefined;
}

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
