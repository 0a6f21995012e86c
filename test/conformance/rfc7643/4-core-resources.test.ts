/** RFC 7643 §4.1 users, §4.2 groups, §4.3 the enterprise extension, over every mount. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { JsonObject } from "../../match.ts";
import { served } from "../../served.ts";
import { openService, person, resourcesOf, type Service, team } from "../../service.ts";
import { patchOp } from "./device.ts";

const enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

describe.each(served())("RFC 7643 §4 core resources over '$name'", (mount) => {
  let service: Service;
  let serial = 0;

  beforeAll(async () => {
    service = await openService(mount);
  });
  afterAll(() => service.close());

  const names = (): string => `user${++serial}`;
  const refusal = ({ status, body }: { status: number; body: JsonObject }) => [status, body.scimType];

  it("userName is required and not empty, on every write (§4.1.1)", async () => {
    const { body } = await service.call("POST", "/Users", person(names()));
    const path = `/Users/${body.id}`;
    for (const userName of [undefined, null, "", "  "]) {
      const answers = [
        await service.call("POST", "/Users", { ...person("x"), userName }),
        await service.call("PUT", path, { ...person("x"), userName }),
        await service.call("PATCH", path, patchOp({ op: "replace", value: { userName: userName ?? null } })),
      ];
      expect([userName, answers.map(({ status }) => status)]).toEqual([userName, [400, 400, 400]]);
    }
    expect(refusal(await service.call("PATCH", path, patchOp({ op: "remove", path: "userName" })))).toEqual([
      400,
      "mutability",
    ]);
    expect((await service.call("GET", path)).body.userName).toBe(body.userName);
  });

  it("userName is unique among a tenant's users, without its case, and found without it (§4.1.1)", async () => {
    const userName = `Mixed-${names()}`;
    const id = await service.create("/Users", person(userName));
    const other = await service.create("/Users", person(names()));
    const upper = userName.toUpperCase();
    expect(refusal(await service.call("POST", "/Users", person(upper)))).toEqual([409, "uniqueness"]);
    expect(refusal(await service.call("PUT", `/Users/${other}`, person(upper)))).toEqual([409, "uniqueness"]);
    const patched = await service.call(
      "PATCH",
      `/Users/${other}`,
      patchOp({ op: "replace", value: { userName: upper } }),
    );
    expect(refusal(patched)).toEqual([409, "uniqueness"]);
    const found = await service.call("GET", `/Users?filter=userName+eq+%22${upper}%22`);
    expect(resourcesOf(found.body).map((user) => [user.id, user.userName])).toEqual([[id, userName]]);
    const elsewhere = await service.call("POST", "/Users", person(upper), { authorization: "Bearer two" });
    expect(elsewhere.status).toBe(201);
  });

  it("every singular attribute is kept as it was sent (§4.1.1)", async () => {
    const attributes = {
      name: {
        formatted: "Ms. Barbara J Jensen, III",
        familyName: "Jensen",
        givenName: "Barbara",
        middleName: "Jane",
        honorificPrefix: "Ms.",
        honorificSuffix: "III",
      },
      displayName: "Babs Jensen",
      nickName: "Babs",
      profileUrl: "https://login.example.com/bjensen",
      title: "Tour Guide",
      userType: "Employee",
      preferredLanguage: "da, en-gb;q=0.8, en;q=0.7",
      locale: "man-Nkoo-GN",
      timezone: "America/Los_Angeles",
      active: false,
    };
    const { body } = await service.call("POST", "/Users", person(names(), attributes));
    expect((await service.call("GET", `/Users/${body.id}`)).body).toMatchObject(attributes);
    const underscored = await service.call("POST", "/Users", person(names(), { locale: "en_US" }));
    expect([underscored.status, underscored.body.locale]).toEqual([201, "en_US"]);
  });

  it("every multi-valued attribute is kept as it was sent, types beyond the canonical ones too (§4.1.2)", async () => {
    const attributes = {
      emails: [{ value: "bjensen@EXAMPLE.com", type: "work", primary: true, display: "Work" }],
      phoneNumbers: [{ value: "tel:+1-201-555-0123", type: "satellite" }],
      ims: [{ value: "some aim Handle", type: "aim" }],
      photos: [{ value: "https://photos.example.com/F", type: "thumbnail" }],
      addresses: [
        {
          type: "work",
          streetAddress: "100 Universal City Plaza\nSuite 7",
          locality: "Hollywood",
          region: "CA",
          postalCode: "91608",
          country: "US",
          formatted: "100 Universal City Plaza\nHollywood, CA 91608 US",
          primary: true,
        },
      ],
      entitlements: [{ value: "licence-7" }],
      roles: [{ value: "Student", primary: true }],
      x509Certificates: [{ value: "MIIDQzCCAqygAwIBAgICEAAwDQYJKoZIhvcNAQEFBQAwTjELMAkGA1UEBhMCVVMx" }],
    };
    const { body } = await service.call("POST", "/Users", person(names(), attributes));
    expect((await service.call("GET", `/Users/${body.id}`)).body).toMatchObject(attributes);
  });

  it("active is a boolean, true when a client that creates a user does not say (§4.1.1)", async () => {
    const { body } = await service.call("POST", "/Users", person(names()));
    expect(body.active).toBe(true);
    const off = await service.call(
      "PATCH",
      `/Users/${body.id}`,
      patchOp({ op: "replace", path: "active", value: false }),
    );
    expect(off.body.active).toBe(false);
    expect((await service.call("GET", `/Users/${body.id}`)).body.active).toBe(false);
    const wrong = await service.call("POST", "/Users", person(names(), { active: "perhaps" }));
    expect(refusal(wrong)).toEqual([400, "invalidValue"]);
  });

  it("a certificate is base64 (§4.1.2)", async () => {
    const wrong = person(names(), { x509Certificates: [{ value: "-----BEGIN CERTIFICATE-----" }] });
    expect(refusal(await service.call("POST", "/Users", wrong))).toEqual([400, "invalidValue"]);
  });

  it("a group must have a displayName, on every write (§4.2)", async () => {
    const schemas = ["urn:ietf:params:scim:schemas:core:2.0:Group"];
    const path = `/Groups/${await service.create("/Groups", team(`Team ${names()}`))}`;
    const answers = [
      await service.call("POST", "/Groups", { schemas }),
      await service.call("POST", "/Groups", { schemas, displayName: "" }),
      await service.call("PUT", path, { schemas, members: [] }),
    ];
    expect(answers.map(refusal)).toEqual(answers.map(() => [400, "invalidValue"]));
    const removed = await service.call("PATCH", path, patchOp({ op: "remove", path: "displayName" }));
    expect(refusal(removed)).toEqual([400, "mutability"]);
  });

  it("members are ids of users and groups that there are; each says which (§4.2)", async () => {
    const user = await service.create("/Users", person(names()));
    const inner = await service.create("/Groups", team(`Inner ${names()}`));
    const outer = await service.create("/Groups", team(`Outer ${names()}`, user, inner));
    const { body } = await service.call("GET", `/Groups/${outer}`);
    expect(body.members).toEqual(
      expect.arrayContaining([
        { value: user, type: "User" },
        { value: inner, type: "Group" },
      ]),
    );
    const unknown = await service.call("POST", "/Groups", team(`Unknown ${names()}`, "nobody"));
    expect(refusal(unknown)).toEqual([400, "invalidValue"]);
    const nameless = { ...team(`Nameless ${names()}`), members: [{ display: "Ann" }] };
    expect(refusal(await service.call("POST", "/Groups", nameless))).toEqual([400, "invalidValue"]);
  });

  it("the enterprise extension is kept under its URI, and can be left out (§4.3)", async () => {
    const attributes = {
      employeeNumber: "701984",
      costCenter: "4130",
      organization: "Universal Studios",
      division: "Theme Park",
      department: "Tour Operations",
    };
    const schemas = ["urn:ietf:params:scim:schemas:core:2.0:User", enterprise];
    const { body } = await service.call("POST", "/Users", person(names(), { schemas, [enterprise]: attributes }));
    const read = await service.call("GET", `/Users/${body.id}`);
    expect([read.body[enterprise], read.body.schemas]).toEqual([attributes, schemas]);
    const put = await service.call("PUT", `/Users/${body.id}`, person(String(body.userName)));
    expect(put.body).not.toHaveProperty([enterprise]);
    expect(put.body.schemas).toEqual(schemas.slice(0, 1));
  });
});
