/** With one connection's token, nothing leads into another workspace of the app. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Answered } from "../client.ts";
import { isObject, type JsonObject } from "../match.ts";
import { provision, provisionGroup } from "./provision.ts";
import { ownerPassword, type RunningApp, startApp, startUp } from "./running.ts";
import { signedIn } from "./visitor.ts";

const patchOp = "urn:ietf:params:scim:api:messages:2.0:PatchOp";
const bulkRequest = "urn:ietf:params:scim:api:messages:2.0:BulkRequest";
const searchRequest = "urn:ietf:params:scim:api:messages:2.0:SearchRequest";

let app: RunningApp;
/** What Northwind has, and the token of its connection. */
let theirs: { readonly token: string; readonly user: string; readonly other: string; readonly group: string };
/** What Contoso has, whose token the tests use. */
let ours: { readonly user: string; readonly group: string };

beforeAll(async () => {
  app = await startApp();
  const token = await connect("Northwind");
  const user = await provision(app, { userName: "secret.person@northwind.example", externalId: "secret-1" }, token);
  const other = await provision(app, { userName: "second.secret@northwind.example" }, token);
  const group = await provisionGroup(app, { displayName: "Secret plans", members: [{ value: user }] }, token);
  theirs = { token, user, other, group };
  const mine = await provision(app, { userName: "ours@contoso.example" });
  ours = { user: mine, group: await provisionGroup(app, { displayName: "Ours", members: [{ value: mine }] }) };
}, startUp);

afterAll(() => app.close());

describe("By id", () => {
  it.each(["GET", "PUT", "PATCH", "DELETE"])("%s finds nothing", async (method) => {
    for (const [path, resource] of [
      [`/Users/${theirs.user}`, { userName: "taken.over@contoso.example" }],
      [`/Groups/${theirs.group}`, { displayName: "Taken over" }],
    ] as const) {
      const body =
        method === "PUT"
          ? resource
          : { schemas: [patchOp], Operations: [{ op: "replace", value: { ...resource, active: false } }] };
      expect((await ask(method, path, method === "PUT" || method === "PATCH" ? body : undefined)).status).toBe(404);
    }
    await nothingHasChanged();
  });
});

describe("By filter", () => {
  it.each([
    '/Users?filter=userName eq "secret.person@northwind.example"',
    '/Users?filter=externalId eq "secret-1"',
    '/Users?filter=userName co "secret"',
    '/Users?filter=not (userName eq "x")&count=1000',
    '/Users?filter=userName eq "x" or userName pr&count=1000',
    "/Users?count=1000&sortBy=userName",
    '/Groups?filter=displayName eq "Secret plans"',
    "/Groups?count=1000",
    '/?filter=displayName co "secret" or userName co "secret"',
  ])("%s", async (path) => {
    const answer = await ask("GET", path.replaceAll(" ", "%20").replaceAll('"', "%22"));
    expect(answer.status).toBe(200);
    expect(answer.text).not.toMatch(/secret/i);
    expect(answer.text).not.toContain("northwind");
  });

  it("finds nobody by the id of theirs", async () => {
    for (const filter of [
      `id eq "${theirs.user}"`,
      `groups.value eq "${theirs.group}"`,
      `manager eq "${theirs.user}"`,
    ]) {
      expect(await ask("GET", `/Users?filter=${encodeURIComponent(filter)}`)).toMatchObject({
        json: { totalResults: 0 },
      });
    }
    const members = `members.value eq "${theirs.user}"`;
    expect(await ask("GET", `/Groups?filter=${encodeURIComponent(members)}`)).toMatchObject({
      json: { totalResults: 0 },
    });
  });

  it("nor in the body of a search", async () => {
    const body = { schemas: [searchRequest], filter: "userName pr", count: 1000 };
    expect((await ask("POST", "/Users/.search", body)).text).not.toContain("northwind");
    expect((await ask("POST", "/.search", { ...body, filter: "meta.created pr" })).text).not.toMatch(
      /northwind|secret/i,
    );
  });
});

