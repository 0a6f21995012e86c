/** What the conformance tests of RFC 7644 send: messages, filters, and a resource type with every characteristic. */
import { attribute, defineResource } from "scimkit";
import { z } from "zod";
import type { JsonObject } from "../../match.ts";

/** The URN of the User schema. */
export const USER = "urn:ietf:params:scim:schemas:core:2.0:User";
/** The URN of the Group schema. */
export const GROUP = "urn:ietf:params:scim:schemas:core:2.0:Group";
/** The URN of the enterprise extension. */
export const ENT = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
/** What every message's URN begins with. */
export const MESSAGES = "urn:ietf:params:scim:api:messages:2.0";

/** A PATCH request. */
export function patchOp(...Operations: readonly JsonObject[]): JsonObject {
  return { schemas: [`${MESSAGES}:PatchOp`], Operations };
}

/** A query request. */
export function searchRequest(parameters: JsonObject): JsonObject {
  return { schemas: [`${MESSAGES}:SearchRequest`], ...parameters };
}

/** A bulk request. */
export function bulkRequest(Operations: readonly JsonObject[], more: JsonObject = {}): JsonObject {
  return { schemas: [`${MESSAGES}:BulkRequest`], ...more, Operations };
}

/** `filter=` and the filter, percent-encoded. */
export function filterBy(filter: string): string {
  return `filter=${encodeURIComponent(filter)}`;
}

/** A resource type that has what User and Group have not. */
export const Device = defineResource({
  name: "Device",
  urn: "urn:acme:params:scim:schemas:core:2.0:Device",
  schema: z.object({
    serial: attribute(z.string(), { mutability: "immutable", uniqueness: "server" }),
    site: attribute(z.string(), { mutability: "immutable" }).optional(),
    model: attribute(z.string(), { caseExact: true }).optional(),
    status: z.string().default("stocked"),
    ports: z.int().optional(),
    weight: z.number().optional(),
    key: attribute(z.string(), { type: "binary" }).optional(),
    rented: z.boolean().optional(),
    boughtAt: attribute(z.string(), { type: "dateTime" }).optional(),
    asset: attribute(z.string(), { mutability: "readOnly" }).optional(),
    tag: attribute(z.string(), { returned: "always" }).optional(),
    pin: attribute(z.string(), { returned: "request" }).optional(),
    secret: attribute(z.string(), { mutability: "writeOnly", returned: "never" }).optional(),
    contacts: z.array(z.string()).min(1),
  }),
});

/** A device that has what it must have. */
export function device(serial: string, more: JsonObject = {}): JsonObject {
  return { schemas: [Device.schema.id], serial, contacts: ["desk@x.example"], ...more };
}
