/** Entries of the log as the page shows them, each error explained. */
import type { LogEntry } from "scimkit/connections";
import type { LogMessage, LogPageMessage } from "./messages.ts";
import { providerOf } from "./provider.ts";
import type { Text } from "./strings/en.ts";

const requests: ReadonlyMap<string, Text> = new Map<string, Text>([
  ["create User", "createUser"],
  ["get User", "getUser"],
  ["list User", "listUser"],
  ["search User", "listUser"],
  ["patch User", "patchUser"],
  ["replace User", "replaceUser"],
  ["delete User", "deleteUser"],
  ["create Group", "createGroup"],
  ["get Group", "getGroup"],
  ["list Group", "listGroup"],
  ["search Group", "listGroup"],
  ["patch Group", "patchGroup"],
  ["replace Group", "replaceGroup"],
  ["delete Group", "deleteGroup"],
  ["bulk", "bulk"],
  ["discover", "discover"],
  ["rootQuery", "searchAll"],
  ["search", "searchAll"],
]);

const byType: ReadonlyMap<string, Text> = new Map<string, Text>([
  ["uniqueness", "explainUniqueness"],
  ["invalidValue", "explainInvalidValue"],
  ["invalidSyntax", "explainInvalidSyntax"],
  ["invalidFilter", "explainInvalidFilter"],
  ["invalidPath", "explainInvalidPath"],
  ["noTarget", "explainNoTarget"],
  ["mutability", "explainMutability"],
  ["tooMany", "explainTooMany"],
  ["invalidVers", "explainAddress"],
]);

const byStatus: ReadonlyMap<number, Text> = new Map<number, Text>([
  [401, "explainUnauthorized"],
  [403, "explainForbidden"],
  [404, "explainNotFound"],
  [405, "explainUnsupported"],
  [412, "explainPrecondition"],
  [413, "explainTooLarge"],
  [429, "explainTooOften"],
  [500, "explainServer"],
  [501, "explainUnsupported"],
  [503, "explainUnavailable"],
]);

/** What an error means for the admin of an identity provider; undefined for what went well. */
function explanation(entry: LogEntry): Text | undefined {
  if (entry.outcome === "ok") return undefined;
  if (entry.status === 404 && entry.path !== undefined) return "explainAddress";
  if (entry.status === 503 && entry.operation === undefined) return "explainPaused";
  // A conflict that the protocol knows has its scimType: without one, it is a rule of the host.
  if (entry.status === 409 && entry.scimType === undefined) return "explainForbidden";
  const typed = entry.scimType === undefined ? undefined : byType.get(entry.scimType);
  return typed ?? byStatus.get(entry.status) ?? (entry.outcome === "failed" ? "explainServer" : "explainOther");
}

/** A page of the log. @param limit - how many entries the page was to have, where one more was asked for */
export function logPage(entries: readonly LogEntry[], limit: number): LogPageMessage {
  return { entries: entries.slice(0, limit).map(logMessage), more: entries.length > limit };
}

function logMessage(entry: LogEntry): LogMessage {
  const { path, resourceId, scimType, detail, userAgent } = entry;
  const provider = providerOf(entry.identityProvider)?.name;
  const explained = explanation(entry);
  return {
    sequence: entry.sequence,
    at: entry.at.toISOString(),
    method: entry.method,
    request: requestOf(entry),
    status: entry.status,
    outcome: entry.outcome,
    duration: entry.duration,
    notes: entry.notes,
    ...(path === undefined ? {} : { path }),
    ...(resourceId === undefined ? {} : { resourceId }),
    ...(scimType === undefined ? {} : { scimType }),
    ...(detail === undefined ? {} : { detail }),
    ...(userAgent === undefined ? {} : { userAgent }),
    ...(provider === undefined ? {} : { provider }),
    ...(explained === undefined ? {} : { explanation: explained }),
  };
}

function requestOf({ operation, resourceType, path }: LogEntry): Text {
  if (operation === undefined) return path === undefined ? "turnedAway" : "unknownAddress";
  return requests.get(resourceType === undefined ? operation : `${operation} ${resourceType}`) ?? "otherRequest";
}