describe("By reference", () => {
  it("of a member: refused, and the group stays as it is", async () => {
    const members = [{ value: theirs.user }];
    const added = await ask("PATCH", `/Groups/${ours.group}`, {
      schemas: [patchOp],
      Operations: [{ op: "Add", path: "members", value: members }],
    });
    const made = await ask("POST", "/Groups", { displayName: "Mixed", members });
    const put = await ask("PUT", `/Groups/${ours.group}`, { displayName: "Ours", members });
    for (const answer of [added, made, put]) expect(answer.status).toBe(400);
    const { json } = await ask("GET", `/Groups/${ours.group}`);
    expect(json).toMatchObject({ members: [{ value: ours.user }] });
    await nothingHasChanged();
  });

  it("of a bulk request: each operation is refused by itself", async () => {
    const Operations = [
      { method: "PATCH", path: `/Users/${theirs.user}`, data: { Operations: [{ op: "remove", path: "active" }] } },
      { method: "DELETE", path: `/Groups/${theirs.group}` },
      {
        method: "POST",
        path: "/Groups",
        bulkId: "g",
        data: { displayName: "Bulk", members: [{ value: theirs.user }] },
      },
      {
        method: "POST",
        path: "/Groups",
        bulkId: "h",
        data: { displayName: "Bulk 2", members: [{ value: "bulkId:x" }] },
      },
    ];
    const { json } = await ask("POST", "/Bulk", { schemas: [bulkRequest], Operations });
    const answers = isObject(json) && Array.isArray(json.Operations) ? json.Operations.filter(isObject) : [];
    expect(answers.map(({ status }) => status)).toEqual(["404", "404", "400", expect.stringMatching(/^4/)]);
    await nothingHasChanged();
  });

  it("of a cursor: it is good for its own tenant alone", async () => {
    const theirPage = await ask("GET", "/Users?cursor&count=1", undefined, theirs.token);
    const cursor = isObject(theirPage.json) ? String(theirPage.json.nextCursor) : "";
    expect(cursor).not.toBe("undefined");
    const stolen = await ask("GET", `/Users?cursor=${encodeURIComponent(cursor)}&count=1`);
    expect(stolen).toMatchObject({ status: 400, json: { scimType: "invalidCursor" } });
  });
});

describe("What is unique", () => {
  it("is so in a workspace: both have the same userName, externalId and displayName", async () => {
    await provision(app, { userName: "secret.person@northwind.example", externalId: "secret-1" });
    await provisionGroup(app, { displayName: "secret plans" });
    await nothingHasChanged();
  });
});

describe("In the product", () => {
  it("an owner sees and changes nothing of another organisation", async () => {
    const olivia = await signedIn(app.origin, "olivia@contoso.example", ownerPassword);
    const nora = await signedIn(app.origin, "nora@northwind.example", ownerPassword);
    const address = (await nora.get("/")).location ?? "";
    for (const path of [address, `${address}/live`, `${address}/people/${theirs.user}`]) {
      expect((await olivia.get(path)).status).toBe(404);
    }
    expect((await olivia.post(`${address}/people/${theirs.user}/role`, { role: "guest" })).status).toBe(404);
    const own = (await olivia.get("/")).location ?? "";
    expect((await olivia.get(`${own}/people/${theirs.user}`)).status).toBe(404);
    expect((await olivia.post(`${own}/people/${theirs.user}/role`, { role: "guest" })).status).toBe(404);
    await nothingHasChanged();
  });
});

/** Connects the first workspace of an organisation; the token. */
async function connect(name: string): Promise<string> {
  const { db, connections } = app.product;
  const row = await db.selectFrom("organisations").where("name", "=", name).select("id").executeTakeFirstOrThrow();
  const [workspace] = await connections.workspaces(row.id);
  if (workspace === undefined) throw new Error(`${name} has no workspace.`);
  const connection = await connections.create(row.id, { workspace: workspace.id, defaultRole: "member" });
  return (await connections.issueToken(row.id, connection.id)).secret;
}

function ask(method: string, path: string, body?: JsonObject, token?: string): Promise<Answered> {
  return app.scim(token)({ method, path, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
}

async function nothingHasChanged(): Promise<void> {
  const user = await ask("GET", `/Users/${theirs.user}`, undefined, theirs.token);
  expect(user.json).toMatchObject({ userName: "secret.person@northwind.example", active: true });
  const group = await ask("GET", `/Groups/${theirs.group}`, undefined, theirs.token);
  expect(group.json).toMatchObject({ displayName: "Secret plans", members: [{ value: theirs.user }] });
  const { db } = app.product;
  const row = await db.selectFrom("users").where("id", "=", theirs.user).select("role").executeTakeFirst();
  expect(row?.role).toBe("member");
}
