/** Long groups and pages over every mount: the same bytes as short ones would have. RFC 7644 §3.4.1, §3.4.2. */
import { createScim, type ScimError } from "scimkit";
import { memoryStores } from "scimkit/memory";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Mounted, mounts } from "../mounts.ts";

const userSchema = "urn:ietf:params:scim:schemas:core:2.0:User";
const groupSchema = "urn:ietf:params:scim:schemas:core:2.0:Group";
const size = 2_345;

describe.each(mounts)("$name", (mount) => {
  const errors: ScimError[] = [];
  let mounted: Mounted;
  let group = "";

  beforeAll(async () => {
    const { users, groups } = memoryStores();
    const limits = { maxPageSize: 5_000 };
    const onError = (error: ScimError): void => void errors.push(error);
    const scim = createScim({ users, groups, authenticate: () => "anyone", limits, onError });
    const create = async (url: string, json: unknown): Promise<string> => {
      const headers = { "content-type": "application/scim+json" };
      const { body = "" } = await scim.handle({
        method: "POST",
        url,
        headers,
        baseUrl: "https://x.io",
        body: { json },
      });
      return String(JSON.parse(body).id);
    };
    const members: { value: string }[] = [];
    for (let at = 0; at < size; at++) {
      const user = { schemas: [userSchema], userName: `zoë${at}`, displayName: '\u{1f600} \u2028 "quoted"' };
      members.push({ value: await create("/Users", user) });
    }
    group = await create("/Groups", { schemas: [groupSchema], displayName: "Everybody", members });
    await create("/Groups", { schemas: [groupSchema], displayName: "Nobody" });
    mounted = await mount.open(scim);
  });
  afterAll(() => mounted.close());

  /** JSON as `JSON.stringify` writes it is what its own reading is written as. */
  const expectCanonical = (text: string): void => expect(JSON.stringify(JSON.parse(text))).toBe(text);

  it("sends a group with all its members", async () => {
    const { status, text, json, headers } = await mounted.send({ method: "GET", path: `/Groups/${group}` });
    expect(status).toBe(200);
    expect(json).toMatchObject({ id: group, displayName: "Everybody", meta: { resourceType: "Group" } });
    expect(json).toHaveProperty("members.length", size);
    expect(headers).toMatchObject({ "content-type": "application/scim+json", etag: 'W/"1"' });
    expectCanonical(text);
  });

  it("sends it again as it was, and anew once it has changed", async () => {
    const read = () => mounted.send({ method: "GET", path: `/Groups/${group}` });
    const before = await read();
    expect((await read()).text).toBe(before.text);
    const value = String(/"members":\[\{"value":"([^"]+)"/.exec(before.text)?.[1]);
    const change = (op: string, path: string, more: object) =>
      mounted.send({
        method: "PATCH",
        path: `/Groups/${group}`,
        headers: { "content-type": "application/scim+json" },
        body: JSON.stringify({
          schemas: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
          Operations: [{ op, path, ...more }],
        }),
      });
    expect((await change("remove", `members[value eq "${value}"]`, {})).status).toBe(204);
    const less = await read();
    expect(less.json).toHaveProperty("members.length", size - 1);
    expect(less.text).not.toContain(value);
    expect((await change("add", "members", { value: [{ value }] })).status).toBe(204);
    expect((await read()).json).toHaveProperty("members.length", size);
  });

  it("answers HEAD without it, and 304 to who has it", async () => {
    const head = await mounted.send({ method: "HEAD", path: `/Groups/${group}` });
    expect(head).toMatchObject({ status: 200, text: "" });
    const headers = { "If-None-Match": String(head.headers.etag) };
    expect(await mounted.send({ method: "GET", path: `/Groups/${group}`, headers })).toMatchObject({
      status: 304,
      text: "",
    });
  });

  it("sends it within a list, and in the answer to a PUT", async () => {
    const list = await mounted.send({ method: "GET", path: "/Groups" });
    expect(list.json).toMatchObject({
      totalResults: 2,
      itemsPerPage: 2,
      Resources: [{ displayName: "Everybody" }, {}],
    });
    expect(list.json).toHaveProperty("Resources.0.members.length", size);
    expectCanonical(list.text);
    const { json } = await mounted.send({ method: "GET", path: `/Groups/${group}` });
    const put = await mounted.send({
      method: "PUT",
      path: `/Groups/${group}`,
      headers: { "content-type": "application/scim+json" },
      body: JSON.stringify({ ...(typeof json === "object" ? json : {}), displayName: "All" }),
    });
    expect(put.json).toMatchObject({ displayName: "All" });
    expect(put.json).toHaveProperty("members.length", size);
    expectCanonical(put.text);
  });

  it("sends a page of thousands", async () => {
    const { json, text } = await mounted.send({ method: "GET", path: "/Users?count=5000" });
    expect(json).toMatchObject({ totalResults: size, itemsPerPage: size, startIndex: 1 });
    expect(json).toHaveProperty("Resources.length", size);
    expectCanonical(text);
  });

  it("has nothing to report", () => {
    expect(errors).toEqual([]);
  });
});
