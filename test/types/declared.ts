/** What the type tests define: two extensions and two kinds of resource. RFC 7643 §3.2, §3.3. */
import { attribute, defineExtension, defineResource, type EnterpriseUser } from "scimkit";
import { z } from "zod";

/** An extension that users may have. */
export const badge = defineExtension(
  "urn:acme:params:scim:schemas:badge:2.0:User",
  z.object({
    badgeNumber: attribute(z.string(), { caseExact: true }),
    doors: z.array(z.object({ value: z.string(), open: z.boolean().optional() })).optional(),
  }),
);

/** An extension that groups must have. */
export const budget = defineExtension(
  "urn:acme:params:scim:schemas:budget:2.0:Group",
  z.object({ amount: z.number() }),
  { required: true },
);

/** A kind of resource with an extension. */
export const Device = defineResource({
  name: "Device",
  urn: "urn:acme:params:scim:schemas:core:2.0:Device",
  schema: z.object({ serial: z.string(), ports: z.array(z.int()).optional() }),
  extensions: [defineExtension("urn:acme:params:scim:schemas:lease:2.0:Device", z.object({ until: z.string() }))],
});

/** Another kind of resource. */
export const Room = defineResource({
  name: "Room",
  urn: "urn:acme:params:scim:schemas:core:2.0:Room",
  schema: z.object({ floor: z.int() }),
});

/** What {@link badge} is, written out. */
export type Badge = {
  badgeNumber: string;
  doors?: { value: string; open?: boolean | undefined }[] | undefined;
};

/** The enterprise extension of RFC 7643 §4.3, as users have it by themselves. */
export type Enterprise = z.infer<typeof EnterpriseUser>;
