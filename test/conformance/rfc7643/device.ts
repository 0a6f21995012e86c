/** A resource type of a host's own with every kind of attribute, one required and one optional extension. RFC 7643 §2.2–2.4, §3.2, §3.3. */
import { attribute, defineExtension, defineResource, type ResourceOptions } from "scimkit";
import { memoryStore } from "scimkit/memory";
import { z } from "zod";
import type { JsonObject } from "../../match.ts";
import type { TestContext } from "../../served.ts";

/** The URN of devices. */
export const deviceUrn = "urn:example:params:scim:schemas:core:2.0:Device";
/** The URN of the extension that every device must have. */
export const assetUrn = "urn:example:params:scim:schemas:extension:asset:2.0:Device";
/** The URN of the extension that a device may have. */
export const leaseUrn = "urn:example:params:scim:schemas:extension:lease:2.0:Device";

const Asset = defineExtension(
  assetUrn,
  z.object({
    tag: attribute(z.string(), { caseExact: true, uniqueness: "server" }),
    price: z.number().optional(),
    recoveryKey: attribute(z.string(), { mutability: "writeOnly" }).optional(),
    inventories: z.array(z.object({ value: z.string(), type: z.string().optional() })).optional(),
  }),
  { name: "Asset", description: "What the books say", required: true },
);

const Lease = defineExtension(
  leaseUrn,
  z.object({
    until: z.iso.datetime(),
    lessor: z.object({ name: z.string(), contact: z.string().optional() }).optional(),
    terms: attribute(z.string(), { returned: "request" }).optional(),
  }),
  { name: "Lease", description: "Whose it is" },
);

/** A device. */
export const Device = defineResource({
  name: "Device",
  urn: deviceUrn,
  description: "Something with a serial number",
  schema: z.object({
    serial: attribute(z.string(), { description: "Its number", caseExact: true, mutability: "immutable" }),
    label: attribute(z.string(), { description: "Its name" }).optional(),
    model: z.enum(["laptop", "phone"]).optional(),
    on: z.boolean().optional(),
    size: z.int().optional(),
    weight: z.number().optional(),
    bought: z.iso.datetime().optional(),
    certificate: z.base64().optional(),
    manual: z.url().optional(),
    tags: z.array(z.string()).optional(),
    ports: z
      .array(
        z.object({
          value: z.int(),
          type: attribute(z.string(), { canonicalValues: ["usb", "net"] }).optional(),
          primary: z.boolean().optional(),
          seal: attribute(z.string(), { mutability: "immutable" }).optional(),
          key: attribute(z.string(), { mutability: "writeOnly" }).optional(),
        }),
      )
      .optional(),
    owner: z
      .object({
        value: z.string(),
        $ref: attribute(z.string(), { type: "reference", referenceTypes: ["User"] }).optional(),
        display: z.string().optional(),
      })
      .optional(),
    imprint: attribute(z.string(), { mutability: "immutable" }).optional(),
    uptime: attribute(z.int(), { mutability: "readOnly" }).optional(),
    unlockCode: attribute(z.string(), { mutability: "writeOnly" }).optional(),
    memo: attribute(z.string(), { returned: "never" }).optional(),
    notes: attribute(z.string(), { returned: "request" }).optional(),
    colour: attribute(z.string(), { returned: "always" }).optional(),
  }),
  extensions: [Asset, Lease],
});

/** Devices in a memory store, for `createScim`'s `resources`. */
export function devices(): ResourceOptions<TestContext, typeof Device> {
  return { type: Device, store: memoryStore({ tenant: ({ tenant }: TestContext) => tenant }) };
}

let made = 0;

/** The body of a minimal device, its tag unlike any other's. */
export function device(serial: string, more: JsonObject = {}): JsonObject {
  return { schemas: [deviceUrn, assetUrn], serial, [assetUrn]: { tag: `T-${++made}` }, ...more };
}

/** A PATCH message. */
export function patchOp(...operations: readonly JsonObject[]): JsonObject {
  return { schemas: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], Operations: operations };
}
