/** PATCH bodies as operations: their shape, and nothing of what they mean. RFC 7644 §3.5.2. */
import { ScimError } from "../error.ts";
import type { Relaxations } from "../schema/relaxation.ts";
import type { ResourceType } from "../schema/resource-type.ts";

/** The URN that a PATCH message's `schemas` must contain. */
export const patchOpUrn = "urn:ietf:params:scim:api:messages:2.0:PatchOp";

/** A JSON object whose keys nobody has looked at. */
export type Fields = { readonly [key: string]: unknown };

/** An operation as it was sent: the three members that count, whatever they hold. Undefined: not sent. */
export interface SentOperation {
  readonly op: unknown;
  readonly path: unknown;
  readonly value: unknown;
}

/** A PATCH message as it was sent: the two members that count, whatever they hold. Undefined: not sent. */
export interface SentMessage {
  readonly schemas: unknown;
  readonly operations: unknown;
}

/** One PATCH operation with the shape of RFC 7644 §3.5.2: a `remove` has a path, the other two a value. */
export interface Operation {
  readonly op: "add" | "remove" | "replace";
  /** Unparsed. Undefined: the resource itself is the target, and `value` is an object of attributes. */
  readonly path: string | undefined;
  /** Null and `[]` stand for "no value" (RFC 7643 §2.5); undefined only for `remove`. */
  readonly value: unknown;
}

/** How a PATCH message is read. */
export interface OperationReading {
  /** How many operations a message may hold. */
  readonly maxOperations: number;
  readonly relaxed: Relaxations;
  /** Rewrites the message before it is judged. */
  readonly message?: ((message: SentMessage) => SentMessage) | undefined;
  /** Rewrites an operation, into any number of others, before it is judged. */
  readonly operation?: ((operation: SentOperation, type: ResourceType) => readonly SentOperation[]) | undefined;
}

/** Whether a value is a JSON object. */
export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * The operations of a PATCH body, in order.
 *
 * Member names are read in any case (RFC 7643 §2.1); members that are not of the message are ignored.
 *
 * @throws ScimError 400: `invalidSyntax` if the message or an operation has not the required shape, or there are more
 *   than `maxOperations`; `invalidPath` if a path is not a string; `noTarget` for a `remove` without a path;
 *   `invalidValue` for an `add` or `replace` without a value
 */
export function readOperations(body: unknown, type: ResourceType, reading: OperationReading): readonly Operation[] {
  const sent = readMessage(body);
  const message = reading.message === undefined ? sent : reading.message(sent);
  if (!Array.isArray(message.schemas) || !message.schemas.some(isPatchOp)) {
    throw ScimError.invalidSyntax(`A PATCH body must have "schemas": ["${patchOpUrn}"].`);
  }
  const operations: Operation[] = [];
  for (const item of listOperations(message.operations, reading)) {
    const operation = readMembers(item);
    if (reading.operation === undefined) operations.push(checkOperation(operation));
    else for (const rewritten of reading.operation(operation, type)) operations.push(checkOperation(rewritten));
  }
  return operations;
}

const isPatchOp = (urn: unknown): boolean =>
  typeof urn === "string" && (urn === patchOpUrn || urn.toLowerCase() === patchOpUrn.toLowerCase());

function readMessage(body: unknown): SentMessage {
  if (!isFields(body)) throw ScimError.invalidSyntax("A PATCH body must be a JSON object.");
  let schemas: unknown;
  let operations: unknown;
  for (const key of Object.keys(body)) {
    const name = key.toLowerCase();
    if (name === "schemas") schemas = once(schemas, body[key], "schemas");
    else if (name === "operations") operations = once(operations, body[key], "Operations");
  }
  return { schemas, operations };
}

function listOperations(operations: unknown, reading: OperationReading): readonly unknown[] {
  if (!Array.isArray(operations)) {
    throw ScimError.invalidSyntax(
      'A PATCH body must have "Operations", an array of add, remove and replace operations.',
    );
  }
  if (operations.length === 0 && !reading.relaxed.has("emptyOperations")) {
    throw ScimError.invalidSyntax('"Operations" must hold at least one operation.');
  }
  if (operations.length > reading.maxOperations) {
    throw ScimError.invalidSyntax(
      `The PATCH has ${operations.length} operations; at most ${reading.maxOperations} are accepted in one request.`,
    );
  }
  return operations;
}

function readMembers(item: unknown): SentOperation {
  if (!isFields(item)) throw ScimError.invalidSyntax("Each PATCH operation must be a JSON object.");
  let op: unknown;
  let path: unknown;
  let value: unknown;
  for (const key of Object.keys(item)) {
    const name = key.toLowerCase();
    if (name === "op") op = once(op, item[key], "op");
    else if (name === "path") path = once(path, item[key], "path");
    else if (name === "value") value = once(value, item[key], "value");
  }
  return { op, path, value };
}

/** A member that comes twice, in different case, would be read differently by every server. */
function once(present: unknown, value: unknown, name: string): unknown {
  if (present !== undefined) throw ScimError.invalidSyntax(`"${name}" is given more than once in a PATCH message.`);
  return value;
}

function checkOperation({ op, path, value }: SentOperation): Operation {
  if (op !== "add" && op !== "remove" && op !== "replace") {
    throw ScimError.invalidSyntax('The "op" of a PATCH operation must be "add", "remove" or "replace".');
  }
  if (path !== undefined && path !== null && typeof path !== "string") {
    throw ScimError.invalidPath('The "path" of a PATCH operation must be a string.');
  }
  if (op === "remove" && (path === undefined || path === null)) {
    throw ScimError.noTarget('A "remove" operation needs a "path" that says what to remove.');
  }
  if (op !== "remove" && value === undefined) {
    throw ScimError.invalidValue(`The "${op}" operation needs a "value"${path ? ` for "${path.slice(0, 100)}"` : ""}.`);
  }
  return { op, path: path ?? undefined, value };
}
