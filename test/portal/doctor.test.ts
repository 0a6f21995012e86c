/** The first-sync doctor: each rule, on traffic as it comes from the wire, or on a picture of it. */
import type { Health, LogEntry, Token, Trait } from "scimkit/connections";
import { describe, expect, it } from "vitest";
import { examine } from "../../adapters/portal/doctor/examine.ts";
import type { Picture } from "../../adapters/portal/doctor/rule.ts";
import { ask, listAt, make, provision } from "./api.ts";
import { openHost } from "./host.ts";

const now = new Date("2030-01-01T12:00:00Z");
const ago = (minutes: number): Date => new Date(now.getTime() - minutes * 60_000);

const token = (over: Partial<Token> = {}): Token => ({
  id: "token",
  label: "",
  prefix: "scim_abc",
  created: ago(10),
  ...over,
});

const entry = (over: Partial<LogEntry> = {}): LogEntry => ({
  sequence: 1,
  at: ago(1),
  duration: 5,
  method: "GET",
  operation: "list",
  resourceType: "User",
  status: 200,
  outcome: "ok",
  identityProvider: "unknown",
  notes: [],
  traits: [],
  ...over,
});

const health = (over: Partial<Health> = {}): Health => ({ identityProvider: "unknown", users: 0, groups: 0, ...over });

/** A connection that has just been made, with what a test says of it. */
const picture = (over: Partial<Picture> = {}): Picture => ({
  now,
  connection: {
    id: "connection",
    organisation: "acme",
    workspace: "design",
    defaultRole: "member",
    state: "active",
    created: ago(10),
    updated: ago(10),
  },
  validTokens: [token()],
  health: health(),
  log: [],
  roles: [{ id: "member", name: "Member" }],
  scimUrl: "https://app.example/scim/v2",
  ...over,
});

const titles = (over: Partial<Picture>): readonly string[] => examine(picture(over)).map(({ title }) => title);

describe("Nothing to say", () => {
  it("of a connection that was made a moment ago", () => {
    expect(titles({})).toEqual([]);
  });

  it("of one that works", () => {
    const log = [
      entry({ operation: "patch", method: "PATCH", identityProvider: "entra" }),
      entry({ operation: "create", method: "POST", status: 201 }),
      entry(),
    ];
    const connected = {
      connected: ago(600),
      lastRequest: ago(1),
      identityProvider: "entra",
      users: 4,
      groups: 2,
    } as const;
    expect(titles({ log, health: health(connected) })).toEqual([]);
  });
});

describe("No request yet after the cycle of an identity provider", () => {
  const old = { validTokens: [token({ created: ago(41) })] };

  it("is found after 40 minutes, with the URL to check", () => {
    expect(examine(picture(old))).toEqual([
      {
        title: "noRequestTitle",
        text: "noRequestText",
        severity: "warning",
        values: { time: ago(41).toISOString(), url: "https://app.example/scim/v2" },
      },
    ]);
    expect(titles({ validTokens: [token({ created: ago(39) })] })).toEqual([]);
  });

  it("counts from the newest token", () => {
    expect(titles({ validTokens: [token({ created: ago(900) }), token({ created: ago(5) })] })).toEqual([]);
  });

  it("is not said of a paused connection, nor once a request has come", () => {
    const paused = { ...picture().connection, state: "paused" } as const;
    expect(titles({ ...old, connection: paused })).toEqual([]);
    expect(titles({ ...old, health: health({ lastRequest: ago(1) }) })).toEqual([]);
  });
});

describe("A connection that is only tested", () => {
  const tested = health({ connected: ago(50), lastRequest: ago(3) });

  it("is found when nobody was sent within a cycle", () => {
    expect(titles({ health: tested, log: [entry()] })).toEqual(["onlyReadsTitle"]);
  });

  it("is not said of one that was tested just now, or sends", () => {
    expect(titles({ health: health({ connected: ago(30), lastRequest: ago(3) }), log: [entry()] })).toEqual([]);
    const refused = entry({ operation: "create", method: "POST", status: 400, outcome: "refused" });
    expect(titles({ health: tested, log: [refused] })).toEqual([]);
    expect(titles({ health: { ...tested, users: 1 }, log: [entry()] })).toEqual([]);
  });
});

