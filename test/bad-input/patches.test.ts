/** PATCH messages that cannot be understood, or not be done, change nothing. RFC 7644 §3.5.2, §3.12. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openHost } from "../host.ts";
import { served } from "../served.ts";
import { openSession, patchOp, type Session } from "../session.ts";
import { expectRefused, type Refusal } from "./refused.ts";

const one = (operation: unknown): unknown => ({ schemas: [patchOp], Operations: [operation] });
const syntax: Refusal = [400, "invalidSyntax"];
const path: Refusal = [400, "invalidPath"];
const value: Refusal = [400, "invalidValue"];

const messages: readonly (readonly [name: string, message: unknown, refusal: Refusal])[] = [
  ["no operations", { schemas: [patchOp] }, syntax],
  ["another message", { schemas: ["urn:ietf:params:scim:api:messages:2.0:SearchRequest"], filter: "id pr" }, syntax],
  ["a resource", { schemas: ["urn:ietf:params:scim:schemas:core:2.0:User"], userName: "bo" }, syntax],
  ["SCIM 1.1", { schemas: ["urn:scim:schemas:core:1.0"], members: [{ value: "1", operation: "delete" }] }, syntax],
  ["operations that are no list", { schemas: [patchOp], Operations: { op: "add" } }, syntax],
  ["an operation that is a string", one("add"), syntax],
  ["an operation that is null", one(null), syntax],
  ["no op", one({ path: "title", value: "x" }), syntax],
  ["an unknown op", one({ op: "move", path: "title", value: "x" }), syntax],
  ["an op that is a number", one({ op: 1, path: "title", value: "x" }), syntax],
  ["__proto__ as op", one({ op: "__proto__", path: "title", value: "x" }), syntax],
  ["a path that is a number", one({ op: "add", path: 7, value: "x" }), path],
  ["add without value", one({ op: "add", path: "title" }), value],
  ["replace without path, with a number", one({ op: "replace", value: 7 }), value],
  ["replace without path, with a list", one({ op: "replace", value: [{ title: "x" }] }), value],
  ["remove without path", one({ op: "remove" }), [400, "noTarget"]],
  ["an unknown attribute", one({ op: "replace", path: "shoeSize", value: 42 }), path],
  ["an unknown sub-attribute", one({ op: "replace", path: "name.maidenName", value: "Lee" }), path],
  ["an open bracket", one({ op: "replace", path: 'emails[type eq "work"', value: "x" }), path],
  ["words after the path", one({ op: "replace", path: "title or else", value: "x" }), path],
  ["two sub-attributes", one({ op: "replace", path: "name.givenName.first", value: "x" }), path],
  ["10,000 open brackets in the path", one({ op: "remove", path: "emails[".repeat(10_000) }), path],
  ["a path of 1 MB", one({ op: "remove", path: `emails[value eq "${"x".repeat(1_048_576)}"]` }), path],
  ["a quote and a thousand newlines", one({ op: "remove", path: `emails[value eq "${"\n".repeat(1_000)}` }), path],
  ["a filter on a simple attribute", one({ op: "remove", path: 'title[value eq "x"]' }), path],
  ["a filter that asks what cannot be", one({ op: "remove", path: "emails[primary gt true]" }), [400, "invalidFilter"]],
  [
    "a read-only attribute",
    one({ op: "replace", path: "meta.created", value: "2020-01-01T00:00:00Z" }),
    [400, "mutability"],
  ],
  ["a required attribute, removed", one({ op: "remove", path: "userName" }), [400, "mutability"]],
  ["a required attribute, emptied", one({ op: "replace", path: "userName", value: "" }), value],
  ["a wrong type", one({ op: "replace", path: "active", value: "perhaps" }), value],
  ["an object at a string", one({ op: "replace", path: "title", value: { a: 1 } }), value],
];

describe.each(served())("PATCH over $name", (mount) => {
  let session: Session;
  let ann: string;
  beforeAll(async () => {
    session = await openSession(mount);
    const emails = [{ type: "work", value: "ann@x.io" }];
    ann = await session.host.create("/Users", { userName: "ann", title: "Pilot", emails });
    await session.host.takeEvents();
  });
  afterAll(() => session.mounted.close());

  test.each(messages)("%s", async (_, message, refusal) => {
    const before = await session.send("GET", `/Users/${ann}`);
    await expectRefused(await session.send("PATCH", `/Users/${ann}`, message), refusal, session);
    expect((await session.send("GET", `/Users/${ann}`)).json).toEqual(before.json);
    expect(await session.host.takeEvents()).toEqual([]);
  });

  test("10,000 operations are more than the default limit: 400, and none is done", async () => {
    const operations = Array.from({ length: 10_000 }, (_, index) => ({ op: "add", path: "title", value: `${index}` }));
    await expectRefused(await session.patch(`/Users/${ann}`, ...operations), syntax, session);
    expect((await session.host.state()).users.ann?.title).toBe("Pilot");
  });

  test("the limit can be set", async () => {
    const two = await openSession(mount, await openHost(mount, { limits: { patchOperations: 2 } }));
    const id = await two.host.create("/Users", { userName: "bo" });
    const title = { op: "add", path: "title", value: "x" };
    expect((await two.patch(`/Users/${id}`, title, title)).status).toBe(200);
    await expectRefused(await two.patch(`/Users/${id}`, title, title, title), syntax, two);
    await two.mounted.close();
  });

  test("an operation that fails takes those before it back", async () => {
    const operations = [
      { op: "replace", path: "title", value: "Captain" },
      { op: "replace", path: "shoeSize", value: 42 },
    ];
    await expectRefused(await session.patch(`/Users/${ann}`, ...operations), path, session);
    expect((await session.host.state()).users.ann?.title).toBe("Pilot");
  });
});
