/** The scheme and host that the client used, from the request's own headers or a trusted proxy's. RFC 9110 §7.2. */
import { ScimError, type ScimHeaders } from "scimkit";

const authority = /^(?:[\w.-]+|\[[\da-f:.]+\])(?::\d+)?$/i;

/** How a request reached the server. */
export interface Arrival {
  /** Whether the connection itself is encrypted. */
  readonly encrypted: boolean;
  /** Whether the host app trusts the peer's `X-Forwarded-Proto` and `X-Forwarded-Host`; asked only if there are any. */
  proxyTrusted(): boolean;
}

/**
 * The origin of a request: `https://app.example:8443`.
 *
 * @throws ScimError 400 for a Host that no client could have used
 */
export function originOf(headers: ScimHeaders, arrival: Arrival): string {
  const proto = headers["x-forwarded-proto"];
  const forwarded = headers["x-forwarded-host"];
  const isBelieved = (proto !== undefined || forwarded !== undefined) && arrival.proxyTrusted();
  const forwardedScheme = isBelieved ? first(proto)?.toLowerCase() : undefined;
  const scheme =
    forwardedScheme === "https" || forwardedScheme === "http" ? forwardedScheme : arrival.encrypted ? "https" : "http";
  const forwardedHost = isBelieved ? first(forwarded) : undefined;
  const host = forwardedHost ?? first(headers[":authority"]) ?? first(headers.host) ?? "localhost";
  if (!authority.test(host)) throw new ScimError(400, "The Host header is not a host name with an optional port.");
  return `${scheme}://${host}`;
}

/** Each proxy on the way appends to the list; the first entry is what the client used. */
function first(value: string | readonly string[] | undefined): string | undefined {
  const list = typeof value === "string" ? value : value?.[0];
  if (list === undefined) return undefined;
  const comma = list.indexOf(",");
  const entry = (comma < 0 ? list : list.slice(0, comma)).trim();
  return entry === "" ? undefined : entry;
}
