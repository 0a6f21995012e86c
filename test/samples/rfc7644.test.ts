/** The examples of RFC 7644 §3: each request is sent, with ids that exist, and answered as the RFC says. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Answered } from "../client.ts";
import { isObject, match } from "../match.ts";
import { served } from "../served.ts";
import { valueAt } from "../variables.ts";
import { ownWords, type SampleHost, type Stand, sampleHost } from "./sample.ts";

const babs: Stand = {
  named: /2819c223[-.\w]*413861904646/g,
  endpoint: "/Users",
  resource: {
    userName: "bjensen",
    externalId: "bjensen",
    displayName: "Babs Jensen",
    name: { formatted: "Ms. Barbara J Jensen III", familyName: "Jensen", givenName: "Barbara" },
    phoneNumbers: [{ value: "555-555-8377", type: "work" }],
    emails: [{ value: "bjensen@example.com", type: "work" }],
    addresses: [
      { type: "work", streetAddress: "100 Universal City Plaza", locality: "Hollywood", country: "USA" },
      { type: "home", streetAddress: "456 Hollywood Blvd", locality: "Hollywood", primary: true },
    ],
  },
};
const james: Stand = {
  named: /08e1d05d[-.\w]*473d93df9210|c75ad752-64ae-4823-840d-ffa80929976c/g,
  endpoint: "/Users",
  resource: { userName: "jsmith", displayName: "Smith, James" },
};
const group: Stand = {
  named: /acbf3ae7[-.\w]*9b4da3f908ce/g,
  endpoint: "/Groups",
  resource: { displayName: "Smith Family" },
};
const memberBabs = { members: [{ value: "2819c223-7f76-453a-919d-413861904646" }] };

const problems = (expected: unknown, { json }: Answered): readonly string[] => match(expected, json);

describe.each(served())("RFC 7644 examples over $name", (mount) => {
  let sample: SampleHost;
  let people: readonly string[];
  const open = async (stands: readonly Stand[]): Promise<void> => {
    await sample?.mounted.close();
    sample = await sampleHost(mount, stands);
    people = sample.ids;
  };
  const members = async (): Promise<readonly unknown[]> => {
    const { json } = await sample.get(`/Groups/${people[2]}?attributes=members.value`);
    const list = valueAt(json, "members") ?? [];
    return Array.isArray(list) ? list.map((member) => valueAt(member, "value")) : [list];
  };
  beforeEach(() => open([babs, james, group]));
  afterEach(() => sample.mounted.close());

  test.each(["rfc7644-3.3-create-user", "rfc7644-3.14-create-user"])("%s", async (name) => {
    await open([]);
    const answer = await sample.send(name);
    expect(answer.status).toBe(201);
    expect(problems(ownWords(sample.read(name).response?.body), answer)).toEqual([]);
    const id = valueAt(answer.json, "id");
    expect(answer.headers.location).toBe(`${sample.mounted.baseUrl}/Users/${id}`);
    expect(valueAt(answer.json, "meta.location")).toBe(answer.headers.location);
    expect(valueAt(answer.json, "meta.version")).toBe(answer.headers.etag);
  });

  test("rfc7644-3.4.1-retrieve-user", async () => {
    const answer = await sample.send("rfc7644-3.4.1-retrieve-user");
    expect(answer.status).toBe(200);
    const { response } = sample.read("rfc7644-3.4.1-retrieve-user");
    expect(problems({ ...ownWords(response?.body), id: people[0] }, answer)).toEqual([]);
    expect(answer.headers.location).toBe(`${sample.mounted.baseUrl}/Users/${people[0]}`);
    expect(answer.headers["content-type"]).toMatch(/^application\/scim\+json/);
  });

  test("rfc7644-3.4.2-query-user-names", async () => {
    const answer = await sample.send("rfc7644-3.4.2-query-user-names");
    const body = sample.read("rfc7644-3.4.2-query-user-names").response?.body;
    expect(answer.status).toBe(200);
    expect(problems(body, answer)).toEqual([]);
    const resources = valueAt(answer.json, "Resources");
    const keys = Array.isArray(resources) ? resources.flatMap((resource) => Object.keys(resource)) : [];
    expect(new Set(keys)).toEqual(new Set(["schemas", "id", "userName"]));
  });

  test("rfc7644-3.4.2.4-first-page", async () => {
    const users = Array.from({ length: 100 }, (_, index) => index);
    await open(users.map((index) => ({ named: /never/g, endpoint: "/Users", resource: { userName: `user${index}` } })));
    const answer = await sample.send("rfc7644-3.4.2.4-first-page");
    const printed = sample.read("rfc7644-3.4.2.4-first-page-response").json;
    expect(answer.status).toBe(200);
    expect(problems({ ...printed, Resources: { $length: 10 } }, answer)).toEqual([]);
  });

  test("rfc7644-3.4.3-search", async () => {
    const answer = await sample.send("rfc7644-3.4.3-search");
    const printed = sample.read("rfc7644-3.4.3-search").response?.body?.Resources;
    const resources = Array.isArray(printed) ? printed.map(ownWords) : [];
    expect(answer.status).toBe(200);
    expect(problems({ totalResults: 2, startIndex: 1, Resources: { $anyOrder: resources } }, answer)).toEqual([]);
    expect(resources).toHaveLength(2);
  });

  test("rfc7644-3.5.1-replace-user", async () => {
    const before = await sample.get(`/Users/${people[0]}`);
    const answer = await sample.send("rfc7644-3.5.1-replace-user");
    const { response } = sample.read("rfc7644-3.5.1-replace-user");
    expect(answer.status).toBe(200);
    expect(problems({ ...ownWords(response?.body), id: people[0], addresses: { $absent: true } }, answer)).toEqual([]);
    expect(answer.headers.etag).not.toBe(before.headers.etag);
    expect(answer.headers.location).toBe(`${sample.mounted.baseUrl}/Users/${people[0]}`);
  });

  test("rfc7644-3.5.1-replace-user, the resource having changed since", async () => {
    const { request } = sample.read("rfc7644-3.5.1-replace-user");
    const answer = await sample.mounted.send({
      method: "PUT",
      path: request?.path ?? "",
      headers: { ...request?.headers },
      body: JSON.stringify(request?.body),
    });
    expect(answer.status).toBe(412);
    expect(problems({ status: "412" }, answer)).toEqual([]);
  });

  test("rfc7644-3.5.2.1-add-members, and again", async () => {
    const answer = await sample.send("rfc7644-3.5.2.1-add-members");
    expect([answer.status, answer.text]).toEqual([204, ""]);
    expect(await members()).toEqual([people[0]]);
    const { etag } = answer.headers;
    expect(etag).toMatch(/^W\/"/);
    const again = await sample.send("rfc7644-3.5.2.1-add-members");
    expect([again.status, again.headers.etag]).toEqual([204, etag]);
    expect(await members()).toEqual([people[0]]);
  });

  test("rfc7644-3.5.2.1-add-without-path", async () => {
    const answer = await sample.send("rfc7644-3.5.2.1-add-without-path");
    expect(answer.status).toBe(200);
    const emails = [
      { value: "bjensen@example.com", type: "work" },
      { value: "babs@jensen.org", type: "home" },
    ];
    expect(problems({ nickName: "Babs", emails, nickname: { $absent: true } }, answer)).toEqual([]);
  });

  test("rfc7644-3.5.2.2-remove-member, and one who is none", async () => {
    await open([babs, james, { ...group, resource: { ...group.resource, ...memberBabs } }]);
    const answer = await sample.send("rfc7644-3.5.2.2-remove-member");
    expect(answer.status).toBe(204);
    expect(await members()).toEqual([]);
    const again = await sample.send("rfc7644-3.5.2.2-remove-member");
    expect([again.status, again.headers.etag]).toEqual([204, answer.headers.etag]);
  });

  test("rfc7644-3.5.2.2-remove-all-members", async () => {
    await open([babs, james, { ...group, resource: { ...group.resource, ...memberBabs } }]);
    expect((await sample.send("rfc7644-3.5.2.2-remove-all-members")).status).toBe(204);
    expect(await members()).toEqual([]);
  });

  test("rfc7644-3.5.2.2-remove-emails", async () => {
    const emails = [
      { value: "bjensen@example.com", type: "work" },
      { value: "babs@jensen.org", type: "work" },
      { value: "home@example.com", type: "home" },
    ];
    await open([{ ...babs, resource: { ...babs.resource, emails } }]);
    const answer = await sample.mounted.send({
      method: "PATCH",
      path: `/Users/${people[0]}`,
      headers: { Authorization: "Bearer h480djs93hd8", "Content-Type": "application/scim+json" },
      body: JSON.stringify(sample.read("rfc7644-3.5.2.2-remove-emails").json),
    });
    expect(answer.status).toBe(200);
    expect(valueAt(answer.json, "emails")).toEqual(emails.slice(1));
  });

  test("rfc7644-3.5.2.2-remove-and-add-member", async () => {
    await open([babs, james, { ...group, resource: { ...group.resource, ...memberBabs } }]);
    expect((await sample.send("rfc7644-3.5.2.2-remove-and-add-member")).status).toBe(204);
    expect(await members()).toEqual([people[1]]);
  });

  test.each(["rfc7644-3.5.2-patch-structure", "rfc7644-3.5.2.2-replace-members", "rfc7644-3.5.2.3-replace-members"])(
    "%s",
    async (name) => {
      const { json, request } = sample.read(name);
      const body = request?.body ?? json;
      const answer = await sample.send("rfc7644-3.5.2.3-replace-members", { body });
      expect(answer.status).toBe(204);
      const expected = request === undefined ? people.slice(0, 1) : people.slice(0, 2);
      expect([...(await members())].sort()).toEqual([...expected].sort());
    },
  );

  test("rfc7644-3.5.2.3-replace-work-address: primary is reset elsewhere", async () => {
    const answer = await sample.send("rfc7644-3.5.2.3-replace-work-address");
    const operations = sample.read("rfc7644-3.5.2.3-replace-work-address").request?.body?.Operations;
    const work: unknown = Array.isArray(operations) ? valueAt(operations[0], "value") : undefined;
    expect(answer.status).toBe(200);
    expect(isObject(work)).toBe(true);
    const home = { type: "home", streetAddress: "456 Hollywood Blvd", primary: { $oneOf: [false, { $absent: true }] } };
    expect(problems({ addresses: { $anyOrder: [work, home] } }, answer)).toEqual([]);
  });

  test("rfc7644-3.5.2.3-replace-street-address", async () => {
    const answer = await sample.send("rfc7644-3.5.2.3-replace-street-address");
    expect(answer.status).toBe(200);
    const work = { type: "work", streetAddress: "1010 Broadway Ave", locality: "Hollywood", country: "USA" };
    const home = { type: "home", streetAddress: "456 Hollywood Blvd" };
    expect(problems({ addresses: [{ $exactly: work }, home] }, answer)).toEqual([]);
  });

  test("rfc7644-3.5.2.3-replace-without-path: other attributes are unaffected", async () => {
    const answer = await sample.send("rfc7644-3.5.2.3-replace-without-path");
    expect(answer.status).toBe(200);
    const emails = [
      { value: "bjensen@example.com", type: "work", primary: true },
      { value: "babs@jensen.org", type: "home" },
    ];
    const { addresses, phoneNumbers, name } = babs.resource;
    expect(problems({ emails, nickName: "Babs", addresses, phoneNumbers, name }, answer)).toEqual([]);
  });

  test("rfc7644-3.6-delete-user, rfc7644-3.6-retrieve-deleted-user", async () => {
    const answer = await sample.send("rfc7644-3.6-delete-user");
    expect([answer.status, answer.text]).toEqual([204, ""]);
    const gone = await sample.send("rfc7644-3.6-retrieve-deleted-user");
    const printed = sample.read("rfc7644-3.6-retrieve-deleted-user").response;
    expect(gone.status).toBe(printed?.status);
    expect(problems({ ...printed?.body, detail: { $type: "string" } }, gone)).toEqual([]);
    const { userName } = babs.resource;
    await expect(sample.host.create("/Users", { userName })).resolves.toEqual(expect.any(String));
  });

  test("rfc7644-3.8-uri-suffix: a format is asked for by Accept; a suffix is part of the id", async () => {
    const answer = await sample.get(sample.read("rfc7644-3.8-uri-suffix").request?.path ?? "");
    expect(answer.status).toBe(404);
    expect(problems({ status: "404", detail: { $type: "string" } }, answer)).toEqual([]);
  });

  test("rfc7644-3.9-retrieve-user-name", async () => {
    const answer = await sample.send("rfc7644-3.9-retrieve-user-name");
    expect(answer.status).toBe(200);
    const body = sample.read("rfc7644-3.9-retrieve-user-name").response?.body;
    expect(answer.json).toEqual({ ...body, id: people[0] });
    expect(answer.headers.etag).toMatch(/^W\/"/);
  });

  test("rfc7644-3.12-not-found", async () => {
    const answer = await sample.get("/Users/2819c223-7f76-453a-919d-413861904640");
    const printed = sample.read("rfc7644-3.12-not-found").response;
    expect(answer.status).toBe(printed?.status);
    expect(problems({ $exactly: { ...printed?.body, detail: { $type: "string" } } }, answer)).toEqual([]);
  });

  test("rfc7644-3.12-read-only: in a PATCH; §3.5.1 has a PUT ignore the id", async () => {
    const answer = await sample.send("rfc7644-3.5.2.3-replace-street-address", {
      body: {
        schemas: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
        Operations: [{ op: "replace", path: "id", value: "42" }],
      },
    });
    const printed = sample.read("rfc7644-3.12-read-only").response;
    expect(answer.status).toBe(printed?.status);
    expect(problems({ $exactly: { ...printed?.body, detail: { $matches: "id" } } }, answer)).toEqual([]);
  });

  test("rfc7644-3.14-conditional-retrieval: not modified, then modified", async () => {
    const answer = await sample.send("rfc7644-3.14-conditional-retrieval");
    expect([answer.status, answer.text]).toEqual([304, ""]);
    const { request } = sample.read("rfc7644-3.14-conditional-retrieval");
    const modified = await sample.mounted.send({
      method: "GET",
      path: request?.path ?? "",
      headers: { ...request?.headers },
    });
    expect(modified.status).toBe(200);
    expect(problems({ id: people[0], displayName: "Babs Jensen" }, modified)).toEqual([]);
  });
});
