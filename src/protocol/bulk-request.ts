/** The body of a bulk request: its shape and its limits. RFC 7644 §3.7, §3.7.4. */
import { ScimError } from "../error.ts";
import { header, type ScimBody } from "../request.ts";
import { type Body, isBody, readBody } from "./body.ts";
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
}

/**
 * Reads a bulk request.
 *
 * @throws ScimError 413 over `maxPayloadSize` or `maxOperations`; 400 `invalidSyntax` for a message that has not the
 *   shape of RFC 7644 §3.7, or a bulkId that comes twice
 */
export function readBulkRequest(call: Call): BulkRequest {
  const { limits, strict } = call.options;
  checkPayload(call, limits.bulkPayload);
  const body = fold(readBody(call.request, limits.nesting));
  checkMessage(body.get("schemas"), strict);
  const sent = body.get("operations");
  if (!Array.isArray(sent)) throw ScimError.invalidSyntax('A bulk request must have "Operations", an array.');
  if (sent.length > limits.bulkOperations) {
    throw new ScimError(
      413,
      `The bulk request has ${sent.length} operations, which exceeds maxOperations (${limits.bulkOperations}).`,
    );
  }
  const operations = sent.map(readOperation);
  checkBulkIds(operations);
  return { failOnErrors: readFailOnErrors(body.get("failonerrors")), operations };
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
  const operation = fold(sent);
  const method = operation.get("method");
  const bulkId = operation.get("bulkid");
  const version = operation.get("version");
  if (typeof method !== "string") throw ScimError.invalidSyntax(`Bulk operation ${index + 1} has no "method".`);
  if (bulkId !== undefined && bulkId !== null && (typeof bulkId !== "string" || bulkId === "")) {
    throw ScimError.invalidSyntax(`The "bulkId" of bulk operation ${index + 1} must be a string that is not empty.`);
  }
  return {
    method: method.toUpperCase(),
    path: operation.get("path"),
    bulkId: typeof bulkId === "string" ? bulkId : undefined,
    version: typeof version === "string" ? version : undefined,
    data: operation.get("data"),
  };
}

function checkBulkIds(operations: readonly BulkOperation[]): void {
  const known = new Set<string>();
  for (const { method, bulkId } of operations) {
    if (method !== "POST" || bulkId === undefined) continue;
    if (known.has(bulkId)) {
      throw ScimError.invalidSyntax(`The bulkId ${JSON.stringify(bulkId.slice(0, 100))} names two operations.`);
    }
    known.add(bulkId);
  }
}

function readFailOnErrors(value: unknown): number | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== "number" || !Number.isSafeInteger(value) || value < 1) {
    throw ScimError.invalidSyntax('"failOnErrors" must be an integer of at least 1.');
  }
  return value;
}
