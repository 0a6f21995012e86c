/** Who may do what: nobody reaches another organisation's connections, and the server enforces the permitted actions. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ask, listAt, type Made, make } from "./api.ts";
import { type OpenHost, openHost } from "./host.ts";

let host: OpenHost;
let made: Made;

beforeAll(async () => {
  host = await openHost();
  made = await make(host);
});
afterAll(() => host.close());

/** Every route that there is, on the connection of `acme`, with the action it needs. */
const routes: readonly (readonly [line: string, action: string, body?: unknown])[] = [
  ["GET /overview", "read"],
  ["GET /roles?workspace=design", "configure"],
  ["POST /connections", "configure", { workspace: "sales", defaultRole: "member" }],
  ["GET /connections/:id", "read"],
  ["PATCH /connections/:id", "configure", { defaultRole: "editor" }],
  ["DELETE /connections/:id?users=keep", "delete"],
  ["POST /connections/:id/pause", "pause"],
  ["POST /connections/:id/resume", "pause"],
  ["GET /connections/:id/log", "read"],
  ["POST /connections/:id/tokens", "tokens", {}],
  ["POST /connections/:id/tokens/:token/rotate", "tokens", { overlap: 60 }],
  ["POST /connections/:id/tokens/:token/revoke", "tokens"],
];

const filled = (line: string): string => line.replace(":id", made.id).replace(":token", made.tokenId);

describe("Somebody who is not let in", () => {
  it.each(["", "stranger", "nothing"])("sees no page and no data: session %j", async (session) => {
    const page = await fetch(host.page, { headers: { cookie: `session=${session}` } });
    expect(page.status).toBe(403);
    const html = await page.text();
    expect(html).toContain("You can’t open this page");
    expect(html).not.toContain("<script");
    for (const [line, , body] of routes) {
      const answer = await ask(host, filled(line), { session, body });
      expect([line, answer.status, answer.body]).toEqual([line, 403, { error: { text: "errorSession" } }]);
    }
  });
});

describe("Somebody who may only", () => {
  it.each([
    ["read", "viewer", ["read"]],
    ["read, pause and make tokens", "operator", ["read", "pause", "tokens"]],
  ])("%s is refused everything else", async (_title, session, allowed) => {
    for (const [line, action, body] of routes.filter(([, action]) => !allowed.includes(action))) {
      const answer = await ask(host, filled(line), { session, body });
      expect([line, action, answer.status]).toEqual([line, action, 403]);
      expect(answer.body).toEqual({ error: { text: "errorForbidden" } });
    }
    const { body } = await ask(host, "GET /overview", { session });
    expect([...(Array.isArray(body.actions) ? body.actions : [])].sort()).toEqual([...allowed].sort());
    expect(listAt(body, "connections")).toMatchObject([{ state: "active", defaultRole: { id: "member" } }]);
  });

  it("configure, without making tokens, makes a connection without one", async () => {
    const other = await openHost({
      portal: { authorize: () => ({ organisation: "acme", actions: ["read", "configure"] }) },
    });
    const answer = await ask(other, "POST /connections", { body: { workspace: "design", defaultRole: "member" } });
    expect(answer.status).toBe(201);
    expect(Object.keys(answer.body)).toEqual(["connection"]);
    await other.close();
  });
});

describe("Another organisation's admin", () => {
  it("is told of a connection's id what is told of one that nobody has", async () => {
    const own = await make(host, "globex-main", "rival");
    for (const [line, , body] of routes.filter(([line]) => line.includes(":id"))) {
      const theirs = await ask(host, filled(line), { session: "rival", body });
      const nobodys = await ask(host, filled(line.replace(":id", crypto.randomUUID())), { session: "rival", body });
      expect([line, theirs.status]).toEqual([line, 404]);
      expect(theirs.text).toBe(nobodys.text);
    }
    const crossed = await ask(host, `POST /connections/${own.id}/tokens/${made.tokenId}/revoke`, { session: "rival" });
    expect(crossed.status).toBe(404);
    const { body } = await ask(host, "GET /overview", { session: "rival" });
    expect(listAt(body, "connections").map(({ id }) => id)).toEqual([own.id]);
  });

  it("can't choose a workspace that is not theirs, nor see its roles", async () => {
    const settings = { workspace: "design", defaultRole: "member" };
    const [roles, created] = await Promise.all([
      ask(host, "GET /roles?workspace=design", { session: "rival" }),
      ask(host, "POST /connections", { session: "rival", body: settings }),
    ]);
    for (const { status, body } of [roles, created]) {
      expect(status).toBe(400);
      expect(body.error).toMatchObject({ text: "errorWorkspace" });
    }
    const byCeiling = await ask(host, `GET /roles?workspace=globex-main&connection=${made.id}`, { session: "rival" });
    expect(byCeiling.status).toBe(404);
  });

  it("left everything as it was", async () => {
    const { body } = await ask(host, `GET /connections/${made.id}`);
    expect(body.connection).toMatchObject({ state: "active", defaultRole: { id: "member" } });
    expect(listAt(body, "tokens")).toMatchObject([{ id: made.tokenId, state: "valid" }]);
  });
});

describe("A ceiling", () => {
  it("bounds the roles on offer and the roles that are taken", async () => {
    const other = await openHost();
    const { id } = await other.connections.create("acme", { workspace: "design", ceiling: "editor" });
    const { body } = await ask(other, `GET /roles?workspace=design&connection=${id}`);
    expect(listAt(body, "roles").map((role) => role.id)).toEqual(["member", "editor"]);
    const refused = await ask(other, `PATCH /connections/${id}`, { body: { defaultRole: "admin" } });
    expect([refused.status, refused.body.error]).toMatchObject([400, { text: "errorRole" }]);
    await other.close();
  });
});

describe("A host whose code fails", () => {
  it("answers 500 without a word of it, and hears of it", async () => {
    const error = new Error("database of Acme is at 10.0.0.1");
    const failing = await openHost({
      portal: {
        authorize: () => {
          throw error;
        },
      },
    });
    const page = await fetch(failing.page);
    expect(page.status).toBe(500);
    expect(await page.text()).not.toContain("10.0.0.1");
    const answer = await ask(failing, "GET /overview");
    expect([answer.status, answer.body]).toEqual([500, { error: { text: "errorServer" } }]);
    expect(failing.errors).toEqual([error, error]);
    await failing.close();
  });
});
