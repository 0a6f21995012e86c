/** The schemas of the discovery documents themselves. RFC 7643 §5, §6, §7, §8.7.2, RFC 9865 §4. */
import { z } from "zod";
import type { Attribute, Schema } from "./attribute.ts";
import { attribute, type Characteristics } from "./characteristics.ts";
import { readAttributes } from "./read-zod.ts";

/** Nothing in these documents is a client's to write. */
function readOnly<T extends z.core.$ZodType>(type: T, described: Characteristics): T {
  return attribute(type, { ...described, mutability: "readOnly" });
}

const ServiceProviderConfig = z.object({
  documentationUri: readOnly(z.string(), {
    type: "reference",
    description: "An HTTP-addressable URL pointing to the service provider's human-consumable help documentation.",
    referenceTypes: ["external"],
    caseExact: false,
  }).optional(),
  patch: readOnly(
    z.object({
      supported: readOnly(z.boolean(), {
        description: "A Boolean value specifying whether or not the operation is supported.",
      }),
    }),
    { description: "A complex type that specifies PATCH configuration options." },
  ),
  bulk: readOnly(
    z.object({
      supported: readOnly(z.boolean(), {
        description: "A Boolean value specifying whether or not the operation is supported.",
      }),
      maxOperations: readOnly(z.int(), {
        description: "An integer value specifying the maximum number of operations.",
      }),
      maxPayloadSize: readOnly(z.int(), {
        description: "An integer value specifying the maximum payload size in bytes.",
      }),
    }),
    { description: "A complex type that specifies bulk configuration options." },
  ),
  filter: readOnly(
    z.object({
      supported: readOnly(z.boolean(), {
        description: "A Boolean value specifying whether or not the operation is supported.",
      }),
      maxResults: readOnly(z.int(), {
        description: "An integer value specifying the maximum number of resources returned in a response.",
      }),
    }),
    { description: "A complex type that specifies FILTER options." },
  ),
  changePassword: readOnly(
    z.object({
      supported: readOnly(z.boolean(), {
        description: "A Boolean value specifying whether or not the operation is supported.",
      }),
    }),
    { description: "A complex type that specifies configuration options related to changing a password." },
  ),
  sort: readOnly(
    z.object({
      supported: readOnly(z.boolean(), {
        description: "A Boolean value specifying whether or not the operation is supported.",
      }),
    }),
    { description: "A complex type that specifies sort result options." },
  ),
  etag: readOnly(
    z.object({
      supported: readOnly(z.boolean(), {
        description: "A Boolean value specifying whether or not the operation is supported.",
      }),
    }),
    { description: "A complex type that specifies ETag configuration options." },
  ),
  authenticationSchemes: readOnly(
    z.array(
      z.object({
        type: readOnly(z.string(), {
          description: "The authentication scheme.",
          canonicalValues: ["oauth", "oauth2", "oauthbearertoken", "httpbasic", "httpdigest"],
        }),
        name: readOnly(z.string(), { description: "The common authentication scheme name, e.g., HTTP Basic." }),
        description: readOnly(z.string(), { description: "A description of the authentication scheme." }),
        specUri: readOnly(z.string(), {
          type: "reference",
          description: "An HTTP-addressable URL pointing to the authentication scheme's specification.",
          referenceTypes: ["external"],
          caseExact: false,
        }).optional(),
        documentationUri: readOnly(z.string(), {
          type: "reference",
          description: "An HTTP-addressable URL pointing to the authentication scheme's usage documentation.",
          referenceTypes: ["external"],
          caseExact: false,
        }).optional(),
      }),
    ),
    { description: "A complex type that specifies supported authentication scheme properties." },
  ),
  pagination: readOnly(
    z.object({
      cursor: readOnly(z.boolean(), {
        description: "A Boolean value specifying support of cursor-based pagination.",
      }),
      index: readOnly(z.boolean(), { description: "A Boolean value specifying support of index-based pagination." }),
      defaultPaginationMethod: readOnly(z.string(), {
        description:
          "A string value specifying the type of pagination that the service provider defaults to when the client has not specified which method it wishes to use.",
        canonicalValues: ["cursor", "index"],
      }).optional(),
      defaultPageSize: readOnly(z.int(), {
        description:
          "Positive integer value specifying the default number of results returned in a page when a count is not specified in the query.",
      }).optional(),
      maxPageSize: readOnly(z.int(), {
        description:
          "Positive integer specifying the maximum number of results returned in a page regardless of what is specified for the count in a query.",
      }).optional(),
      cursorTimeout: readOnly(z.int(), {
        description:
          "Positive integer specifying the minimum number of seconds that a cursor is valid between page requests.",
      }).optional(),
    }),
    { description: "A complex type that indicates pagination configuration options." },
  ).optional(),
});

