/**
 * Schemas as /Schemas shows them. RFC 7643 §7, §8.7.
 *
 * Where the RFC contradicts itself, §8.7.1's JSON decides what is shown: `Group.displayName` is not required there
 * (§4.2: REQUIRED), references and binaries have `caseExact: false` (§2.3.6, §2.3.7: case exact, and compared so),
 * `ims.type` lacks `other` (§4.1.2), and `x509Certificates`, which is complex, has a `caseExact`.
 */
import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { Schema } from "../../src/schema/attribute.ts";
import { attribute } from "../../src/schema/characteristics.ts";
import { defineExtension } from "../../src/schema/define-extension.ts";
import { describeSchema } from "../../src/schema/describe.ts";
import { discoverySchemas } from "../../src/schema/discovery-schemas.ts";
import resourceSchemas from "./8.7.1-resource-schemas.json" with { type: "json" };
import providerSchemas from "./8.7.2-service-provider-schemas.json" with { type: "json" };
import { found, group, thing, user } from "./reading.ts";

const schemaUrn = "urn:ietf:params:scim:schemas:core:2.0:Schema";

/** A schema as it is shown, for changing what the RFC prints where the RFC is wrong. */
type Shown = Record<string, unknown> & { readonly attributes: Record<string, unknown>[] };

const shownAttributes = (schema: Schema): unknown => describeSchema(schema, "").attributes;

describe("§8.7.1 Resource Schema Representation", () => {
  const schemas = [user.schema, group.schema, found(user.extensions[0]).schema];

  it.each(resourceSchemas.map((printed, index) => ({ printed, schema: found(schemas[index]) })))(
    "$printed.name is shown as it is printed, to the letter",
    ({ printed, schema }) => {
      expect(describeSchema(schema, "/v2")).toEqual({ schemas: [schemaUrn], ...printed });
    },
  );

  it("references compare with their case, although it prints the opposite", () => {
    expect(user.attributes.get("profileurl")?.caseExact).toBe(true);
    expect(user.attributes.get("x509certificates")?.subAttributes.get("value")?.caseExact).toBe(true);
  });
});

describe("§8.7.2 Service Provider Schema Representation", () => {
  /** §8.7.2 lacks what §5 requires, and calls lists single-valued that §6, §7 and every document have as lists. */
  const mended = structuredClone(providerSchemas).map((schema): Shown => schema);
  const [provider, resourceType, schema] = mended;
  const find = (list: unknown, name: string): Record<string, unknown> => {
    const all = z.array(z.looseObject({ name: z.string() })).parse(list);
    return found(all.find((each) => each.name === name));
  };

  it("is shown as it is printed, with its five faults mended, and with RFC 9865's pagination", () => {
    const shown = discoverySchemas().map((each) => describeSchema(each, ""));
    const [shownProvider, shownResourceType, shownSchema] = shown;

    const sort = find(provider?.attributes, "sort");
    const etag = { ...sort, name: "etag", description: "A complex type that specifies ETag configuration options." };
    const schemes = find(provider?.attributes, "authenticationSchemes");
    const shownType = find(find(shownProvider?.attributes, "authenticationSchemes").subAttributes, "type");
    expect(shownType).toMatchObject({ type: "string", required: true, mutability: "readOnly" });
    const printed = z.array(z.unknown()).parse(schemes.subAttributes);
    expect(shownProvider?.attributes).toEqual([
      ...(provider?.attributes ?? []).slice(0, -1),
      etag,
      { ...schemes, subAttributes: [shownType, ...printed] },
      find(shownProvider?.attributes, "pagination"),
    ]);
    const pagination = z.array(z.looseObject({ name: z.string(), type: z.string(), required: z.boolean() }));
    expect(
      pagination
        .parse(find(shownProvider?.attributes, "pagination").subAttributes)
        .map(({ name, type, required }) => [name, type, required]),
    ).toEqual([
      ["cursor", "boolean", true],
      ["index", "boolean", true],
      ["defaultPaginationMethod", "string", false],
      ["defaultPageSize", "integer", false],
      ["maxPageSize", "integer", false],
      ["cursorTimeout", "integer", false],
    ]);

    const extensions = find(resourceType?.attributes, "schemaExtensions");
    expect(shownResourceType?.attributes).toEqual([
      ...(resourceType?.attributes ?? []).slice(0, -1),
      { ...extensions, multiValued: true, required: false },
    ]);

    const text = JSON.stringify(schema?.attributes);
    const [before, after] = text.split(/(?<="name":"referenceTypes","type":"string","multiValued":)false/);
    expect(shownSchema?.attributes).toEqual(JSON.parse(`${before}true${after}`));
  });

  it("names, ids and descriptions are the RFC's", () => {
    expect(discoverySchemas().map(({ id, name, description }) => ({ id, name, description }))).toEqual(
      providerSchemas.map(({ id, name, description }) => ({ id, name, description })),
    );
  });
});

describe("§7 Schema Definition", () => {
  it("a schema of the host's is shown with the same keys", () => {
    const urn = "urn:acme:params:scim:schemas:badge:2.0:User";
    const badge = defineExtension(
      urn,
      z.object({
        badgeNumber: attribute(z.string(), { description: "On the badge.", uniqueness: "server", caseExact: true }),
        floor: z.int().optional(),
        doors: z.array(z.enum(["front", "back"])).optional(),
        photo: z.url().optional(),
        valid: z.object({ until: z.iso.datetime(), always: z.boolean().optional() }).optional(),
      }),
      { name: "Badge", description: "A badge." },
    );
    const rest = { required: false, mutability: "readWrite", returned: "default" };
    expect(describeSchema(badge.schema, "https://example.com/v2")).toEqual({
      schemas: [schemaUrn],
      id: urn,
      name: "Badge",
      description: "A badge.",
      attributes: [
        {
          ...rest,
          name: "badgeNumber",
          type: "string",
          multiValued: false,
          description: "On the badge.",
          required: true,
          caseExact: true,
          uniqueness: "server",
        },
        { ...rest, name: "floor", type: "integer", multiValued: false, description: "", uniqueness: "none" },
        {
          ...rest,
          name: "doors",
          type: "string",
          multiValued: true,
          description: "",
          canonicalValues: ["front", "back"],
          caseExact: false,
          uniqueness: "none",
        },
        {
          ...rest,
          name: "photo",
          type: "reference",
          referenceTypes: ["external"],
          multiValued: false,
          description: "",
          caseExact: true,
          uniqueness: "none",
        },
        {
          ...rest,
          name: "valid",
          type: "complex",
          multiValued: false,
          description: "",
          subAttributes: [
            { ...rest, name: "until", type: "dateTime", multiValued: false, description: "", required: true },
            { ...rest, name: "always", type: "boolean", multiValued: false, description: "" },
          ],
        },
      ],
      meta: { resourceType: "Schema", location: `https://example.com/v2/Schemas/${urn}` },
    });
  });

  it("there is no null in it", () => {
    const shown = JSON.stringify(
      [user.schema, group.schema, ...discoverySchemas()].map((each) => describeSchema(each, "")),
    );
    expect(shown).not.toContain("null");
  });

  it("what is not listed is not shown, and read all the same", () => {
    const type = thing({ a: z.string(), hidden: attribute(z.string().optional(), { listed: false }) });
    expect(shownAttributes(type.schema)).toEqual([expect.objectContaining({ name: "a" })]);
    expect(type.attributes.get("hidden")).toMatchObject({ type: "string", listed: false });
  });

  it("defaults are not part of a schema", () => {
    expect(JSON.stringify(describeSchema(user.schema, ""))).not.toMatch(/default[A-Z]/);
  });
});
