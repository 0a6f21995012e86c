/** trafficAfter: what is kept of a connection's traffic when entries are appended to its log. */
import type { LogEntry } from "./log.ts";
import type { Traffic } from "./store.ts";

/** The traffic after these entries, for a {@link ConnectionStore} to keep. The host's own requests are none: they have no token. */
export function trafficAfter(traffic: Traffic, entries: readonly LogEntry[]): Traffic {
  let { connected, lastRequest, lastError, identityProvider } = traffic;
  for (const entry of entries) {
    if (entry.token === undefined) continue;
    if (entry.outcome !== "ok") lastError = entry;
    else connected ??= entry.at;
    if (lastRequest === undefined || entry.at > lastRequest) lastRequest = entry.at;
    if (entry.identityProvider !== "unknown") identityProvider = entry.identityProvider;
  }
  return { connected, lastRequest, lastError, identityProvider };
}
