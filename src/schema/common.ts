/** The attributes that every resource has: schemas, id, externalId, meta. RFC 7643 §3, §3.1. */
import { z } from "zod";
import type { Attribute } from "./attribute.ts";
import { attribute } from "./characteristics.ts";
import { readAttributes } from "./read-zod.ts";

const readOnly = { mutability: "readOnly" } as const;

const Common = z.object({
  schemas: attribute(z.array(z.string()), {
    description: "The URIs of the schemas that define the attributes present in the resource.",
    ...readOnly,
    returned: "always",
  }),
  id: attribute(z.string(), {
    description: "A unique identifier for the resource as defined by the service provider.",
    ...readOnly,
    caseExact: true,
    returned: "always",
    uniqueness: "server",
  }),
  externalId: attribute(z.string(), {
    description: "An identifier for the resource as defined by the provisioning client.",
    caseExact: true,
  }).optional(),
  meta: attribute(
    z.object({
      resourceType: attribute(z.string(), {
        description: "The name of the resource type of the resource.",
        ...readOnly,
        caseExact: true,
      }),
      created: attribute(z.iso.datetime(), {
        description: "The DateTime that the resource was added to the service provider.",
        ...readOnly,
      }),
      lastModified: attribute(z.iso.datetime(), {
        description: "The most recent DateTime that the details of the resource were updated at the service provider.",
        ...readOnly,
      }),
      location: attribute(z.url(), {
        description: "The URI of the resource being returned.",
        ...readOnly,
        referenceTypes: ["uri"],
      }),
      version: attribute(z.string(), {
        description: "The version of the resource being returned.",
        ...readOnly,
        caseExact: true,
      }).optional(),
    }),
    { description: "A complex attribute containing resource metadata.", ...readOnly },
  ),
});

/** What every resource may have beside its own attributes and what the store assigns. RFC 7643 §3.1. */
export type CommonAttributes = { externalId?: string | undefined };

/** The common attributes by lower-cased name; those of no schema, and of every resource. RFC 7643 §3.1. */
export const commonAttributes: ReadonlyMap<string, Attribute> = readAttributes(Common, "The common attributes");
