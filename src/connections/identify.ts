/** identify: which identity provider sends this, by its user agent and its payload. */
import { isRecord } from "../filter/present.ts";
import { header, type ScimRequest } from "../request.ts";
import type { IdentityProvider, Trait } from "./log.ts";

/** What a request gives away. */
export interface Identified {
  readonly identityProvider: IdentityProvider;
  readonly traits: readonly Trait[];
}

/** User agents, where they are known; several identity providers send none, or a library's. */
const byAgent: readonly (readonly [RegExp, IdentityProvider])[] = [
  [/okta/i, "okta"],
  [/azure|entra|microsoft|msft/i, "entra"],
  [/onelogin/i, "onelogin"],
  [/jumpcloud/i, "jumpcloud"],
  [/authentik/i, "authentik"],
  [/\bping(?:federate|one|\b)/i, "ping"],
  [/google/i, "google"],
];

/** How much of a body is looked at, in characters: what tells comes at its beginning. */
const looked = 4_096;

/** Entra's operations without the `aadOptscim062020` flag. */
const capitalised = /"op"\s*:\s*"(?:Add|Replace|Remove)"/;

/** What is in bodies and queries that one identity provider alone sends. */
const byContent: readonly (readonly [RegExp, IdentityProvider])[] = [
  [capitalised, "entra"],
  [/"urn:scim:schemas:core:1\.0"[^\]]*"urn:ietf:params:scim:schemas:core:2\.0:User"/, "google"],
  [/"urn:scim:schemas:(?:core|extension:enterprise):2\.0"/, "onelogin"],
];

const byQuery: readonly (readonly [RegExp, IdentityProvider])[] = [
  [/[?&/](?:aadOptscim062020|AzureAdScimPatch)/i, "entra"],
  // Entra's connection test looks for a GUID, with a plus for a space; Google's look-up has %20 and no count.
  [/[?&]filter=[\w.:]+\+eq\+%22[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}%22$/i, "entra"],
  [/[?&]filter=userName%20eq%20%22[^&]*%22&startIndex=1$/i, "google"],
  [/[?&]filter=[^&]*%22&$/i, "onelogin"],
];

/** Guesses who is asking. */
export function identify(request: ScimRequest): Identified {
  const content = contentOf(request);
  const traits: readonly Trait[] = request.method === "PATCH" && capitalised.test(content) ? ["oldPatch"] : [];
  const identityProvider =
    find(byAgent, header(request.headers, "user-agent") ?? "") ??
    find(byContent, content) ??
    find(byQuery, request.url) ??
    "unknown";
  return { identityProvider, traits };
}

function find(signs: readonly (readonly [RegExp, IdentityProvider])[], text: string): IdentityProvider | undefined {
  return text === "" ? undefined : signs.find(([sign]) => sign.test(text))?.[1];
}

/** The beginning of a body; of one that a host's parser has read, what the signs are about. */
function contentOf({ body }: ScimRequest): string {
  if (body === undefined) return "";
  if ("text" in body) return body.text.slice(0, looked);
  if (!isRecord(body.json)) return "";
  const { schemas, Operations } = body.json;
  const operations = Array.isArray(Operations)
    ? Operations.slice(0, 5).map((operation: unknown) => ({ op: isRecord(operation) ? operation.op : undefined }))
    : undefined;
  const some = Array.isArray(schemas) ? schemas.slice(0, 10) : undefined;
  return (JSON.stringify({ schemas: some, operations }) ?? "").slice(0, looked);
}