const ResourceType = z.object({
  id: readOnly(z.string(), {
    description: "The resource type's server unique id. May be the same as the 'name' attribute.",
  }).optional(),
  name: readOnly(z.string(), {
    description: "The resource type name.  When applicable, service providers MUST specify the name, e.g., 'User'.",
  }),
  description: readOnly(z.string(), {
    description:
      "The resource type's human-readable description.  When applicable, service providers MUST specify the description.",
  }).optional(),
  endpoint: readOnly(z.string(), {
    type: "reference",
    description: "The resource type's HTTP-addressable endpoint relative to the Base URL, e.g., '/Users'.",
    referenceTypes: ["uri"],
    caseExact: false,
  }),
  schema: readOnly(z.string(), {
    type: "reference",
    description: "The resource type's primary/base schema URI.",
    referenceTypes: ["uri"],
    caseExact: true,
  }),
  schemaExtensions: readOnly(
    z.array(
      z.object({
        schema: readOnly(z.string(), {
          type: "reference",
          description: "The URI of a schema extension.",
          referenceTypes: ["uri"],
          caseExact: true,
        }),
        required: readOnly(z.boolean(), {
          description:
            "A Boolean value that specifies whether or not the schema extension is required for the resource type.  If true, a resource of this type MUST include this schema extension and also include any attributes declared as required in this schema extension. If false, a resource of this type MAY omit this schema extension.",
        }),
      }),
    ),
    { description: "A list of URIs of the resource type's schema extensions." },
  ).optional(),
});

const SchemaDocument = z.object({
  id: readOnly(z.string(), {
    description: "The unique URI of the schema. When applicable, service providers MUST specify the URI.",
  }),
  name: readOnly(z.string(), {
    description:
      "The schema's human-readable name.  When applicable, service providers MUST specify the name, e.g., 'User'.",
  }),
  description: readOnly(z.string(), {
    description:
      "The schema's human-readable name.  When applicable, service providers MUST specify the name, e.g., 'User'.",
  }).optional(),
  attributes: readOnly(
    z.array(
      z.object({
        name: readOnly(z.string(), { description: "The attribute's name.", caseExact: true }),
        type: readOnly(z.string(), {
          description:
            "The attribute's data type. Valid values include 'string', 'complex', 'boolean', 'decimal', 'integer', 'dateTime', 'reference'.",
          canonicalValues: ["string", "complex", "boolean", "decimal", "integer", "dateTime", "reference"],
        }),
        multiValued: readOnly(z.boolean(), { description: "A Boolean value indicating an attribute's plurality." }),
        description: readOnly(z.string(), {
          description: "A human-readable description of the attribute.",
          caseExact: true,
        }).optional(),
        required: readOnly(z.boolean(), {
          description: "A boolean value indicating whether or not the attribute is required.",
        }).optional(),
        canonicalValues: readOnly(z.array(z.string()), {
          description:
            "A collection of canonical values.  When applicable, service providers MUST specify the canonical types, e.g., 'work', 'home'.",
          caseExact: true,
        }).optional(),
        caseExact: readOnly(z.boolean(), {
          description: "A Boolean value indicating whether or not a string attribute is case sensitive.",
        }).optional(),
        mutability: readOnly(z.string(), {
          description: "Indicates whether or not an attribute is modifiable.",
          canonicalValues: ["readOnly", "readWrite", "immutable", "writeOnly"],
          caseExact: true,
        }).optional(),
        returned: readOnly(z.string(), {
          description: "Indicates when an attribute is returned in a response (e.g., to a query).",
          canonicalValues: ["always", "never", "default", "request"],
          caseExact: true,
        }).optional(),
        uniqueness: readOnly(z.string(), {
          description: "Indicates how unique a value must be.",
          canonicalValues: ["none", "server", "global"],
          caseExact: true,
        }).optional(),
        referenceTypes: readOnly(z.array(z.string()), {
          description:
            "Used only with an attribute of type 'reference'.  Specifies a SCIM resourceType that a reference attribute MAY refer to, e.g., 'User'.",
          caseExact: true,
        }).optional(),
      }),
    ),
    { description: "A complex attribute that includes the attributes of a schema." },
  ),
});

/**
 * The schemas of `/ServiceProviderConfig`, `/ResourceTypes` and `/Schemas`, for `/Schemas` to show beside the resources'.
 *
 * They are §8.7.2's, mended where it differs from §5 to §7, and from every document there is: `etag` and
 * `authenticationSchemes.type` are there, `schemaExtensions` is an optional list, and `referenceTypes` is a list in
 * `subAttributes` too; with RFC 9865 §4's `pagination`.
 */
export function discoverySchemas(): readonly Schema[] {
  return [
    read(
      "ServiceProviderConfig",
      "Service Provider Configuration",
      "Schema for representing the service provider's configuration",
      ServiceProviderConfig,
    ),
    read("ResourceType", "ResourceType", "Specifies the schema that describes a SCIM resource type", ResourceType),
    nested(read("Schema", "Schema", "Specifies the schema that describes a SCIM schema", SchemaDocument)),
  ];
}

function read(word: string, name: string, description: string, schema: z.core.$ZodObject): Schema {
  const id = `urn:ietf:params:scim:schemas:core:2.0:${word}`;
  return { id, name, description, attributes: readAttributes(schema, id) };
}

/** Adds `subAttributes`, which look like the attributes they are in: the one place where SCIM nests twice. §7. */
function nested(schema: Schema): Schema {
  const attributes = new Map(
    [...schema.attributes].map(([key, outer]): [string, Attribute] => {
      if (outer.type !== "complex") return [key, outer];
      const description = "Used to define the sub-attributes of a complex attribute.";
      const inner: Attribute = { ...outer, name: "subAttributes", description, required: false };
      return [key, { ...outer, subAttributes: new Map([...outer.subAttributes, ["subattributes", inner]]) }];
    }),
  );
  return { ...schema, attributes };
}
