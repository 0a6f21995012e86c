/** The API of the access pages: rules, explanations and undo, on every framework; who may, and whose it is. */
import { ScimError } from "scimkit";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { isObject } from "../match.ts";
import { ask, listAt, type Made, make, objectAt, provision } from "./api.ts";
import { type HostOptions, type OpenHost, openHost, portalMounts } from "./host.ts";

const core = "urn:ietf:params:scim:schemas:core:2.0";
const patchOp = "urn:ietf:params:scim:api:messages:2.0:PatchOp";

let host: OpenHost;
let made: Made;
let ann: string;
let team: string;

const created = async (path: string, body: object): Promise<string> => {
  const answer: unknown = await (await provision(host, made.secret, `POST ${path}`, body)).json();
  if (!isObject(answer)) throw new Error("Nothing was created.");
  return String(answer.id);
};

async function start(options: HostOptions = {}, mount = portalMounts[0]): Promise<void> {
  host = await openHost({ access: {}, ...options }, mount);
  made = await make(host);
  const name = { givenName: "Ann", familyName: "Ash" };
  ann = await created("/Users", { schemas: [`${core}:User`], userName: 'ann"@x.io', name });
  team = await created("/Groups", { schemas: [`${core}:Group`], displayName: "Editors", members: [{ value: ann }] });
}

const on = (rest: string): string => `/connections/${made.id}${rest}`;
const rule = { group: { displayName: "Editors" }, role: "editor" };

afterEach(() => host.close());

describe.each(portalMounts)("%s", (...mount) => {
  beforeEach(() => start({ access: { seats: () => ({ used: 1, limit: 5 }) } }, mount));

  it("previews a rule, saves it, and says who has the role and why", async () => {
    const preview = await ask(host, `POST ${on("/rules/preview")}`, { body: { add: [rule] } });
    expect([preview.status, preview.body]).toMatchObject([
      200,
      { roles: [{ role: { id: "editor", name: "Editor" }, gain: 1, lose: 0, gaining: [ann] }], problems: [] },
    ]);
    const people = await ask(host, `POST ${on("/people")}`, { body: { ids: [ann, "nobody"] } });
    expect(people.body).toEqual({ people: [{ id: ann, name: "Ann Ash" }] });
    expect((await ask(host, `POST ${on("/rules")}`, { body: { add: [rule] } })).status).toBe(200);
    await host.access.work();
    const { body } = await ask(host, `GET ${on("/access")}`);
    expect(body).toMatchObject({ seats: { used: 1, limit: 5 }, blocked: [], refused: [], receipts: [], journal: 2 });
    expect(listAt(body, "rules")).toMatchObject([
      { group: { displayName: "Editors" }, role: { name: "Editor" }, workspace: { name: "Design" } },
    ]);
    expect(listAt(body, "jobs")).toMatchObject([{ finished: expect.any(String) }]);
    const explained = await ask(host, `GET ${on(`/explain?userName=${encodeURIComponent('ann"@x.io')}`)}`);
    expect(explained.body).toMatchObject({ person: { id: ann, name: "Ann Ash" }, active: true });
    const chain = [{ group: team, displayName: "Editors", since: expect.any(String), request: expect.any(String) }];
    expect(listAt(explained.body, "roles")).toMatchObject([
      { role: { id: "editor" }, because: [{ kind: "rule", chain }] },
      { role: { id: "member" }, because: [{ kind: "default", chain: [] }] },
    ]);
  });

  it("takes a request back, and everything since a time", async () => {
    // A millisecond later than what is there.
    const [last] = await host.access.journal("acme", made.id, { limit: 1 });
    const since = new Date((last?.at.getTime() ?? 0) + 1).toISOString();
    await expect.poll(() => new Date().toISOString() >= since).toBe(true);
    const Operations = [{ op: "replace", path: "active", value: false }];
    await provision(host, made.secret, `PATCH /Users/${ann}`, { schemas: [patchOp], Operations });
    const { body } = await ask(host, `GET ${on("/journal")}`);
    const [newest] = listAt(body, "entries");
    expect(newest).toMatchObject({ operation: "patch", changed: ["active"], deactivation: true, revert: false });
    const step = { name: 'ann"@x.io', action: "restore", paths: ["active"] };
    const selections = [{ request: String(newest?.request) }, { since }];
    for (const selection of selections) {
      const preview = await ask(host, `POST ${on("/undo/preview")}`, { body: selection });
      expect(preview.body).toMatchObject({ changed: 1, conflicts: 0, steps: [step] });
    }
    const done = await ask(host, `POST ${on("/undo")}`, { body: { since } });
    expect(done.body).toMatchObject({ changed: 1, conflicts: 0 });
    const [after] = listAt((await ask(host, `GET ${on("/journal")}`)).body, "entries");
    expect(after).toMatchObject({ revert: true, deactivation: false });
  });
});

