/** Log entries, made of exchanges and denials; what must not be kept is taken out. */
import type { ScimError } from "../error.ts";
import type { Exchange } from "../protocol/exchange.ts";
import { header, type ScimRequest } from "../request.ts";
import { identify } from "./identify.ts";
import { redact } from "./redact.ts";
import type { RequestState } from "./request-state.ts";
import type { NewLogEntry } from "./store.ts";
import { loggable } from "./text.ts";

/** The entry of a request that was let in. */
export function exchangeEntry(exchange: Exchange, state: RequestState): NewLogEntry {
  const { at, duration, method, operation, resourceType, resourceId, status, scimType, detail } = exchange;
  const { identityProvider, traits } = identify(state.request);
  return {
    ...common(state.request, state.token, detail),
    at,
    duration,
    method: loggable(method),
    ...(operation === undefined ? { path: pathOf(state.request) } : { operation }),
    ...(resourceType === undefined ? {} : { resourceType }),
    ...(resourceId === undefined ? {} : { resourceId: loggable(resourceId) }),
    status,
    outcome: outcomeOf(status),
    ...(scimType === undefined ? {} : { scimType }),
    identityProvider,
    notes: [...state.notes].map(loggable),
    traits: [...traits, ...state.traits],
  };
}

/** The entry of a request that its token, its connection or the organisation's plan kept out. */
export function denialEntry(request: ScimRequest, token: string, denial: ScimError, at: Date, end: Date): NewLogEntry {
  const { status, scimType, detail } = denial;
  return {
    ...common(request, token, detail),
    at,
    duration: end.getTime() - at.getTime(),
    method: loggable(request.method),
    path: pathOf(request),
    status,
    outcome: outcomeOf(status),
    ...(scimType === undefined ? {} : { scimType }),
    identityProvider: identify(request).identityProvider,
    notes: [],
    traits: [],
  };
}

function common(request: ScimRequest, token: string | undefined, detail: string | undefined) {
  const userAgent = header(request.headers, "user-agent");
  return {
    ...(detail === undefined ? {} : { detail: loggable(redact(detail, request)) }),
    ...(userAgent === undefined ? {} : { userAgent: loggable(userAgent) }),
    ...(token === undefined ? {} : { token }),
  };
}

function pathOf(request: ScimRequest): string {
  return loggable(redact(request.url.replace(/\?.*$/s, ""), request));
}

function outcomeOf(status: number): NewLogEntry["outcome"] {
  return status < 400 ? "ok" : status < 500 ? "refused" : "failed";
}
