/** What the memory store keeps of a password: nothing. RFC 7643 §4.1.1, §7.8. */
import { createScim } from "scimkit";
import { memoryStores } from "scimkit/memory";
import { expect, test } from "vitest";

test("a password that is written with POST, PUT or PATCH is not in the memory store", async () => {
  const { users } = memoryStores();
  const scim = createScim({ users, authenticate: () => ({}), features: { changePassword: true } });
  const send = async (method: string, url: string, json: object): Promise<number> => {
    const headers = { "content-type": "application/scim+json" };
    return (await scim.handle({ method, url, headers, baseUrl: "https://x.example", body: { json } })).status;
  };
  const kept = (): string => JSON.stringify(users.snapshot({}));
  expect(await send("POST", "/Users", { userName: "ann", password: "t1meMa$heen" })).toBe(201);
  const path = `/Users/${users.snapshot({})[0]?.id}`;
  expect(await send("PUT", path, { userName: "anna", password: "t1meMa$heen" })).toBe(200);
  const replace = { op: "replace", value: { password: "t1meMa$heen", nickName: "An" } };
  const schemas = ["urn:ietf:params:scim:api:messages:2.0:PatchOp"];
  expect(await send("PATCH", path, { schemas, Operations: [replace] })).toBe(200);
  expect(kept()).toContain('"nickName":"An"');
  expect(kept()).not.toMatch(/password|t1meMa/);
});
