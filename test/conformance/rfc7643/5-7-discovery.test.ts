/** RFC 7643 §5 service provider configuration, §6 resource types, §7 schemas, over every mount. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isObject, type JsonObject } from "../../match.ts";
import { nobody, served } from "../../served.ts";
import { openService, resourcesOf, type Service } from "../../service.ts";
import { devices } from "./device.ts";

const urn = (name: string): string => `urn:ietf:params:scim:schemas:core:2.0:${name}`;

describe.each(served())("RFC 7643 §5 to §7 over '$name'", (mount) => {
  let service: Service;

  beforeAll(async () => {
    service = await openService(mount, {
      resources: [devices()],
      documentationUri: "https://example.com/help",
      features: { changePassword: true },
    });
  });
  afterAll(() => service.close());

  const read = async (path: string): Promise<JsonObject> => {
    const { status, body, text } = await service.call("GET", path);
    if (status !== 200) throw new Error(`${path}: ${text}`);
    return body;
  };
  const list = (value: unknown): readonly JsonObject[] => (Array.isArray(value) ? value.filter(isObject) : []);
  const allAttributes = (attributes: readonly JsonObject[]): readonly JsonObject[] =>
    attributes.flatMap((attribute) => [attribute, ...allAttributes(list(attribute.subAttributes))]);

  it("ServiceProviderConfig has every attribute that is required, each of its type, and no id (§5)", async () => {
    const config = await read("/ServiceProviderConfig");
    expect(config).toMatchObject({
      schemas: [urn("ServiceProviderConfig")],
      documentationUri: "https://example.com/help",
      patch: { supported: true },
      bulk: { supported: true, maxOperations: expect.any(Number), maxPayloadSize: expect.any(Number) },
      filter: { supported: true, maxResults: expect.any(Number) },
      changePassword: { supported: mount.keepsPasswords },
      sort: { supported: true },
      etag: { supported: true },
    });
    for (const scheme of list(config.authenticationSchemes)) {
      expect(scheme).toMatchObject({
        type: expect.stringMatching(/^(?:oauth|oauth2|oauthbearertoken|httpbasic|httpdigest)$/),
        name: expect.stringMatching(/./),
        description: expect.stringMatching(/./),
      });
    }
    expect(list(config.authenticationSchemes).length).toBeGreaterThan(0);
    expect(config).not.toHaveProperty("id");
  });

  it("what ServiceProviderConfig says is so: maxResults, maxOperations, maxPayloadSize (§5)", async () => {
    const limits = { maxPageSize: 2, bulkOperations: 1, bulkPayload: 2_000 };
    const small = await openService(mount, { limits });
    const config = (await small.call("GET", "/ServiceProviderConfig")).body;
    expect(config).toMatchObject({
      filter: { maxResults: 2 },
      bulk: { maxOperations: 1, maxPayloadSize: 2_000 },
    });
    for (const userName of ["a", "b", "c"]) await small.create("/Users", { schemas: [urn("User")], userName });
    const page = await small.call("GET", "/Users?count=100&filter=userName+pr");
    expect([resourcesOf(page.body).length, page.body.totalResults]).toEqual([2, 3]);
    const operation = { method: "DELETE", path: "/Users/1" };
    const schemas = ["urn:ietf:params:scim:api:messages:2.0:BulkRequest"];
    const many = await small.call("POST", "/Bulk", { schemas, Operations: [operation, operation] });
    const large = await small.call("POST", "/Bulk", { schemas, Operations: [operation], filler: "x".repeat(2_000) });
    expect([many.status, large.status]).toEqual([413, 413]);
    await small.close();
  });

  it("authenticationSchemes can be read without credentials where the host lets it (§5)", async () => {
    const isPublic = (url: string): boolean => url.startsWith("/ServiceProviderConfig");
    const open = await openService(mount, {
      authenticate: ({ url }) => (isPublic(url) ? nobody : null),
    });
    const stranger = { authorization: "" };
    const config = await open.call("GET", "/ServiceProviderConfig", undefined, stranger);
    expect([config.status, list(config.body.authenticationSchemes).length]).toEqual([200, 1]);
    for (const path of ["/Users", "/Schemas", "/ResourceTypes"]) {
      expect((await open.call("GET", path, undefined, stranger)).status).toBe(401);
    }
    await open.close();
  });

  it("these documents are read-only (§5, §6, §7)", async () => {
    for (const path of [
      "/ServiceProviderConfig",
      "/ResourceTypes",
      "/ResourceTypes/User",
      "/Schemas",
      `/Schemas/${urn("User")}`,
    ]) {
      for (const method of ["POST", "PUT", "PATCH", "DELETE"]) {
        const { status } = await service.call(method, path, method === "DELETE" ? undefined : {});
        expect([method, path, status]).toEqual([method, path, 405]);
      }
    }
  });

  it("a resource type has name, description, endpoint and schema; its schemas are at /Schemas, its resources at its endpoint (§6)", async () => {
    const types = resourcesOf(await read("/ResourceTypes"));
    expect(types.map(({ name }) => name)).toEqual(["User", "Group", "Device"]);
    for (const type of types) {
      expect(type).toMatchObject({
        schemas: [urn("ResourceType")],
        id: type.name,
        description: expect.stringMatching(/./),
        endpoint: expect.stringMatching(/^\/\w+$/),
      });
      for (const { schema } of [type, ...list(type.schemaExtensions)]) {
        expect((await read(`/Schemas/${schema}`)).id).toBe(schema);
      }
      for (const extension of list(type.schemaExtensions)) expect(extension.required).toEqual(expect.any(Boolean));
      expect(await read(String(type.endpoint))).toHaveProperty("totalResults");
      expect((await read(`/ResourceTypes/${type.name}`)).endpoint).toBe(type.endpoint);
    }
  });

  it("every URI in a schemas has a schema, with id, name and description (§7)", async () => {
    const schemas = resourcesOf(await read("/Schemas"));
    const ids = schemas.map(({ id }) => id);
    const documents = [
      await read("/ServiceProviderConfig"),
      ...resourcesOf(await read("/ResourceTypes")),
      ...schemas,
      ...resourcesOf(await read("/?startIndex=1")),
    ];
    const used = new Set(documents.flatMap((document) => (Array.isArray(document.schemas) ? document.schemas : [])));
    expect([...used].filter((each) => !ids.includes(each))).toEqual([]);
    expect(used.size).toBeGreaterThan(2);
    for (const schema of schemas) {
      expect(schema).toMatchObject({
        schemas: [urn("Schema")],
        id: expect.stringMatching(/^urn:/),
        name: expect.stringMatching(/./),
        description: expect.stringMatching(/./),
        attributes: expect.any(Array),
      });
      expect((await read(`/Schemas/${schema.id}`)).attributes).toEqual(schema.attributes);
    }
  });

  it("every attribute says what it is, in the keywords that there are, and complex ones what is in them (§7)", async () => {
    const schemas = resourcesOf(await read("/Schemas"));
    const attributes = schemas.flatMap((schema) => allAttributes(list(schema.attributes)));
    expect(attributes.length).toBeGreaterThan(150);
    for (const attribute of attributes) {
      expect(attribute).toMatchObject({
        name: expect.stringMatching(/^(?:[A-Za-z][\w$-]*|\$ref)$/),
        type: expect.stringMatching(/^(?:string|boolean|decimal|integer|dateTime|binary|reference|complex)$/),
        multiValued: expect.any(Boolean),
        description: expect.any(String),
        required: expect.any(Boolean),
        mutability: expect.stringMatching(/^(?:readOnly|readWrite|immutable|writeOnly)$/),
        returned: expect.stringMatching(/^(?:always|never|default|request)$/),
      });
      expect([attribute.name, "subAttributes" in attribute]).toEqual([attribute.name, attribute.type === "complex"]);
      expect([attribute.name, "referenceTypes" in attribute]).toEqual([attribute.name, attribute.type === "reference"]);
      if ("uniqueness" in attribute) expect(attribute.uniqueness).toMatch(/^(?:none|server|global)$/);
      if (attribute.mutability === "writeOnly") expect(attribute.returned).toBe("never");
    }
  });

  it("the schemas of the core are described, attribute by attribute (§7)", async () => {
    const core = ["User", "Group"].map(urn).concat("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User");
    for (const id of core) {
      const undescribed = allAttributes(list((await read(`/Schemas/${id}`)).attributes)).filter(
        ({ description }) => description === "",
      );
      expect(undescribed).toEqual([]);
    }
  });

  it("the documents fit the schemas that they name (§8.7.2)", async () => {
    const documents: readonly JsonObject[] = [
      await read("/ServiceProviderConfig"),
      await read("/ResourceTypes/Device"),
      await read(`/Schemas/${urn("User")}`),
    ];
    for (const document of documents) {
      const [schema] = Array.isArray(document.schemas) ? document.schemas : [];
      const attributes = list((await read(`/Schemas/${schema}`)).attributes);
      const known = attributes.map(({ name }) => name);
      const required = attributes.filter((attribute) => attribute.required).map(({ name }) => String(name));
      const own = Object.keys(document).filter((name) => !["schemas", "meta", "id"].includes(name));
      expect(own.filter((name) => !known.includes(name))).toEqual([]);
      expect(required.filter((name) => !(name in document))).toEqual([]);
    }
  });
});
