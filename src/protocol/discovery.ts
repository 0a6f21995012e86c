/** Discovery: /ServiceProviderConfig, /ResourceTypes, /Schemas. RFC 7644 §4, RFC 7643 §5–7. */
import { ScimError } from "../error.ts";
import { header, type ScimResponse } from "../request.ts";
import type { Schema } from "../schema/attribute.ts";
import { describeResourceType, describeSchema } from "../schema/describe.ts";
import { discoverySchemas } from "../schema/discovery-schemas.ts";
import type { Call } from "./call.ts";
import { listBody, mediaType } from "./envelope.ts";
import { serviceProviderConfig } from "./provider-config.ts";
import { matches, readPrecondition } from "./version.ts";

/** A document as it is sent, made once. */
interface Document {
  readonly body: string;
  readonly etag: string;
}

/** How many base URLs documents are kept for; a service behind one name needs one. */
const maxBaseUrls = 16;

/** The documents of one service; kept by base URL and path. */
export type DocumentCache = Map<string, Map<string, Document>>;

/**
 * `GET /ServiceProviderConfig`, `/ResourceTypes`, `/ResourceTypes/User`, `/Schemas`, `/Schemas/urn:…` → 200, or 304 if
 * the client has it already. Query parameters are ignored, but a filter is refused (RFC 7644 §4).
 *
 * @param id - of one resource type or schema; undefined for all
 */
export function discover(
  call: Call,
  kind: "ServiceProviderConfig" | "ResourceTypes" | "Schemas",
  id: string | undefined,
  cache: DocumentCache,
): ScimResponse {
  if (call.query.filter !== undefined) {
    throw ScimError.forbidden(`/${kind} takes no filter (RFC 7644 §4); leave it out to read everything.`);
  }
  const key = id === undefined ? kind : `${kind}/${id.toLowerCase()}`;
  const document = cached(cache, call.baseUrl, key, () => contentOf(call, kind, id));
  const headers = call.options.features.etag ? { ETag: document.etag } : undefined;
  const known = readPrecondition(header(call.request.headers, "if-none-match"));
  if (headers !== undefined && known !== undefined && matches(known, document.etag)) return { status: 304, headers };
  return { status: 200, headers: { "Content-Type": mediaType, ...headers }, body: document.body };
}

/** A document that cannot be made (an unknown id) throws, and is not kept. */
function cached(cache: DocumentCache, baseUrl: string, key: string, make: () => unknown): Document {
  const known = cache.get(baseUrl)?.get(key);
  if (known !== undefined) return known;
  const body = JSON.stringify(make());
  const document = { body, etag: `W/"${digest(body)}"` };
  let documents = cache.get(baseUrl);
  if (documents === undefined) {
    if (cache.size >= maxBaseUrls) cache.clear();
    documents = new Map();
    cache.set(baseUrl, documents);
  }
  documents.set(key, document);
  return document;
}

function contentOf(call: Call, kind: Parameters<typeof discover>[1], id: string | undefined): unknown {
  if (kind === "ServiceProviderConfig") return serviceProviderConfig(call);
  const all = kind === "Schemas" ? schemas(call) : resourceTypes(call);
  if (id === undefined) {
    const resources = [...all.values()];
    return listBody({ resources, total: resources.length, startIndex: 1 });
  }
  const found = all.get(id.toLowerCase());
  if (found === undefined) {
    throw ScimError.notFound(
      `There is no ${kind === "Schemas" ? "schema" : "resource type"} of this name; see /${kind}.`,
    );
  }
  return found;
}

function resourceTypes({ endpoints, baseUrl }: Call): ReadonlyMap<string, unknown> {
  return new Map(
    endpoints.all.map(({ type }) => [type.name.toLowerCase(), describeResourceType(type, baseUrl)] as const),
  );
}

/** The resources' schemas first, then those of these documents themselves: every URI in a `schemas` has one. */
function schemas({ endpoints, baseUrl }: Call): ReadonlyMap<string, unknown> {
  const used = new Map<string, Schema>();
  for (const { type } of endpoints.all) {
    for (const schema of [type.schema, ...type.extensions.map((extension) => extension.schema)]) {
      used.set(schema.id.toLowerCase(), schema);
    }
  }
  for (const schema of discoverySchemas()) used.set(schema.id.toLowerCase(), schema);
  return new Map([...used].map(([key, schema]) => [key, describeSchema(schema, baseUrl)] as const));
}

/** FNV-1a, 32 bits twice: tells two documents of one service apart, and needs to do no more. */
function digest(text: string): string {
  let first = 0x811c9dc5;
  let second = 0x01000193;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    first = Math.imul(first ^ code, 0x01000193);
    second = Math.imul(second ^ code, 0x85ebca6b);
  }
  return (first >>> 0).toString(16).padStart(8, "0") + (second >>> 0).toString(16).padStart(8, "0");
}
