/** RFC 7643 §3.2 new resource types, §2.3 every data type, §3.3 extensions, over every mount. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isObject, type JsonObject } from "../../match.ts";
import { served } from "../../served.ts";
import { openService, resourcesOf, type Service } from "../../service.ts";
import { assetUrn, device, devices, deviceUrn, leaseUrn, patchOp } from "./device.ts";

const whole = {
  schemas: [deviceUrn, assetUrn, leaseUrn],
  serial: "Ab-1",
  label: "Ann's laptop",
  model: "laptop",
  on: true,
  size: 13,
  weight: 1.25,
  bought: "2011-05-13T04:42:34Z",
  certificate: "AQIDBA==",
  manual: "https://example.com/Manual",
  tags: ["red", "Blue"],
  ports: [
    { value: 1, type: "usb", primary: true, seal: "x" },
    { value: 2, type: "net" },
  ],
  owner: { value: "7", display: "Ann" },
  imprint: "A.",
  unlockCode: "1234",
  memo: "for us",
  notes: "scratched",
  colour: "grey",
  [assetUrn]: { tag: "Tag-1", price: 999.5, inventories: [{ value: "2024", type: "yearly" }] },
  [leaseUrn]: { until: "2030-01-01T00:00:00Z", lessor: { name: "Lease Inc." }, terms: "net 30" },
};

/** What every answer shows of it beside id and meta. */
const { schemas: _, owner: _0, unlockCode: _1, memo: _2, notes: _3, [leaseUrn]: _4, ...shown } = whole;
const { terms: _5, ...shownLease } = whole[leaseUrn];

