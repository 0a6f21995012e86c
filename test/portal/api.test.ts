/** The page's API over HTTP, on every framework in every major: what an admin does, from nothing to nothing. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { isObject } from "../match.ts";
import { ask, listAt, make, objectAt, provision } from "./api.ts";
import { type OpenHost, openHost, portalMounts } from "./host.ts";

const user = { schemas: ["urn:ietf:params:scim:schemas:core:2.0:User"], userName: "ann@x.io" };

let host: OpenHost;

describe.each(portalMounts)("%s", (...mount) => {
  beforeEach(async () => {
    host = await openHost({}, mount);
  });
  afterEach(() => host.close());

  it("serves the page at its mount, with and without a trailing slash", async () => {
    for (const url of [host.page, `${host.page}/`, `${host.page}?from=settings`]) {
      const response = await fetch(url, { headers: { cookie: "session=owner" } });
      expect(response.status).toBe(200);
      expect(response.headers.get("content-type")).toBe("text/html; charset=utf-8");
      expect(await response.text()).toContain(`"scimUrl":"${host.origin}/scim/v2"`);
    }
    const head = await fetch(host.page, { method: "HEAD", headers: { cookie: "session=owner" } });
    expect([head.status, await head.text()]).toEqual([200, ""]);
  });

  it("tells an organisation without connections what it may choose", async () => {
    const { status, body } = await ask(host, "GET /overview");
    expect(status).toBe(200);
    expect(body).toEqual({
      actions: ["read", "configure", "tokens", "pause", "delete"],
      entitled: true,
      workspaces: [
        { id: "design", name: "Design" },
        { id: "sales", name: "Sales" },
      ],
      available: [
        { id: "design", name: "Design" },
        { id: "sales", name: "Sales" },
      ],
      connections: [],
    });
    expect((await ask(host, "GET /roles?workspace=design")).body).toEqual({
      roles: [
        { id: "member", name: "Member" },
        { id: "editor", name: "Editor" },
        { id: "admin", name: "Administrator" },
      ],
    });
  });

  it("makes a connection whose token lets the identity provider in", async () => {
    const { id, secret } = await make(host);
    expect(secret).toMatch(/^scim_[\w-]{43}$/);
    expect((await provision(host, secret, "POST /Users", user)).status).toBe(201);
    const { body } = await ask(host, `GET /connections/${id}`);
    expect(objectAt(body, "connection")).toMatchObject({
      id,
      workspace: { id: "design", name: "Design" },
      defaultRole: { id: "member", name: "Member" },
      state: "active",
    });
    expect(objectAt(body, "health")).toMatchObject({ connected: true, users: 1, groups: 0 });
    expect(listAt(objectAt(body, "log"), "entries")).toMatchObject([
      { request: "createUser", status: 201, outcome: "ok", method: "POST" },
    ]);
    const overview = await ask(host, "GET /overview");
    expect(listAt(overview.body, "connections").map((connection) => connection.id)).toEqual([id]);
    expect(overview.body.available).toEqual([]);
  });

  it("changes the default role, and the workspace", async () => {
    const { id } = await make(host);
    const changed = await ask(host, `PATCH /connections/${id}`, { body: { defaultRole: "editor" } });
    expect([changed.status, changed.body.defaultRole]).toEqual([200, { id: "editor", name: "Editor" }]);
    const moved = await ask(host, `PATCH /connections/${id}`, { body: { workspace: "sales" } });
    expect([moved.status, moved.body.workspace]).toEqual([200, { id: "sales", name: "Sales" }]);
    expect(moved.body.defaultRole).toEqual({ id: "editor", name: "Editor" });
  });

  it("pauses and resumes: 503 in between", async () => {
    const { id, secret } = await make(host);
    expect((await ask(host, `POST /connections/${id}/pause`)).body.state).toBe("paused");
    const refused = await provision(host, secret, "GET /Users");
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([503, "300"]);
    expect((await ask(host, `POST /connections/${id}/resume`)).body.state).toBe("active");
    expect((await provision(host, secret, "GET /Users")).status).toBe(200);
  });

  it("issues, rotates and revokes tokens; a secret is in the answer that made it, and in no other", async () => {
    const { id, tokenId, secret } = await make(host);
    const rotated = await ask(host, `POST /connections/${id}/tokens/${tokenId}/rotate`, { body: { overlap: 3600 } });
    expect(rotated.status).toBe(201);
    const newSecret = String(rotated.body.secret);
    expect((await provision(host, secret, "GET /Users")).status).toBe(200);
    expect((await provision(host, newSecret, "GET /Users")).status).toBe(200);
    const revoked = await ask(host, `POST /connections/${id}/tokens/${tokenId}/revoke`);
    expect([revoked.status, revoked.body.state]).toEqual([200, "revoked"]);
    expect((await provision(host, secret, "GET /Users")).status).toBe(401);
    const issued = await ask(host, `POST /connections/${id}/tokens`, {
      body: { label: "second", expires: "2100-01-01T00:00:00Z" },
    });
    expect(objectAt(issued.body, "token")).toMatchObject({
      label: "second",
      state: "valid",
      expires: "2100-01-01T00:00:00.000Z",
    });
    const { body, text } = await ask(host, `GET /connections/${id}`);
    expect(listAt(body, "tokens").map(({ state }) => state)).toEqual(["revoked", "valid", "valid"]);
    for (const made of [secret, newSecret, String(issued.body.secret)]) expect(text).not.toContain(made);
  });

  it("pages through the log, newest first", async () => {
    const { id, secret } = await make(host);
    for (let count = 0; count < 60; count++) await provision(host, secret, "GET /Users?count=1");
    const first = objectAt((await ask(host, `GET /connections/${id}`)).body, "log");
    const newest = listAt(first, "entries");
    expect([newest.length, first.more]).toEqual([50, true]);
    const { body: second } = await ask(host, `GET /connections/${id}/log?before=${String(newest.at(-1)?.sequence)}`);
    const older = listAt(second, "entries");
    expect([older.length, second.more]).toEqual([10, false]);
    const sequences = [...newest, ...older].map(({ sequence }) => Number(sequence));
    expect(sequences).toEqual([...sequences].sort((a, b) => b - a));
    expect(new Set(sequences).size).toBe(60);
  });

  it.each(["keep", "deactivate"])("deletes, and its users: %s", async (users) => {
    const { id, secret } = await make(host);
    const created: unknown = await (await provision(host, secret, "POST /Users", user)).json();
    const deleted = await ask(host, `DELETE /connections/${id}?users=${users}`);
    expect([deleted.status, deleted.text]).toEqual([200, "{}"]);
    expect((await provision(host, secret, "GET /Users")).status).toBe(401);
    expect((await ask(host, `GET /connections/${id}`)).status).toBe(404);
    const again = await make(host);
    const path = isObject(created) ? `/Users/${String(created.id)}` : "";
    const left: unknown = await (await provision(host, again.secret, `GET ${path}`)).json();
    expect(left).toMatchObject({ userName: "ann@x.io", active: users === "keep" });
  });

  it("says why an organisation can't use it whose plan has no SCIM", async () => {
    const { body } = await ask(host, "GET /overview", { session: "free" });
    expect(body).toMatchObject({ entitled: false, reason: "SCIM is part of the Enterprise plan." });
    const request = { session: "free", body: { workspace: "initech-main", defaultRole: "member" } };
    const refused = await ask(host, "POST /connections", request);
    expect([refused.status, refused.body.error]).toEqual([
      403,
      { text: "planTitle", detail: "SCIM is part of the Enterprise plan." },
    ]);
  });

  it("refuses what connections refuse, with a text of its own and their detail", async () => {
    await make(host);
    const refused = await ask(host, "POST /connections", { body: { workspace: "sales", defaultRole: "member" } });
    expect(refused.status).toBe(409);
    expect(objectAt(refused.body, "error")).toMatchObject({
      text: "errorTooManyWorkspaces",
      detail: expect.stringContaining("connect"),
    });
  });

  it.each([
    ["GET /nowhere", 404],
    ["GET /connections", 405],
    ["PATCH /overview", 405],
    ["GET /connections/none", 404],
    ["POST /connections/none/pause", 404],
    ["POST /connections/none/tokens", 404],
    ["GET /connections/none/log", 404],
    ["GET /connections//log", 404],
    ["GET /connections/%E0%A4%A", 400],
    ["GET ", 404],
  ])("answers %s with %i", async (line, status) => {
    const answer = await ask(host, line);
    expect(answer.status).toBe(status);
    expect(isObject(answer.body.error)).toBe(true);
  });

  it.each(["/nowhere", "/apis", "/assets/x.js"])("has no page at %s", async (path) => {
    const response = await fetch(host.page + path, { headers: { cookie: "session=owner" } });
    expect(response.status).toBe(404);
    expect(await response.text()).toContain("<h1>There is no such page</h1>");
  });
});
