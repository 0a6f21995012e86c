/** Bodies read as the tests here read them, and what is said of those that are refused. */
import { z } from "zod";
import { ScimError } from "../../src/error.ts";
import type { Attribute, Resource } from "../../src/schema/attribute.ts";
import { defineResource } from "../../src/schema/define-resource.ts";
import { groupType } from "../../src/schema/group-type.ts";
import { readResource } from "../../src/schema/read-resource.ts";
import type { Reading } from "../../src/schema/reading.ts";
import type { ResourceType } from "../../src/schema/resource-type.ts";
import { userType } from "../../src/schema/user-type.ts";

export const user = userType();
export const group = groupType();
export const enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

export const ignoring: Reading = { relaxed: new Set(), unknownAttributes: "ignore" };
export const rejecting: Reading = { relaxed: new Set(), unknownAttributes: "reject" };

/** A resource type with these attributes. */
export function thing(shape: z.core.$ZodLooseShape): ResourceType {
  return defineResource({ name: "Thing", urn: "urn:example:params:Thing", schema: z.object(shape) });
}

/** An attribute of a {@link thing}. */
export function attributeOf(type: z.core.$ZodType): Attribute {
  return found(thing({ it: type }).attributes.get("it"));
}

/** A body as PUT reads it: no defaults. */
export function read(body: unknown, type: ResourceType = user, reading: Reading = ignoring): Resource {
  return readResource(body, type, "replace", reading).resource;
}

/** What a {@link thing} makes of one value. */
export function readIt(type: z.core.$ZodType, value: unknown): unknown {
  return read({ it: value }, thing({ it: type })).it;
}

/** The error that `run` is refused with, as `status scimType: detail`. */
export function refusal(run: () => unknown): string {
  try {
    run();
  } catch (thrown) {
    if (thrown instanceof ScimError) return `${thrown.status} ${thrown.scimType}: ${thrown.detail}`;
    throw thrown;
  }
  throw new Error("It was not refused.");
}

/** The refusal of one value of a {@link thing}. */
export function refusalOfIt(type: z.core.$ZodType, value: unknown): string {
  return refusal(() => readIt(type, value));
}

/** The value, which is there. */
export function found<T>(value: T | undefined): T {
  if (value === undefined) throw new Error("It is not there.");
  return value;
}
