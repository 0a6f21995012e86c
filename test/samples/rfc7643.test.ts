/** The representations of RFC 7643 §8: what is printed is accepted by POST, and comes back. */
import { afterEach, describe, expect, test } from "vitest";
import { isObject, type JsonObject, match } from "../match.ts";
import { served } from "../served.ts";
import { valueAt } from "../variables.ts";
import { ownWords, type SampleHost, type Stand, sampleHost } from "./sample.ts";

const manager: Stand = {
  named: /26118915-6090-4610-87e4-49d8ca9f808d/g,
  endpoint: "/Users",
  resource: { userName: "jsmith@example.com", displayName: "John Smith" },
};
const babs: Stand = {
  named: /2819c223-7f76-453a-919d-413861904646/g,
  endpoint: "/Users",
  resource: { userName: "bjensen@example.com", displayName: "Babs Jensen" },
};
const mandy: Stand = {
  named: /902c246b-6245-4190-8e05-00816be7344a/g,
  endpoint: "/Users",
  resource: { userName: "mandy@example.com", displayName: "Mandy Pepperidge" },
};
const headers = { Authorization: "Bearer h480djs93hd8", "Content-Type": "application/scim+json" };

const enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

/** What a client says in a representation: without what only the server says, and without what it never tells. */
function asserted(representation: unknown): JsonObject {
  const { password: _password, groups: _groups, ...attributes } = ownWords(representation);
  const { [enterprise]: extension, ...core } = attributes;
  if (!isObject(extension) || !isObject(extension.manager)) return attributes;
  const { displayName: _readOnly, $ref: _computed, ...manager } = extension.manager;
  return {
    ...core,
    [enterprise]: { ...extension, manager: { ...manager, $ref: { $matches: `/Users/${manager.value}$` } } },
  };
}

describe.each(served())("RFC 7643 §8 over $name", (mount) => {
  let sample: SampleHost;
  const printed = (name: string): JsonObject => {
    const { json } = sample.read(name);
    if (!isObject(json)) throw new Error(`${name} is not an object.`);
    return json;
  };
  afterEach(() => sample.mounted.close());

  test.each([
    ["rfc7643-8.1-minimal-user", "/Users", []],
    ["rfc7643-8.2-full-user", "/Users", []],
    ["rfc7643-8.3-enterprise-user", "/Users", [manager]],
    ["rfc7643-8.4-group", "/Groups", [babs, mandy]],
  ] as const)("%s is accepted by POST %s, and comes back", async (name, endpoint, stands) => {
    sample = await sampleHost(mount, stands);
    const body = printed(name);
    const created = await sample.mounted.send({ method: "POST", path: endpoint, headers, body: JSON.stringify(body) });
    expect([created.status, match(expectedOf(body), created.json)]).toEqual([201, []]);
    const id = valueAt(created.json, "id");
    expect(id).not.toBe(body.id);
    const read = await sample.get(`${endpoint}/${id}`);
    expect([read.status, match(expectedOf(body), read.json)]).toEqual([200, []]);
    expect(read.text).not.toContain("t1meMa$heen");
    const path = `${endpoint}/${id}`;
    const replaced = await sample.mounted.send({ method: "PUT", path, headers, body: read.text });
    expect([replaced.status, replaced.headers.etag]).toEqual([200, read.headers.etag]);
  });

  test("rfc7643-8.5-service-provider-config and ours has every attribute of it", async () => {
    sample = await sampleHost(mount, []);
    const ours = (await sample.get("/ServiceProviderConfig")).json;
    const { documentationUri: _uri, ...shape } = printed("rfc7643-8.5-service-provider-config");
    for (const [name, value] of Object.entries(shape)) {
      const theirs = isObject(value) ? Object.keys(value).filter((key) => !dates.has(key)) : [];
      const keys = Object.keys(Object(valueAt(ours, name)));
      expect(keys, name).toEqual(expect.arrayContaining(theirs));
    }
    expect(valueAt(ours, "schemas")).toEqual(shape.schemas);
  });

  test("rfc7643-8.6-resource-types", async () => {
    sample = await sampleHost(mount, []);
    const { json } = await sample.get("/ResourceTypes");
    const types = sample.read("rfc7643-8.6-resource-types").json;
    const expected = (Array.isArray(types) ? types : []).map(({ name, endpoint, schema, schemas, id }) => ({
      ...{ name, endpoint, schema, schemas, id },
      meta: { resourceType: "ResourceType", location: `${sample.mounted.baseUrl}/ResourceTypes/${name}` },
    }));
    expect(expected).toHaveLength(2);
    expect(match({ Resources: { $anyOrder: expected } }, json)).toEqual([]);
  });

  /** The members' and the manager's names are ours to say, and a member's $ref is told to those who ask. */
  function expectedOf(body: JsonObject): JsonObject {
    const { members, ...attributes } = asserted(body);
    if (!Array.isArray(members)) return attributes;
    return { ...attributes, members: { $anyOrder: members.map(({ value }) => ({ value, type: "User" })) } };
  }
});

/** What is optional in `meta` (RFC 7643 §3.1). */
const dates: ReadonlySet<string> = new Set(["created", "lastModified", "version"]);
