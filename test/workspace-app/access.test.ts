/** Access in the workspace app, over HTTP: roles by groups, seats, the last owner, what a deactivation ends, and a way back. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isObject, type JsonObject } from "../match.ts";
import { patch, provision, provisionGroup } from "./provision.ts";
import { ownerPassword, type RunningApp, startApp, startUp } from "./running.ts";
import { newVisitor, signedIn, type Visitor } from "./visitor.ts";

const password = "a long enough password";
let app: RunningApp;
let owner: Visitor;

beforeAll(async () => {
  app = await startApp();
  owner = await signedIn(app.origin, "olivia@contoso.example", ownerPassword);
}, startUp);

afterAll(() => app.close());

describe("Roles", () => {
  let ann: string;
  let admins: string;

  it("follow groups, in the product's own table and in the write's transaction", async () => {
    ann = await provision(app, { userName: "ann@contoso.example" });
    expect(await grants(ann)).toEqual([]);
    admins = await provisionGroup(app, { displayName: "Workspace admins", members: [{ value: ann }] });
    expect(await grants(ann)).toEqual([["Contoso HQ", "admin"]]);
    await patch(app, `/Groups/${admins}`, { op: "Remove", path: `members[value eq "${ann}"]` });
    expect(await grants(ann)).toEqual([]);
    await patch(app, `/Groups/${admins}`, { op: "Add", path: "members", value: [{ value: ann }] });
    expect(await grants(ann)).toEqual([["Contoso HQ", "admin"]]);
  });

  it("leave the default role as it is, and give the highest", async () => {
    const row = await app.product.db.selectFrom("users").where("id", "=", ann).select("role").executeTakeFirst();
    expect(row).toEqual({ role: "member" });
    expect(await me(await scriptOf("ann@contoso.example"))).toMatchObject({
      workspaces: [{ name: "Contoso HQ", role: "admin" }],
    });
  });

  it("go by the group's name, whatever becomes of it", async () => {
    await patch(app, `/Groups/${admins}`, { op: "Replace", path: "displayName", value: "Coffee" });
    expect(await grants(ann)).toEqual([]);
    await patch(app, `/Groups/${admins}`, { op: "Replace", path: "displayName", value: "workspace ADMINS" });
    expect(await grants(ann)).toEqual([["Contoso HQ", "admin"]]);
  });

  it("open another workspace, which is closed again", async () => {
    const lou = await provision(app, { userName: "lou@contoso.example" });
    const labs = await provisionGroup(app, { displayName: "Labs", members: [{ value: lou }] });
    const script = await scriptOf("lou@contoso.example");
    const home = { name: "Contoso HQ", role: "member" };
    expect(await me(script)).toMatchObject({ workspaces: [home, { name: "Contoso Labs", role: "guest" }] });
    expect((await app.scim()({ method: "DELETE", path: `/Groups/${labs}` })).status).toBe(204);
    expect(await me(script)).toMatchObject({ workspaces: [home] });
  });

  it("stay whatever is given by hand", async () => {
    const home = (await owner.get("/")).location;
    await owner.post(`${home}/people/${ann}/role`, { role: "guest" });
    expect(await grants(ann)).toEqual([["Contoso HQ", "admin"]]);
    expect((await owner.get(`${home}/people/${ann}`)).text).toMatch(/Guest<\/span>: it was given here, by hand/);
  });

  it("end with a deactivation, and are there again after it", async () => {
    await patch(app, `/Users/${ann}`, { op: "Replace", path: "active", value: "False" });
    expect(await grants(ann)).toEqual([]);
    await patch(app, `/Users/${ann}`, { op: "Replace", path: "active", value: "True" });
    expect(await grants(ann)).toEqual([["Contoso HQ", "admin"]]);
  });

  it("are not written if the write is refused", async () => {
    const path = `/Groups/${admins}`;
    const operations = [
      { op: "Remove", path: `members[value eq "${ann}"]` },
      { op: "Replace", path: "displayName", value: "" },
    ];
    expect(await patch(app, path, ...operations)).toBe(400);
    expect(await grants(ann)).toEqual([["Contoso HQ", "admin"]]);
  });
});

describe("The last owner", () => {
  let second: string;
  let other: Visitor;
  let home: string;

  it("is anybody but the one of two", async () => {
    second = await provision(app, { userName: "second@contoso.example" });
    home = (await owner.get("/")).location ?? "";
    await owner.post(`${home}/people/${second}/role`, { role: "owner" });
    expect(await patch(app, `/Users/${second}`, ...deactivation.Operations)).toBe(200);
    expect(await patch(app, `/Users/${second}`, { op: "Replace", path: "active", value: "True" })).toBe(200);
  });

  it("stays: 409, with what is to be done", async () => {
    await newVisitor(app.origin).post("/sign-in", { email: "second@contoso.example" });
    other = await accepted("second@contoso.example");
    const olivia = await idOf("olivia@contoso.example");
    expect((await other.post(`${home}/people/${olivia}/role`, { role: "member" })).status).toBe(303);
    for (const method of ["PATCH", "DELETE"]) {
      const body = method === "PATCH" ? { body: JSON.stringify(deactivation) } : {};
      const answer = await app.scim()({ method, path: `/Users/${second}`, ...body });
      expect(answer).toMatchObject({
        status: 409,
        json: { detail: expect.stringMatching(/is the last owner of Contoso\. Make somebody else an owner first/) },
      });
    }
    expect((await other.get("/settings")).status).toBe(200);
    expect((await other.post(`${home}/people/${olivia}/role`, { role: "owner" })).status).toBe(303);
  });

  it("is free to go once there is another", async () => {
    expect((await app.scim()({ method: "DELETE", path: `/Users/${second}` })).status).toBe(204);
    expect((await owner.get("/settings")).status).toBe(200);
  });
});

describe("A deactivation", () => {
  it("ends sessions, API tokens and links, and leaves receipts", async () => {
    const id = await provision(app, { userName: "sam@contoso.example" });
    const visitor = await accepted("sam@contoso.example");
    const script = await tokenOf(visitor);
    expect(await me(script)).toMatchObject({ email: "sam@contoso.example" });
    expect(await patch(app, `/Users/${id}`, ...deactivation.Operations)).toBe(200);
    expect((await visitor.get("/")).location).toBe("/sign-in");
    expect(await me(script)).toBe(401);
    const { db } = app.product;
    for (const table of ["sessions", "api_tokens", "password_resets"] as const) {
      expect(await db.selectFrom(table).where("user_id", "=", id).selectAll().execute()).toEqual([]);
    }
    const receipts = (await access("receipts")).filter(({ user }) => user === id);
    expect(Object.fromEntries(receipts.map(({ surface, ended }) => [surface, ended]))).toEqual({
      sessions: 1,
      apiTokens: 1,
      passwordLinks: 0,
    });
    expect(receipts.every(({ complete, remaining }) => complete && remaining === 0)).toBe(true);
    await patch(app, `/Users/${id}`, { op: "Replace", path: "active", value: "True" });
    expect(await me(script)).toBe(401);
    expect((await visitor.get("/")).location).toBe("/sign-in");
  });
});

describe("A mass deactivation", () => {
  const names = ["p1", "p2", "p3", "p4", "p5", "p6"].map((name) => `${name}@contoso.example`);
  let ids: readonly string[];

  it("warns the owners", async () => {
    ids = await inTurn(names, (userName) => provision(app, { userName }));
    await provisionGroup(app, { displayName: "Workspace admins 2", members: [{ value: ids[0] ?? "" }] });
    await inTurn(ids, (id) => patch(app, `/Users/${id}`, ...deactivation.Operations));
    const warnings = app.letters.filter(({ subject }) => subject.includes("deactivating many people"));
    expect(warnings).toMatchObject([{ to: "olivia@contoso.example" }]);
    expect(warnings[0]?.text).toMatch(/has deactivated \d+ of \d+ people.*\/settings\/undo$/s);
  });

  it("is taken back by an owner, from where it began", async () => {
    const page = await owner.get("/settings/undo");
    const [, from = ""] = /<option value="([^"]+)">[^<]*when p1@contoso.example lost access/.exec(page.text) ?? [];
    const preview = await owner.post("/settings/undo/preview", { from });
    expect(preview.text).toContain("This would be taken back");
    for (const name of names) expect(preview.text).toContain(`Person ${name}: as before`);
    expect(preview.text).not.toContain("sam@contoso.example");
    expect(await activeAmong(names)).toEqual([]);
    expect((await owner.post("/settings/undo/confirmed", { from })).text).toContain("It is taken back");
    expect(await activeAmong(names)).toEqual(names);
    expect((await owner.post("/settings/undo/confirmed", { from })).text).toContain("All is as it was then.");
  });

  it("is nobody's to take back but an owner's, and only their own", async () => {
    const page = await owner.get("/settings/undo");
    const [, from = ""] = /<option value="([^"]+)">/.exec(page.text) ?? [];
    const nora = await signedIn(app.origin, "nora@northwind.example", ownerPassword);
    expect((await nora.post("/settings/undo/confirmed", { from })).status).toBe(400);
    expect((await nora.get("/settings/undo")).text).toContain("Nobody has been deactivated.");
    const lou = await signedIn(app.origin, "lou@contoso.example", password);
    expect((await lou.get("/settings/undo")).status).toBe(403);
    expect((await lou.post("/settings/undo/confirmed", { from })).status).toBe(403);
  });
});

const deactivation = {
  schemas: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
  Operations: [{ op: "Replace", path: "active", value: "False" }],
};

/** What groups grant somebody, by the names of workspaces. */
async function grants(user: string): Promise<readonly (readonly [string, string])[]> {
  const rows = await app.product.db
    .selectFrom("role_grants")
    .innerJoin("workspaces", "workspaces.id", "workspace_id")
    .where("user_id", "=", user)
    .select(["name", "role"])
    .orderBy("name")
    .execute();
  return rows.map(({ name, role }) => [name, role] as const);
}

