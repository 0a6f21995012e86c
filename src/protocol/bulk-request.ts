/** The body of a bulk request: its shape and its limits. RFC 7644 §3.7, §3.7.4. */
import { ScimError } from "../error.ts";
import { header, type ScimBody } from "../request.ts";
import { type Body, isBody, readLongBody } from "./body.ts";
import type { Breather } from "./breather.ts";
import type { Call } from "./call.ts";

const bulkUrn = "urn:ietf:params:scim:api:messages:2.0:bulkrequest";

/** One operation, as it was sent; what is wrong with it alone is found when its turn comes. */
export interface BulkOperation {
  readonly method: string;
  readonly path: unknown;
  readonly bulkId: string | undefined;
  readonly version: string | undefined;
  readonly data: unknown;
}

/** A bulk request. */
export interface BulkRequest {
  /** How many errors end the job; undefined: none do. */
  readonly failOnErrors: number | undefined;
  readonly operations: readonly BulkOperation[];
  /** The index of the operation that creates each bulkId. */
  readonly creators: ReadonlyMap<string, number>;
}

/**
 * Reads a bulk request.
 *
 * @param pause - called between pieces of the work
 * @throws ScimError 413 over `maxPayloadSize` or `maxOperations`; 400 `invalidSyntax` for a message that has not the
 *   shape of RFC 7644 §3.7, or a bulkId that comes twice
 */
export async function readBulkRequest(call: Call, pause: Breather): Promise<BulkRequest> {
  const { limits, strict } = call.options;
  checkPayload(call, limits.bulkPayload);
  const body = fold(await readLongBody(call.request, limits.nesting, pause));
  checkMessage(body.get("schemas"), strict);
  const sent = body.get("operations");
  if (!Array.isArray(sent)) throw ScimError.invalidSyntax('A bulk request must have "Operations", an array.');
  if (sent.length > limits.bulkOperations) {
    throw new ScimError(
      413,
      `The bulk request has ${sent.length} operations, which exceeds maxOperations (${limits.bulkOperations}).`,
    );
  }
  const failOnErrors = readFailOnErrors(body.get("failonerrors"));
  const operations: BulkOperation[] = [];
  const creators = new Map<string, number>();
  for (const item of sent) {
    const operation = readOperation(item, operations.length);
    noteCreator(operation, operations.length, creators);
    operations.push(operation);
    const rest = pause();
    if (rest !== undefined) await rest;
  }
  return { failOnErrors, operations, creators };
}

function checkPayload({ request }: Call, limit: number): void {
  const length = header(request.headers, "content-length");
  if (Number(length ?? 0) > limit || sizeOf(request.body, length, limit) > limit) {
    throw new ScimError(413, `The size of the bulk operation exceeds the maxPayloadSize (${limit}).`);
  }
}

/** Bytes of a body, where there could be too many; of JSON that the host has parsed if nothing else says. */
function sizeOf(body: ScimBody | undefined, length: string | undefined, limit: number): number {
  if (body === undefined) return 0;
  if ("json" in body) return length === undefined ? byteLength(JSON.stringify(body.json) ?? "") : 0;
  return body.text.length * 3 > limit ? byteLength(body.text) : 0;
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}

function checkMessage(schemas: unknown, strict: boolean): void {
  if (schemas === undefined && !strict) return;
  const isBulk =
    Array.isArray(schemas) && schemas.some((urn) => typeof urn === "string" && urn.toLowerCase() === bulkUrn);
  if (!isBulk) {
    throw ScimError.invalidSyntax(
      'A bulk request must have "schemas": ["urn:ietf:params:scim:api:messages:2.0:BulkRequest"].',
    );
  }
}

/** Attribute names are case-insensitive (RFC 7643 §2.1), in messages too. */
function fold(body: Body): ReadonlyMap<string, unknown> {
  return new Map(Object.entries(body).map(([name, value]) => [name.toLowerCase(), value] as const));
}

function readOperation(sent: unknown, index: number): BulkOperation {
  if (!isBody(sent)) throw ScimError.invalidSyntax(`Bulk operation ${index + 1} must be a JSON object.`);
  const { method, path, bulkid, version, data } = membersOf(sent);
  if (typeof method !== "string") throw ScimError.invalidSyntax(`Bulk operation ${index + 1} has no "method".`);
  if (bulkid !== undefined && bulkid !== null && (typeof bulkid !== "string" || bulkid === "")) {
    throw ScimError.invalidSyntax(`The "bulkId" of bulk operation ${index + 1} must be a string that is not empty.`);
  }
  return {
    method: method.toUpperCase(),
    path,
    bulkId: typeof bulkid === "string" ? bulkid : undefined,
    version: typeof version === "string" ? version : undefined,
    data,
  };
}

type MemberName = "method" | "path" | "bulkid" | "version" | "data";

/** The members of an operation that count, by lower-cased name; the last one of a name counts. */
function membersOf(sent: Body): { readonly [name in MemberName]: unknown } {
  const found: { [name in MemberName]: unknown } = {
    method: undefined,
    path: undefined,
    bulkid: undefined,
    version: undefined,
    data: undefined,
  };
  for (const name of Object.keys(sent)) {
    const key = name.toLowerCase();
    if (isMemberName(key)) found[key] = sent[name];
  }
  return found;
}

function isMemberName(key: string): key is MemberName {
  return key === "method" || key === "path" || key === "bulkid" || key === "version" || key === "data";
}

function noteCreator({ method, bulkId }: BulkOperation, index: number, creators: Map<string, number>): void {
  if (method !== "POST" || bulkId === undefined) return;
  if (creators.has(bulkId)) {
    throw ScimError.invalidSyntax(`The bulkId ${JSON.stringify(bulkId.slice(0, 100))} names two operations.`);
  }
  creators.set(bulkId, index);
}

function readFailOnErrors(value: unknown): number | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== "number" || !Number.isSafeInteger(value) || value < 1) {
    throw ScimError.invalidSyntax('"failOnErrors" must be an integer of at least 1.');
  }
  return value;
}
