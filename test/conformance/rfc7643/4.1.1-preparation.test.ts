/** RFC 7643 §4.1.1 userName and password, prepared by RFC 7644 §5, §7.8, over every mount. */
import type { Draft, UserStore } from "scimkit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isObject } from "../../match.ts";
import { openMemory, served, type TestContext } from "../../served.ts";
import { openService, person, resourcesOf, type Service } from "../../service.ts";

describe.each(served())("RFC 7643 §4.1.1 prepared text over '$name'", (mount) => {
  let service: Service;
  const passwords: unknown[] = [];

  beforeAll(async () => {
    service = await openService(mount, { users: listening(openMemory().users), features: { changePassword: true } });
  });
  afterAll(() => service.close());

  /** The store of users, and what it was told of passwords. */
  const listening = (users: UserStore<TestContext>): UserStore<TestContext> => ({
    ...users,
    create: (draft, want, ctx) => {
      hear(draft.resource);
      return users.create(draft, want, ctx);
    },
    update: (id, change, want, ctx) => {
      const apply: typeof change.apply = (current) => {
        const applied = change.apply(current);
        hear(applied.resource);
        return applied;
      };
      return users.update(id, { ...change, apply, beforeCommit: change.beforeCommit.bind(change) }, want, ctx);
    },
  });
  const hear = (resource: Draft["resource"]): void => {
    if (isObject(resource) && "password" in resource) passwords.push(resource.password);
  };
  const find = async (userName: string): Promise<readonly unknown[]> => {
    const filter = encodeURIComponent(`userName eq ${JSON.stringify(userName)}`);
    const { body } = await service.call("GET", `/Users?filter=${filter}`);
    return resourcesOf(body).map(({ id }) => id);
  };

  it("a userName is found, and unique, however it is composed, wide, or cased", async () => {
    const id = await service.create("/Users", person("Jose\u0301@example.com"));
    for (const form of [
      "Jos\u00e9@example.com",
      "JOSE\u0301@EXAMPLE.COM",
      "\uff2aos\u00e9@example.com",
      "jos\u00c9@example\uff0ecom",
    ]) {
      expect(await find(form)).toEqual([id]);
      expect(await service.call("POST", "/Users", person(form))).toMatchObject({
        status: 409,
        body: { scimType: "uniqueness" },
      });
    }
    expect(await find("jose@example.com")).toEqual([]);
    expect((await service.call("GET", `/Users/${id}`)).body.userName).toBe("Jos\u00e9@example.com");
  });

  it("so it is on PUT and PATCH, and a userName that is prepared to the same is no change", async () => {
    const id = await service.create("/Users", person("\u00e5sa"));
    const { headers } = await service.call("GET", `/Users/${id}`);
    const put = await service.call("PUT", `/Users/${id}`, person("a\u030asa"));
    const schemas = ["urn:ietf:params:scim:api:messages:2.0:PatchOp"];
    const patch = (value: unknown, path?: string) =>
      service.call("PATCH", `/Users/${id}`, { schemas, Operations: [{ op: "replace", path, value }] });
    const patched = [await patch("a\u030asa", "userName"), await patch({ userName: "\u212bsa".toLowerCase() })];
    expect([put, ...patched].map(({ status, body }) => [status, body.userName])).toEqual([
      [200, "\u00e5sa"],
      [200, "\u00e5sa"],
      [200, "\u00e5sa"],
    ]);
    expect((await service.call("GET", `/Users/${id}`)).headers.etag).toBe(headers.etag);
    expect((await patch("\u00d6sa", "userName")).body.userName).toBe("\u00d6sa");
    expect(await find("o\u0308sa")).toEqual([id]);
  });

  it("a password reaches the store prepared: spaces are ASCII ones, and it is in NFC", async () => {
    passwords.length = 0;
    const id = await service.create("/Users", person("secretive", { password: "cafe\u0301\u00a0Ole\u0301" }));
    await service.call("PUT", `/Users/${id}`, person("secretive", { password: "\u2003X\uff21" }));
    await service.call("PATCH", `/Users/${id}`, {
      schemas: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
      Operations: [{ op: "replace", path: "password", value: "n\u0303" }],
    });
    expect(passwords).toEqual(["caf\u00e9 Ol\u00e9", " X\uff21", "\u00f1"]);
  });
});