describe("What the host's rules refused", () => {
  it("is told with the host's own words: a role that is kept, and a write", async () => {
    const guard = ({ kind }: { readonly kind: string }): void => {
      if (kind !== "admission") throw new ScimError(409, "The last owner stays.");
    };
    await start({ access: { guard } });
    const [added] = await host.access.changeRules("acme", made.id, { add: [rule] });
    await host.access.work();
    await host.access.changeRules("acme", made.id, { remove: [added?.id ?? ""] });
    await host.access.work();
    await provision(host, made.secret, `DELETE /Users/${ann}`);
    const { body } = await ask(host, `GET ${on("/access")}`);
    expect(listAt(body, "blocked")).toMatchObject([{ user: ann, detail: "The last owner stays." }]);
    expect(listAt(body, "refused")).toMatchObject([
      { request: "deleteUser", detail: "The last owner stays.", explanation: "explainForbidden" },
    ]);
  });

  it("is told apart from receipts of what has ended", async () => {
    await start({ access: { surfaces: { sessions: { revoke: () => 3 } } } });
    await provision(host, made.secret, `DELETE /Users/${ann}`);
    const { body } = await ask(host, `GET ${on("/access")}`);
    expect(listAt(body, "receipts")).toMatchObject([{ user: ann, surface: "sessions", ended: 3, complete: true }]);
    expect((await ask(host, `POST ${on("/people")}`, { body: { ids: [ann] } })).body).toEqual({
      people: [{ id: ann, name: "Ann Ash" }],
    });
  });
});

const routes: readonly (readonly [line: string, action: string, body?: object])[] = [
  ["GET /access", "read"],
  ["GET /groups", "read"],
  ["POST /people", "read", { ids: ["x"] }],
  ["GET /explain?userName=x", "read"],
  ["GET /journal", "read"],
  ["GET /roles?workspace=design", "rules"],
  ["POST /rules/preview", "rules", { add: [rule] }],
  ["POST /rules", "rules", { add: [rule] }],
  ["POST /undo/preview", "undo", { request: "x" }],
  ["POST /undo", "undo", { request: "x" }],
];
const at = (line: string, id = made.id): string => line.replace(" /", ` /connections/${id}/`);

