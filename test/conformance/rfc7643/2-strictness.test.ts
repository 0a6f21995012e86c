/** RFC 7643 §2: what the receiver makes of attributes that no schema has, and of what no RFC allows, over every mount. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Answered } from "../../client.ts";
import type { JsonObject } from "../../match.ts";
import { served } from "../../served.ts";
import { openService, person, type Service } from "../../service.ts";
import { patchOp } from "./device.ts";

type Answer = Answered & { readonly body: JsonObject };

const enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
const foreign = "urn:example:params:scim:schemas:foreign:2.0:User";

/** Bodies with an attribute that no schema has: beside the others, within one, in an extension, as an extension. */
const unknowns: readonly JsonObject[] = [
  { shoeSize: 43 },
  { name: { givenName: "Ann", alias: "A" } },
  { emails: [{ value: "ann@example.com", verified: true }] },
  {
    schemas: ["urn:ietf:params:scim:schemas:core:2.0:User", enterprise],
    [enterprise]: { division: "x", desk: "7" },
  },
  { [foreign]: { anything: 1 } },
];

const named = ({ status, body }: Answer): unknown[] => [status, body.scimType];

describe.each(served())("RFC 7643 §2 unknown attributes over '$name'", (mount) => {
  let lenient: Service;
  let strict: Service;

  beforeAll(async () => {
    lenient = await openService(mount);
    strict = await openService(mount, { dialects: [], unknownAttributes: "reject" });
  });
  afterAll(async () => {
    await lenient.close();
    await strict.close();
  });

  let serial = 0;
  const created = async (service: Service): Promise<{ userName: string; path: string }> => {
    const userName = `user${++serial}`;
    return { userName, path: `/Users/${await service.create("/Users", person(userName))}` };
  };

  it("are ignored in the bodies of POST, PUT and PATCH, and nothing of them is kept", async () => {
    for (const unknown of unknowns) {
      const { userName, path } = await created(lenient);
      const answers = [
        await lenient.call("POST", "/Users", person(`${userName}x`, unknown)),
        await lenient.call("PUT", path, person(userName, unknown)),
        await lenient.call("PATCH", path, patchOp({ op: "add", value: unknown })),
      ];
      expect(answers.map(({ status }) => status)).toEqual([201, 200, 200]);
      for (const { text } of answers) expect(text).not.toMatch(/shoeSize|alias|verified|desk|foreign/);
      expect((await lenient.call("GET", path)).text).not.toMatch(/shoeSize|alias|verified|desk|foreign/);
    }
  });

  it("are refused there with invalidSyntax when the host says so, and nothing is written", async () => {
    for (const unknown of unknowns) {
      const { userName, path } = await created(strict);
      const { headers } = await strict.call("GET", path);
      const answers = [
        await strict.call("POST", "/Users", person(`${userName}x`, unknown)),
        await strict.call("PUT", path, person(userName, unknown)),
        await strict.call("PATCH", path, patchOp({ op: "add", value: { nickName: "n", ...unknown } })),
      ];
      expect(answers.map(named)).toEqual(answers.map(() => [400, "invalidSyntax"]));
      for (const { body } of answers) expect(body.detail).toMatch(/shoeSize|alias|verified|desk|foreign/);
      expect((await strict.call("GET", path)).headers.etag).toBe(headers.etag);
      const { body } = await strict.call("GET", `/Users?filter=userName+eq+%22${userName}x%22`);
      expect(body.totalResults).toBe(0);
    }
  });

  it("are refused where they are named by themselves: in a path, a filter, or sortBy of one type", async () => {
    for (const service of [lenient, strict]) {
      const { path } = await created(service);
      const answers = [
        await service.call("PATCH", path, patchOp({ op: "add", path: "shoeSize", value: 43 })),
        await service.call("PATCH", path, patchOp({ op: "remove", path: "name.alias" })),
        await service.call("PATCH", path, patchOp({ op: "replace", path: `${foreign}:anything`, value: 1 })),
        await service.call("GET", "/Users?filter=shoeSize+eq+43"),
        await service.call("GET", "/Users?filter=emails[verified+eq+true]"),
        await service.call("GET", "/Users?sortBy=shoeSize"),
      ];
      expect(answers.map(named)).toEqual([
        [400, "invalidPath"],
        [400, "invalidPath"],
        [400, "invalidPath"],
        [400, "invalidFilter"],
        [400, "invalidFilter"],
        [400, "invalidValue"],
      ]);
    }
  });

  it("have no value in a query across types, and none in a projection", async () => {
    for (const service of [lenient, strict]) {
      const { userName, path } = await created(service);
      expect((await service.call("GET", "/?filter=shoeSize+pr")).body).toMatchObject({ totalResults: 0 });
      const { body } = await service.call("GET", `${path}?attributes=shoeSize,userName`);
      expect(Object.keys(body).sort()).toEqual(["id", "schemas", "userName"]);
      expect(body.userName).toBe(userName);
      expect((await service.call("GET", `${path}?excludedAttributes=shoeSize`)).body.userName).toBe(userName);
    }
  });

  it("without dialects nothing is accepted that the RFCs do not allow", async () => {
    const { userName, path } = await created(strict);
    const answers = [
      await strict.call("POST", "/Users", person(`${userName}x`, { active: "True" })),
      await strict.call("POST", "/Users", person(`${userName}x`, { title: 7 })),
      await strict.call("POST", "/Users", person(`${userName}x`, { roles: ["admin"] })),
      await strict.call("PUT", path, person(userName, { emails: { value: "a@example.com" } })),
      await strict.call("PATCH", path, patchOp({ op: "Add", path: "title", value: "x" })),
      await strict.call("PATCH", path, patchOp({ op: "replace", path: "active", value: "False" })),
      await strict.call("PATCH", path, patchOp({ op: "add", value: { "name.givenName": "Ann" } })),
      await strict.call("PATCH", path, patchOp({ op: "add", path: "emails", value: "a@example.com" })),
      await strict.call("PATCH", path, { Operations: [{ op: "add", path: "title", value: "x" }] }),
      await strict.call("POST", "/Users", { userName: `${userName}x` }),
      await strict.call("GET", "/Users?filter=userName+eq+ann"),
      await strict.call("GET", "/Users?filter=active+eq+%22true%22"),
      await strict.call("POST", "/Users/.search", { filter: "userName pr" }),
    ];
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 400));
    expect((await strict.call("GET", path)).body).not.toHaveProperty("title");
  });
});