describe("A wrong base URL", () => {
  const lost = entry({
    operation: undefined,
    resourceType: undefined,
    path: "/v2/Users",
    status: 404,
    outcome: "refused",
  });

  it("is found by the newest request that was let in", () => {
    const turnedAway = entry({ operation: undefined, resourceType: undefined, status: 401, outcome: "refused" });
    expect(examine(picture({ log: [turnedAway, lost, entry()] }))).toMatchObject([
      { title: "wrongUrlTitle", severity: "error", values: { path: "/v2/Users", url: "https://app.example/scim/v2" } },
    ]);
  });

  it("is forgotten once a request has found its way", () => {
    expect(titles({ log: [entry(), lost] })).toEqual([]);
  });

  it("shows in real traffic", async () => {
    const host = await openHost();
    const { id, secret } = await make(host);
    await provision(host, secret, "GET /scim/v2/Users?filter=userName eq 'x'");
    const { body } = await ask(host, `GET /connections/${id}`);
    expect(listAt(body, "findings")).toMatchObject([{ title: "wrongUrlTitle", values: { path: "/scim/v2/Users" } }]);
    await host.close();
  });
});

describe("Entra without the aadOptscim062020 flag", () => {
  const patch = { operation: "patch", method: "PATCH", identityProvider: "entra" } as const;
  const old = { ...patch, traits: ["oldPatch"] as const };
  const refused = { status: 400, outcome: "refused", scimType: "invalidSyntax" } as const;
  const entra = health({ identityProvider: "entra", connected: ago(60), lastRequest: ago(1), users: 1, groups: 1 });

  it("is found where its old form was refused, with the URL to paste", () => {
    expect(examine(picture({ health: entra, log: [entry({ ...old, ...refused })] }))).toMatchObject([
      { title: "entraFlagTitle", severity: "error", values: { url: "https://app.example/scim/v2?aadOptscim062020" } },
    ]);
  });

  it("does not matter while the old form is understood", () => {
    expect(titles({ health: entra, log: [entry(old), entry(old)] })).toEqual([]);
  });

  it("is forgotten once the new form has come, and is not said of others", () => {
    expect(titles({ health: entra, log: [entry(patch), entry({ ...old, ...refused })] })).toEqual([]);
    const okta = health({ identityProvider: "okta", users: 1, groups: 1 });
    expect(titles({ health: okta, log: [entry({ ...old, ...refused })] })).toEqual([]);
  });

  it("shows in real traffic, on a host that takes the RFC's form alone", async () => {
    const host = await openHost({ strict: true });
    const { id, secret } = await make(host);
    const schemas = ["urn:ietf:params:scim:schemas:core:2.0:User"];
    const created: unknown = await (
      await provision(host, secret, "POST /Users", { schemas, userName: "ann@x.io", externalId: "0a21f0f2" })
    ).json();
    const user = typeof created === "object" && created !== null && "id" in created ? String(created.id) : "";
    const answer = await provision(host, secret, `PATCH /Users/${user}`, {
      schemas: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
      Operations: [{ op: "Replace", path: "active", value: "False" }],
    });
    expect(answer.status).toBe(400);
    const { body } = await ask(host, `GET /connections/${id}`);
    expect(listAt(body, "findings").map(({ title }) => title)).toEqual(["entraFlagTitle"]);
    await host.close();
  });
});

describe("An externalId that follows something unstable", () => {
  const create = (...traits: readonly Trait[]): LogEntry =>
    entry({ operation: "create", method: "POST", status: 201, traits });
  const connected = { health: health({ connected: ago(9), users: 3 }) };

  it.each<Trait>(["externalIdIsUserName", "externalIdIsEmail"])("is found by %s", (trait) => {
    expect(titles({ ...connected, log: [create(trait)] })).toEqual(["unstableIdTitle"]);
  });

  it("is a matter of most of the newest five people", () => {
    const bad = create("externalIdIsEmail");
    const good = create();
    expect(titles({ ...connected, log: [bad, bad, bad, good, good] })).toEqual(["unstableIdTitle"]);
    expect(titles({ ...connected, log: [bad, bad, good, good] })).toEqual([]);
    expect(titles({ ...connected, log: [good, good, good, bad, bad, bad, bad] })).toEqual([]);
    expect(titles({ ...connected, log: [create("noExternalId")] })).toEqual([]);
  });

  it.each([
    ["the userName", "ann@x.io"],
    ["an email", "ann.lee@x.io"],
    ["Entra's mailNickname", "Ann"],
  ])("shows in real traffic: %s", async (_what, externalId) => {
    const host = await openHost();
    const { id, secret } = await make(host);
    const schemas = ["urn:ietf:params:scim:schemas:core:2.0:User"];
    await provision(host, secret, "POST /Users", { schemas, userName: "ann@x.io", externalId });
    const { body } = await ask(host, `GET /connections/${id}`);
    expect(listAt(body, "findings").map(({ title }) => title)).toEqual(["unstableIdTitle"]);
    await host.close();
  });
});