async function idOf(email: string): Promise<string> {
  const found = app.product.db.selectFrom("users").where("email", "=", email).select("id");
  return (await found.executeTakeFirstOrThrow()).id;
}

async function activeAmong(emails: readonly string[]): Promise<readonly string[]> {
  const found = app.product.db.selectFrom("users").where("email", "in", emails).where("disabled_at", "is", null);
  return (await found.select("email").orderBy("email").execute()).map(({ email }) => email);
}

/** Somebody who has followed their invitation, and signed in. */
async function accepted(email: string): Promise<Visitor> {
  const letter = app.letters.findLast(({ to, text }) => to === email && text.includes("/reset/"));
  const [link = ""] = /http\S+\/reset\/\S+/.exec(letter?.text ?? "") ?? [];
  await fetch(link, { method: "POST", body: new URLSearchParams({ password }) });
  return await signedIn(app.origin, email, password);
}

/** An API token, made on the person's own page. */
async function tokenOf(visitor: Visitor): Promise<string> {
  const { text } = await visitor.post("/account/tokens", { name: "My script" });
  return /<code>([\w-]{43})<\/code>/.exec(text)?.[1] ?? "";
}

async function scriptOf(email: string): Promise<string> {
  return await tokenOf(await accepted(email));
}

/** What `/api/me` says to a token; the status of a refusal. */
async function me(token: string): Promise<JsonObject | number> {
  const { status, text } = await newVisitor(app.origin).get("/api/me", { Authorization: `Bearer ${token}` });
  const said: unknown = JSON.parse(text);
  return status === 200 && isObject(said) ? said : status;
}

async function access(what: "receipts") {
  const { db, connections, access } = app.product;
  const contoso = db.selectFrom("organisations").where("name", "=", "Contoso").select("id");
  const { id: organisation } = await contoso.executeTakeFirstOrThrow();
  const [connection] = await connections.list(organisation);
  return await access[what](organisation, connection?.id ?? "");
}

async function inTurn<T>(names: readonly string[], work: (name: string) => Promise<T>): Promise<readonly T[]> {
  const all: T[] = [];
  for (const name of names) all.push(await work(name));
  return all;
}