describe("Who may", () => {
  beforeEach(() => start());

  it("only look changes nothing, and who is not let in sees nothing", async () => {
    for (const [line, action, body] of routes) {
      const answer = await ask(host, at(line), { session: "viewer", body });
      expect([line, answer.status === 403]).toEqual([line, action !== "read"]);
      expect([line, (await ask(host, at(line), { session: "nothing", body })).status]).toEqual([line, 403]);
    }
    expect(await host.access.rules("acme", made.id)).toEqual([]);
  });

  it("see another organisation is told what is told of a connection that nobody has", async () => {
    for (const [line, , body] of routes) {
      const theirs = await ask(host, at(line), { session: "rival", body });
      const nobodys = await ask(host, at(line, crypto.randomUUID()), { session: "rival", body });
      expect([line, theirs.status, theirs.text]).toEqual([line, 404, nobodys.text]);
    }
  });

  it("come from another site is refused", async () => {
    for (const [line, , body] of routes.filter(([line]) => line.startsWith("POST"))) {
      const headers = { origin: "https://evil.example", "sec-fetch-site": "cross-site" };
      expect([line, (await ask(host, at(line), { body, headers })).status]).toEqual([line, 403]);
    }
  });

  it("find none of it where the host has no access", async () => {
    await host.close();
    host = await openHost();
    made = await make(host);
    for (const [line, , body] of routes)
      expect([line, (await ask(host, at(line), { body })).status]).toEqual([line, 404]);
    expect((await ask(host, "GET /overview")).body.actions).toEqual(["read", "configure", "tokens", "pause", "delete"]);
  });
});

describe("A hostile value", () => {
  beforeEach(() => start());

  const values: readonly unknown[] = [
    ...[null, 7.5, true, ["x"], { id: "x" }, "", "a\0b", "a\r\nb", "\ud800\n", "x".repeat(10_000)],
    ...["__proto__\n", ["x".repeat(300)], [[]], [{}]],
  ];

  it("is refused in every field, and nothing is written", async () => {
    const bodies: readonly (readonly [string, (value: unknown) => object])[] = [
      ["POST /people", (value) => ({ ids: value === undefined ? [] : [value] })],
      ["POST /rules", (value) => ({ add: value })],
      ["POST /rules", (value) => ({ add: [{ ...rule, role: value }] })],
      ["POST /rules", (value) => ({ add: [{ ...rule, group: { displayName: value } }] })],
      ["POST /rules", (value) => ({ add: [{ ...rule, group: { id: value } }] })],
      ["POST /rules", (value) => ({ add: [{ ...rule, workspace: value }] })],
      ["POST /rules/preview", (value) => ({ remove: [value] })],
      ["POST /undo", (value) => ({ request: value })],
      ["POST /undo", (value) => ({ since: value })],
    ];
    for (const [line, bodyOf] of bodies) {
      for (const value of values) {
        const { status, text } = await ask(host, at(line), { body: bodyOf(value) });
        expect([line, value, status >= 400 && status < 500, text.length < 500]).toEqual([line, value, true, true]);
      }
    }
    expect(await host.access.rules("acme", made.id)).toEqual([]);
    expect(host.errors).toEqual([]);
  });

  it.each(['" or userName pr or userName eq "', '\\" or 1', "ann*", "__proto__", "ann\u2028"])(
    "in a look-up finds nobody: %s",
    async (userName) => {
      const answer = await ask(host, at(`GET /explain?userName=${encodeURIComponent(userName)}`));
      expect([answer.status, answer.body.error]).toEqual([404, { text: "errorPerson" }]);
    },
  );

  it("among ids names nobody else", async () => {
    const ids = ['x" or id pr or id eq "y', "__proto__", "constructor"];
    expect((await ask(host, at("POST /people"), { body: { ids } })).body).toEqual({ people: [] });
  });

  it.each([{}, { request: "x", since: "2026-01-01T00:00:00Z" }, { since: "yesterday" }, { force: true }])(
    "%j is no selection",
    async (body) => expect((await ask(host, at("POST /undo"), { body })).status).toBe(400),
  );

  it("lets no rule pass a ceiling", async () => {
    const { id } = await host.connections.create("globex", { workspace: "globex-main", ceiling: "editor" });
    const offered = await ask(host, `GET /connections/${id}/roles?workspace=globex-main`, { session: "rival" });
    expect(listAt(offered.body, "roles").map((role) => role.id)).toEqual(["member", "editor"]);
    const body = { add: [{ ...rule, role: "admin" }] };
    const refused = await ask(host, `POST /connections/${id}/rules`, { session: "rival", body });
    expect([refused.status, objectAt(refused.body, "error").text]).toEqual([400, "errorRole"]);
  });
});