describe("Okta without Push Groups", () => {
  const okta = { identityProvider: "okta", connected: ago(20), lastRequest: ago(1), users: 3 } as const;

  it("is found when people have come for a quarter of an hour and no group", () => {
    expect(titles({ health: health(okta) })).toEqual(["pushGroupsTitle"]);
    expect(titles({ health: health({ ...okta, connected: ago(14) }) })).toEqual([]);
  });

  it("is not said once a group was sent, nor of others", () => {
    expect(titles({ health: health({ ...okta, groups: 1 }) })).toEqual([]);
    const refused = entry({ operation: "create", resourceType: "Group", status: 400, outcome: "refused" });
    expect(titles({ health: health(okta), log: [refused] })).toEqual([]);
    expect(titles({ health: health({ ...okta, identityProvider: "google" }) })).toEqual([]);
  });
});

describe("Users that collide", () => {
  const collision = {
    operation: "create",
    method: "POST",
    status: 409,
    outcome: "refused",
    scimType: "uniqueness",
  } as const;

  it("are counted for a day", () => {
    const log = [entry(collision), entry(collision), entry({ ...collision, at: ago(25 * 60) })];
    expect(examine(picture({ log }))).toMatchObject([{ title: "collisionsTitle", values: { count: 2 } }]);
    expect(titles({ log: [entry({ ...collision, at: ago(25 * 60) })] })).toEqual([]);
  });

  it("are foreseen when they are looked for, until a write has succeeded", () => {
    const found = entry({ traits: ["foundUnmanaged"] });
    expect(examine(picture({ log: [found, entry()] }))).toMatchObject([
      { title: "collisionsTitle", text: "collidingText", values: { count: 1 } },
    ]);
    const linked = entry({ operation: "create", method: "POST", status: 201 });
    expect(titles({ log: [linked, found] })).toEqual([]);
    expect(examine(picture({ log: [entry(collision), found] }))).toMatchObject([{ text: "collisionsText" }]);
  });

  it("show in real traffic", async () => {
    const host = await openHost();
    const { id, secret } = await make(host);
    const ann = { schemas: ["urn:ietf:params:scim:schemas:core:2.0:User"], userName: "ann@x.io", externalId: "1" };
    await provision(host, secret, "POST /Users", ann);
    await provision(host, secret, "POST /Users", ann);
    const { body } = await ask(host, `GET /connections/${id}`);
    expect(listAt(body, "findings")).toMatchObject([{ title: "collisionsTitle", values: { count: 1 } }]);
    await host.close();
  });
});

describe("What has to be looked after here", () => {
  it("no token lets anybody in", () => {
    expect(examine(picture({ validTokens: [] }))).toMatchObject([{ title: "tokenNoneTitle", severity: "error" }]);
  });

  it("the token that is in use ends within two weeks", () => {
    const days = (count: number): Date => new Date(now.getTime() + count * 24 * 60 * 60_000);
    const ending = token({ expires: days(13), lastUsed: ago(1), label: "Entra" });
    expect(examine(picture({ validTokens: [ending] }))).toMatchObject([
      { title: "tokenExpiryTitle", values: { token: "Entra", time: days(13).toISOString() } },
    ]);
    expect(titles({ validTokens: [token({ expires: days(15) })] })).toEqual([]);
    const successor = token({ created: ago(0), lastUsed: ago(0) });
    expect(titles({ validTokens: [ending, successor] })).toEqual([]);
    expect(titles({ validTokens: [ending, token({ created: ago(0) })] })).toEqual(["tokenExpiryTitle"]);
  });

  it("the default role is gone", async () => {
    expect(titles({ roles: [{ id: "editor", name: "Editor" }] })).toEqual(["roleGoneTitle"]);
    const host = await openHost();
    const { id } = await make(host);
    host.roles.splice(0, 1);
    const { body } = await ask(host, `GET /connections/${id}`);
    expect(listAt(body, "findings").map(({ title }) => title)).toEqual(["roleGoneTitle"]);
    expect(body.connection).toMatchObject({ defaultRole: { id: "member", name: "member" } });
    await host.close();
  });
});

describe("Several findings", () => {
  it("come gravest first", () => {
    const log = [
      entry({ operation: undefined, path: "/x", status: 404, outcome: "refused" }),
      entry({ operation: "create", status: 409, outcome: "refused", scimType: "uniqueness" }),
    ];
    const okta = health({ identityProvider: "okta", connected: ago(20), users: 3 });
    expect(examine(picture({ log, health: okta })).map(({ severity }) => severity)).toEqual([
      "error",
      "warning",
      "info",
    ]);
  });
});