describe.each(served())("RFC 7643 §3.2 custom resource types over '$name'", (mount) => {
  let service: Service;
  let id: string;

  beforeAll(async () => {
    service = await openService(mount, { resources: [devices()] });
    id = await service.create("/Devices", whole);
    await service.create("/Devices", device("ab-1", { label: "B", size: 7, weight: -2, on: false, colour: "red" }));
    await service.create(
      "/Devices",
      device("C", {
        label: "c",
        size: -3,
        bought: "2011-05-13T06:42:35+02:00",
        ports: [{ value: 2, type: "usb" }],
        tags: ["blue"],
        [leaseUrn]: { until: "2029-01-01T00:00:00Z" },
      }),
    );
    await service.create("/Users", {
      schemas: ["urn:ietf:params:scim:schemas:core:2.0:User"],
      userName: "not a device",
    });
  });
  afterAll(() => service.close());

  const serials = async (query: string): Promise<readonly unknown[]> => {
    const { status, body, text } = await service.call("GET", `/Devices?${query}`);
    if (status !== 200) throw new Error(`${query}: ${status} ${text}`);
    return resourcesOf(body).map(({ serial }) => serial);
  };
  const found = (filter: string) => serials(`filter=${encodeURIComponent(filter)}`);
  const refusal = ({ status, body }: { status: number; body: JsonObject }) => [status, body.scimType];

  it("are served at /ResourceTypes with their extensions, and at /Schemas with every characteristic", async () => {
    const { body: type } = await service.call("GET", "/ResourceTypes/Device");
    expect(type).toMatchObject({
      schemas: ["urn:ietf:params:scim:schemas:core:2.0:ResourceType"],
      id: "Device",
      name: "Device",
      endpoint: "/Devices",
      description: "Something with a serial number",
      schema: deviceUrn,
      schemaExtensions: [
        { schema: assetUrn, required: true },
        { schema: leaseUrn, required: false },
      ],
    });
    const { body: schema } = await service.call("GET", `/Schemas/${deviceUrn}`);
    expect(schema).toMatchObject({ id: deviceUrn, name: "Device", description: "Something with a serial number" });
    const attributes = byName(schema.attributes);
    expect(Object.fromEntries(Object.entries(attributes).map(([name, { type }]) => [name, type]))).toEqual({
      serial: "string",
      label: "string",
      model: "string",
      on: "boolean",
      size: "integer",
      weight: "decimal",
      bought: "dateTime",
      certificate: "binary",
      manual: "reference",
      tags: "string",
      ports: "complex",
      owner: "complex",
      imprint: "string",
      uptime: "integer",
      unlockCode: "string",
      memo: "string",
      notes: "string",
      colour: "string",
    });
    expect(attributes.serial).toMatchObject({ required: true, caseExact: true, mutability: "immutable" });
    expect(attributes.label).toMatchObject({ required: false, caseExact: false, description: "Its name" });
    expect(attributes.model?.canonicalValues).toEqual(["laptop", "phone"]);
    expect(attributes.tags).toMatchObject({ multiValued: true });
    expect(attributes.manual?.referenceTypes).toEqual(["external"]);
    expect(attributes.unlockCode).toMatchObject({ mutability: "writeOnly", returned: "never" });
    expect([attributes.memo, attributes.notes, attributes.colour].map((attribute) => attribute?.returned)).toEqual([
      "never",
      "request",
      "always",
    ]);
    expect(attributes.uptime?.mutability).toBe("readOnly");
    expect(byName(attributes.ports?.subAttributes).seal?.mutability).toBe("immutable");
    expect(byName(attributes.owner?.subAttributes).$ref?.referenceTypes).toEqual(["User"]);
    const { body: extension } = await service.call("GET", `/Schemas/${assetUrn}`);
    expect(byName(extension.attributes).tag).toMatchObject({ required: true, uniqueness: "server", caseExact: true });
  });

  it("are created and read with every kind of attribute, as they were sent", async () => {
    const { status, body, headers } = await service.call("GET", `/Devices/${id}`);
    expect(status).toBe(200);
    const { id: _id, meta, schemas, ...attributes } = body;
    const { owner, ...others } = attributes;
    expect(others).toEqual({ ...shown, [leaseUrn]: shownLease });
    expect(owner).toMatchObject({ value: "7", display: "Ann" });
    expect(schemas).toEqual([deviceUrn, assetUrn, leaseUrn]);
    expect(meta).toMatchObject({ resourceType: "Device", location: headers["content-location"] ?? headers.location });
  });

  it("name only the extensions that a resource has in its schemas", async () => {
    const { body } = await service.call("GET", `/Devices?filter=${encodeURIComponent('serial eq "ab-1"')}`);
    expect(resourcesOf(body)[0]?.schemas).toEqual([deviceUrn, assetUrn]);
  });

  it("refuse a value that is not of its attribute's type, naming the attribute", async () => {
    for (const [name, value] of Object.entries({
      label: { text: "L" },
      model: "desktop",
      on: "maybe",
      size: 1.5,
      weight: "heavy",
      bought: "yesterday",
      certificate: "***",
      manual: "not a url",
      tags: [{ value: "red" }],
      ports: [{ value: "one" }],
      owner: { value: { id: "7" } },
    })) {
      const { status, body } = await service.call("POST", "/Devices", device("X", { [name]: value }));
      expect([name, status, body.scimType]).toEqual([name, 400, "invalidValue"]);
      expect(body.detail).toContain(`"${name}`);
    }
    expect(await found('serial eq "X"')).toEqual([]);
  });

  it("are filtered by every data type", async () => {
    for (const [filter, expected] of [
      ['serial eq "Ab-1"', ["Ab-1"]],
      ['label eq "C"', ["C"]],
      ['label co "LAP"', ["Ab-1"]],
      ['model sw "lap"', ["Ab-1"]],
      ["on eq true", ["Ab-1"]],
      ["on ne true", ["ab-1", "C"]],
      ["size gt 7", ["Ab-1"]],
      ["size le 7", ["ab-1", "C"]],
      ["weight lt 0", ["ab-1"]],
      ["weight ge 1.25", ["Ab-1"]],
      ['bought lt "2011-05-13T04:42:35Z"', ["Ab-1"]],
      ['bought ge "2011-05-13T00:42:35-04:00"', ["C"]],
      ['certificate eq "AQIDBA=="', ["Ab-1"]],
      ['manual sw "https://example.com/M"', ["Ab-1"]],
      ['manual sw "https://example.com/m"', []],
      ['tags eq "blue"', ["Ab-1", "C"]],
      ["tags pr", ["Ab-1", "C"]],
      ["ports.value eq 2", ["Ab-1", "C"]],
      ['ports[type eq "usb" and value eq 2]', ["C"]],
      ["ports[primary eq true]", ["Ab-1"]],
      ['owner.display eq "ann"', ["Ab-1"]],
      ['colour eq "RED"', ["ab-1"]],
      ['notes eq "scratched"', ["Ab-1"]],
      [`${assetUrn}:price gt 100`, ["Ab-1"]],
      [`${assetUrn}:inventories[value eq "2024"]`, ["Ab-1"]],
      [`${leaseUrn}:until gt "2029-06-01T00:00:00Z"`, ["Ab-1"]],
      [`${leaseUrn}:lessor.name co "inc"`, ["Ab-1"]],
      [`not (${leaseUrn}:until pr)`, ["ab-1"]],
      [`schemas eq "${leaseUrn}"`, ["Ab-1", "C"]],
    ] as const) {
      expect([filter, await found(filter)]).toEqual([filter, expected]);
    }
  });

  it("refuse a filter that does not fit the type, or looks at what is never returned", async () => {
    for (const filter of [
      'size eq "7"',
      "on gt true",
      'certificate gt "AQ=="',
      'bought eq "yesterday"',
      "bought co 2011",
      'unlockCode eq "1234"',
      "memo pr",
      `${leaseUrn}:nothing pr`,
      "serial:label pr",
    ]) {
      const answer = await service.call("GET", `/Devices?filter=${encodeURIComponent(filter)}`);
      expect([filter, ...refusal(answer)]).toEqual([filter, 400, "invalidFilter"]);
    }
  });

  it("are sorted by every data type, those without a value last", async () => {
    for (const [sortBy, expected] of [
      ["serial", ["Ab-1", "C", "ab-1"]],
      ["label", ["Ab-1", "ab-1", "C"]],
      ["size", ["C", "ab-1", "Ab-1"]],
      ["weight", ["ab-1", "Ab-1", "C"]],
      ["bought", ["Ab-1", "C", "ab-1"]],
      ["on", ["ab-1", "Ab-1", "C"]],
      ["ports.value", ["Ab-1", "C", "ab-1"]],
      ["owner.display", ["Ab-1", "ab-1", "C"]],
      [`${assetUrn}:price`, ["Ab-1", "ab-1", "C"]],
      [`${leaseUrn}:until`, ["C", "Ab-1", "ab-1"]],
    ] as const) {
      expect([sortBy, await serials(`sortBy=${sortBy}`)]).toEqual([sortBy, expected]);
    }
  });

  it("are found by a query at the root among the others", async () => {
    const { body } = await service.call("GET", `/?filter=${encodeURIComponent("size pr")}`);
    expect(resourcesOf(body).map(({ serial }) => serial)).toEqual(["Ab-1", "ab-1", "C"]);
  });

  it("are patched at every kind of attribute", async () => {
    const target = await service.create(
      "/Devices",
      device("patched", { tags: ["a"], ports: [{ value: 1, type: "usb" }] }),
    );
    const { status, body } = await service.call(
      "PATCH",
      `/Devices/${target}`,
      patchOp(
        { op: "add", path: "label", value: "L" },
        { op: "add", value: { on: true, size: 1, weight: 0.5 } },
        { op: "replace", path: "bought", value: "2024-02-29T00:00:00.5Z" },
        { op: "add", path: "certificate", value: "/+8=" },
        { op: "add", path: "manual", value: "https://example.com/" },
        { op: "add", path: "tags", value: ["b", "c"] },
        { op: "add", path: "ports", value: [{ value: 2, type: "net", primary: true }] },
        { op: "replace", path: 'ports[type eq "usb"].value', value: 3 },
        { op: "add", path: "owner.value", value: "9" },
        { op: "add", path: "imprint", value: "first" },
        { op: "replace", path: `${assetUrn}:price`, value: 12.5 },
        { op: "add", path: `${assetUrn}:inventories`, value: [{ value: "2025" }] },
        { op: "add", path: `${leaseUrn}:until`, value: "2031-01-01T00:00:00Z" },
        { op: "add", path: `${leaseUrn}:lessor.name`, value: "L. Inc." },
      ),
    );
    expect(status).toBe(200);
    const { id: _id, meta: _meta, [assetUrn]: asset, owner, ...rest } = body;
    expect(rest).toEqual({
      schemas: [deviceUrn, assetUrn, leaseUrn],
      serial: "patched",
      label: "L",
      on: true,
      size: 1,
      weight: 0.5,
      bought: "2024-02-29T00:00:00.5Z",
      certificate: "/+8=",
      manual: "https://example.com/",
      tags: ["a", "b", "c"],
      ports: [
        { value: 3, type: "usb" },
        { value: 2, type: "net", primary: true },
      ],
      imprint: "first",
      [leaseUrn]: { until: "2031-01-01T00:00:00Z", lessor: { name: "L. Inc." } },
    });
    expect(owner).toMatchObject({ value: "9" });
    expect(asset).toMatchObject({ price: 12.5, inventories: [{ value: "2025" }] });
    const removed = await service.call(
      "PATCH",
      `/Devices/${target}`,
      patchOp(
        { op: "remove", path: "ports[value eq 3]" },
        { op: "remove", path: "tags" },
        { op: "remove", path: "owner" },
        { op: "remove", path: "certificate" },
        { op: "remove", path: leaseUrn },
      ),
    );
    expect(removed.body).toMatchObject({ ports: [{ value: 2 }], schemas: [deviceUrn, assetUrn] });
    for (const gone of ["tags", "owner", "certificate", leaseUrn])
      expect(Object.keys(removed.body)).not.toContain(gone);
  });

  it("a required extension must be there on POST and PUT, and cannot be removed; nor can its required attributes", async () => {
    const target = await service.create("/Devices", device("kept"));
    const bare = { schemas: [deviceUrn], serial: "kept" };
    const answers = [
      await service.call("POST", "/Devices", bare),
      await service.call("PUT", `/Devices/${target}`, bare),
      await service.call("POST", "/Devices", { ...bare, [assetUrn]: { price: 1 } }),
    ];
    expect(answers.map(refusal)).toEqual(answers.map(() => [400, "invalidValue"]));
    const removals = [
      await service.call("PATCH", `/Devices/${target}`, patchOp({ op: "remove", path: assetUrn })),
      await service.call("PATCH", `/Devices/${target}`, patchOp({ op: "remove", path: `${assetUrn}:tag` })),
    ];
    expect(removals.map(refusal)).toEqual(removals.map(() => [400, "mutability"]));
    expect((await service.call("GET", `/Devices/${target}`)).body[assetUrn]).toHaveProperty("tag");
  });

  it("an optional extension may be left out, and must be whole once it is there", async () => {
    const target = await service.create("/Devices", device("optional"));
    const half = device("half", { [leaseUrn]: { terms: "none" } });
    expect(refusal(await service.call("POST", "/Devices", half))).toEqual([400, "invalidValue"]);
    const patched = await service.call(
      "PATCH",
      `/Devices/${target}`,
      patchOp({ op: "add", path: `${leaseUrn}:terms`, value: "none" }),
    );
    expect(refusal(patched)).toEqual([400, "invalidValue"]);
    const leased = { ...device("optional"), [leaseUrn]: { until: "2030-01-01T00:00:00Z" } };
    expect((await service.call("PUT", `/Devices/${target}`, leased)).body.schemas).toEqual([
      deviceUrn,
      assetUrn,
      leaseUrn,
    ]);
    const returned = await service.call("PUT", `/Devices/${target}`, device("optional"));
    expect(returned.body.schemas).toEqual([deviceUrn, assetUrn]);
  });

  it("a unique attribute of an extension is unique, with its case", async () => {
    const answers = [
      await service.call("POST", "/Devices", device("D", { [assetUrn]: { tag: "Tag-1" } })),
      await service.call("POST", "/Devices", device("E", { [assetUrn]: { tag: "TAG-1" } })),
    ];
    expect(answers.map(refusal)).toEqual([
      [409, "uniqueness"],
      [201, undefined],
    ]);
  });

  it("are written in bulk like any others", async () => {
    const { status, body } = await service.call("POST", "/Bulk", {
      schemas: ["urn:ietf:params:scim:api:messages:2.0:BulkRequest"],
      Operations: [
        {
          method: "POST",
          path: "/Users",
          bulkId: "u",
          data: { schemas: ["urn:ietf:params:scim:schemas:core:2.0:User"], userName: "owner" },
        },
        { method: "POST", path: "/Devices", bulkId: "d", data: device("bulk", { owner: { value: "bulkId:u" } }) },
      ],
    });
    expect(status).toBe(200);
    const [user] = resourcesOf((await service.call("GET", "/Users?filter=userName+eq+%22owner%22")).body);
    const [made] = resourcesOf((await service.call("GET", "/Devices?filter=serial+eq+%22bulk%22")).body);
    expect(body.Operations).toMatchObject([{ status: "201" }, { status: "201" }]);
    expect(made?.owner).toMatchObject({ value: user?.id });
  });
});

/** The attributes of a schema by name. */
function byName(attributes: unknown): { readonly [name: string]: JsonObject } {
  const list = Array.isArray(attributes) ? attributes.filter(isObject) : [];
  return Object.fromEntries(list.map((attribute) => [String(attribute.name), attribute]));
}
