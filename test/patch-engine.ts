/** PATCH and PUT without HTTP or a store: a state, a body, and what becomes of it. */
import { expect } from "vitest";
import { allDialects } from "../src/dialects/all.ts";
import type { Dialect } from "../src/dialects/dialect.ts";
import { compileDialects } from "../src/dialects/normalise.ts";
import { ScimError, type ScimType } from "../src/error.ts";
import { defaultGrammar } from "../src/filter/grammar.ts";
import type { Applier } from "../src/patch/applier.ts";
import { patchOpUrn, readOperations } from "../src/patch/operations.ts";
import { patchChange } from "../src/patch/patch-change.ts";
import { replaceChange } from "../src/patch/replace-change.ts";
import type { Resource } from "../src/schema/attribute.ts";
import { groupType } from "../src/schema/group-type.ts";
import { readResource } from "../src/schema/read-resource.ts";
import type { Reading } from "../src/schema/reading.ts";
import type { ResourceType } from "../src/schema/resource-type.ts";
import { userType } from "../src/schema/user-type.ts";
import type { Applied } from "../src/store/change.ts";
import type { Stored } from "../src/store/stored.ts";

export const user: ResourceType = userType();
export const group: ResourceType = groupType();
export const CORE = "urn:ietf:params:scim:schemas:core:2.0:User";
export const ENT = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

/** How a test wants its requests read. */
export interface Options {
  /** Default: none, which is RFC 7644 and nothing else. */
  readonly dialects?: readonly Dialect[];
  /** Default: `ignore`. */
  readonly unknownAttributes?: "ignore" | "reject";
  /** Default: the User type. */
  readonly type?: ResourceType;
  /** Default: 1000. */
  readonly maxOperations?: number;
}

/** The options of a server with default settings. */
export const lenient: Options = { dialects: allDialects };

/** A state as a store would return it, frozen to its depths. */
export function stored(attributes: Resource): Stored {
  const meta = { created: "2026-01-01T00:00:00Z", lastModified: "2026-01-01T00:00:00Z", version: "1" };
  return deepFreeze({ ...attributes, id: "R1", meta });
}

/** The applier of a PATCH body. */
export function applierOfBody(body: unknown, options: Options = {}): Applier {
  const { dialects = [], unknownAttributes = "ignore", type = user, maxOperations = 1000 } = options;
  const { relaxed, message, operation, coerce } = compileDialects(dialects);
  const operations = readOperations(body, type, { maxOperations, relaxed, message, operation });
  const reading: Reading = { relaxed, unknownAttributes, coerce };
  return patchChange(operations, type, { grammar: { ...defaultGrammar, relaxed }, reading });
}

/** The applier of some operations. */
export function applierOfOperations(operations: readonly unknown[], options: Options = {}): Applier {
  return applierOfBody({ schemas: [patchOpUrn], Operations: operations }, options);
}

/** What operations make of a state. */
export function patch(state: Resource, operations: readonly unknown[], options: Options = {}): Applied {
  return applierOfOperations(operations, options).apply(stored(state));
}

/** The applier of a PUT body. */
export function applierOfPut(body: Resource, options: Options = {}): Applier {
  const { dialects = [], unknownAttributes = "ignore", type = user } = options;
  const normaliser = compileDialects(dialects);
  const { relaxed, coerce } = normaliser;
  const normal = normaliser.body === undefined ? body : normaliser.body(body, type);
  const { resource, asserted } = readResource(normal, type, "replace", { relaxed, unknownAttributes, coerce });
  return replaceChange(resource, asserted, type, { relaxed });
}

/** What a PUT makes of a state. */
export function put(state: Resource, body: Resource, options: Options = {}): Applied {
  return applierOfPut(body, options).apply(stored(state));
}

/** A resource read from a POST body. */
export function post(body: Resource, options: Options = {}): Resource {
  const { dialects = [], unknownAttributes = "ignore", type = user } = options;
  const normaliser = compileDialects(dialects);
  const { relaxed, coerce } = normaliser;
  const normal = normaliser.body === undefined ? body : normaliser.body(body, type);
  return readResource(normal, type, "create", { relaxed, unknownAttributes, coerce }).resource;
}

/** Expects a 400 with this `scimType`, and gives its detail. */
export function expectRefused(scimType: ScimType, run: () => unknown): string {
  try {
    run();
  } catch (thrown) {
    if (!(thrown instanceof ScimError)) throw thrown;
    expect({ status: thrown.status, scimType: thrown.scimType }).toEqual({ status: 400, scimType });
    return thrown.detail;
  }
  throw new Error(`Nothing was thrown; 400 ${scimType} was expected.`);
}

function deepFreeze<T>(value: T): T {
  if (typeof value === "object" && value !== null) {
    for (const child of Object.values(value)) deepFreeze(child);
    Object.freeze(value);
  }
  return value;
}
