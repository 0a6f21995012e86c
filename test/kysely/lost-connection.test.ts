/** A database that is out of reach is 503 with `Retry-After`, and nothing is half done. RFC 7644 §3.12. */
import { createServer, connect as dial, type Socket } from "node:net";
import { PGlite } from "@electric-sql/pglite";
import { Kysely, PostgresDialect, sql, type Transaction } from "kysely";
import pg from "pg";
import { bearer, createScim, type ScimError, type ScimOptions } from "scimkit";
import { pgliteDialect } from "scimkit/kysely";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startPostgres } from "../postgres.ts";
import { type Ctx, type Database, mapSmallHost, openSmallHost, patchOf, type SmallHost } from "./small-host.ts";

const server = await startPostgres();
afterAll(() => server?.stop());

type BeforeCommit = NonNullable<ScimOptions<Ctx, [], [], Transaction<Database>>["beforeCommit"]>;

/** A way to the server that can be cut. */
interface Wire {
  readonly url: string;
  /** Ends every connection; new ones are refused until it is mended. */
  cut(): Promise<void>;
  mend(): Promise<void>;
  close(): Promise<void>;
}

async function openWire(target: string): Promise<Wire> {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  const relay = createServer((inner) => {
    const outer = dial(Number(port), hostname);
    for (const socket of [inner, outer]) {
      sockets.add(socket);
      socket.on("error", () => {});
      socket.on("close", () => {
        inner.destroy();
        outer.destroy();
      });
    }
    inner.pipe(outer).pipe(inner);
  });
  const listen = (at: number) => new Promise<void>((resolve) => relay.listen(at, "127.0.0.1", resolve));
  await listen(0);
  const address = relay.address();
  const own = typeof address === "object" && address !== null ? address.port : 0;
  const url = new URL(target);
  url.hostname = "127.0.0.1";
  url.port = String(own);
  const cut = async (): Promise<void> => {
    const closed = new Promise((resolve) => relay.close(resolve));
    for (const socket of sockets) socket.destroy();
    sockets.clear();
    await closed;
  };
  return { url: url.href, cut, mend: () => listen(own), close: cut };
}

/** A service on a database of its own making, for what no host has opened before. */
function serviceOn(db: Kysely<Database>) {
  const { users, groups } = mapSmallHost(db);
  const errors: ScimError[] = [];
  const scim = createScim({
    users,
    groups,
    authenticate: bearer(() => ({ workspaceId: 1, defaultRole: "guest" })),
    onError: (error) => {
      errors.push(error);
    },
  });
  const get = (url: string) =>
    scim.handle({ method: "GET", url, baseUrl: "https://app.example", headers: { authorization: "Bearer one" } });
  return { get, users, errors };
}

const outOfReach = {
  status: 503,
  headers: { "Retry-After": "5" },
  body: { detail: "The database is out of reach at the moment. Send the request again later." },
};

describe.runIf(server !== undefined)("A server", () => {
  let wire: Wire;
  let direct: Kysely<Database>;
  let host: SmallHost;
  let rule: BeforeCommit = () => {};
  const ids = { ann: "", team: "" };

  beforeAll(async () => {
    const url = server?.url ?? "";
    wire = await openWire(url);
    direct = new Kysely<Database>({
      dialect: new PostgresDialect({ pool: new pg.Pool({ connectionString: url, max: 2 }) }),
    });
    host = await openSmallHost({ url: wire.url, scim: { beforeCommit: (change, ctx, trx) => rule(change, ctx, trx) } });
  });
  afterAll(async () => {
    await host.close();
    await direct.destroy();
    await wire.close();
  });
  beforeEach(async () => {
    await host.clear();
    ids.ann = String((await host.call("POST", "/Users", { userName: "ann@x.io" })).body.id);
    ids.team = String(
      (await host.call("POST", "/Groups", { displayName: "Design", members: [{ value: ids.ann }] })).body.id,
    );
  });
  afterEach(() => {
    rule = () => {};
  });

  const snapshot = async (): Promise<unknown> => [
    await direct.selectFrom("users").selectAll().orderBy("id").execute(),
    await direct.selectFrom("teams").selectAll().orderBy("id").execute(),
    await direct.selectFrom("team_members").selectAll().execute(),
  ];
  const writes: readonly (readonly [what: string, write: () => ReturnType<SmallHost["call"]>])[] = [
    ["POST of a user", () => host.call("POST", "/Users", { userName: "lee@x.io", title: "CTO" })],
    ["POST of a group", () => host.call("POST", "/Groups", { displayName: "New", members: [{ value: ids.ann }] })],
    ["PUT", () => host.call("PUT", `/Users/${ids.ann}`, { userName: "lee@x.io", title: "CTO" })],
    ["PATCH", () => host.call("PATCH", `/Users/${ids.ann}`, patchOf({ op: "replace", path: "active", value: false }))],
    ["PATCH of members", () => host.call("PATCH", `/Groups/${ids.team}`, patchOf({ op: "remove", path: "members" }))],
    ["DELETE", () => host.call("DELETE", `/Groups/${ids.team}`)],
  ];

  it.each(writes)("that ends the connection in the middle of a %s", async (_, write) => {
    const before = await snapshot();
    rule = async (_change, _ctx, trx) => {
      const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(trx);
      await sql`select pg_terminate_backend(${rows[0]?.pid})`.execute(direct);
      await sql`select 1`.execute(trx);
    };
    expect(await write()).toMatchObject(outOfReach);
    expect(await snapshot()).toEqual(before);
    rule = () => {};
    expect((await write()).status).toBeLessThan(300);
  });

  it.each(writes)("whose connection breaks just before the commit of a %s", async (_, write) => {
    const before = await snapshot();
    rule = () => wire.cut();
    expect(await write()).toMatchObject(outOfReach);
    expect(await snapshot()).toEqual(before);
    rule = () => {};
    await wire.mend();
    expect((await write()).status).toBeLessThan(300);
  });

  it("that ends the connection while a request waits for a row", async () => {
    await direct.transaction().execute(async (trx) => {
      await trx.selectFrom("users").selectAll().where("id", "=", Number(ids.ann)).forUpdate().execute();
      const waiting = host.call("PATCH", `/Users/${ids.ann}`, patchOf({ op: "replace", path: "title", value: "CTO" }));
      for (let ended = 0; ended === 0; ) {
        const { rows } = await sql`select pg_terminate_backend(pid) from pg_stat_activity
          where datname = current_database() and wait_event_type = 'Lock'`.execute(direct);
        ended = rows.length;
      }
      expect(await waiting).toMatchObject(outOfReach);
    });
    expect((await host.call("GET", `/Users/${ids.ann}`)).body.title).toBeUndefined();
  });

  it("that is down answers no read and no write, and everything once it is up again", async () => {
    await wire.cut();
    const requests = [
      () => host.call("GET", `/Users/${ids.ann}`),
      () => host.call("GET", "/Users?filter=userName%20eq%20%22ann%40x.io%22"),
      () => host.call("GET", "/Groups"),
      ...writes.map(([, write]) => write),
    ];
    for (const request of requests) expect(await request()).toMatchObject(outOfReach);
    await wire.mend();
    expect((await host.call("GET", `/Users/${ids.ann}`)).status).toBe(200);
    expect((await host.call("GET", `/Groups/${ids.team}`)).body.members).toMatchObject([{ value: ids.ann }]);
  });

  it("in the middle of a bulk request: what was answered is done, what was not is not", async () => {
    let writesLeft = 2;
    rule = () => (writesLeft-- === 0 ? wire.cut() : undefined);
    const Operations = [1, 2, 3, 4].map((n) => ({
      method: "POST",
      path: "/Users",
      bulkId: `b${n}`,
      data: { userName: `u${n}@x.io` },
    }));
    const schemas = ["urn:ietf:params:scim:api:messages:2.0:BulkRequest"];
    const { status, body } = await host.call("POST", "/Bulk", { schemas, Operations });
    expect([status, body.Operations]).toEqual([
      200,
      [{ status: "201" }, { status: "201" }, { status: "503" }, { status: "503" }].map((one) =>
        expect.objectContaining(one),
      ),
    ]);
    const rows = await direct.selectFrom("users").select("email").orderBy("id").execute();
    expect(rows.map(({ email }) => email)).toEqual(["ann@x.io", "u1@x.io", "u2@x.io"]);
    await wire.mend();
  });

  it("that has no connection left", async () => {
    const pool = new pg.Pool({ connectionString: server?.url, max: 1, connectionTimeoutMillis: 50 });
    const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool }) });
    const { get, users } = serviceOn(db);
    await users.check();
    const busy = await pool.connect();
    const { status, headers = {} } = await get("/Users");
    expect([status, headers["Retry-After"]]).toEqual([503, "5"]);
    busy.release();
    expect((await get("/Users")).status).toBe(200);
    await db.destroy();
  });

  it("that waits no longer for a statement", async () => {
    const pool = new pg.Pool({ connectionString: server?.url, max: 1, options: "-c statement_timeout=50" });
    const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool }) });
    const { get, users } = serviceOn(db);
    await users.check();
    await direct.transaction().execute(async (trx) => {
      await sql`lock table users in access exclusive mode`.execute(trx);
      const { status, headers } = await get("/Users");
      expect([status, headers["Retry-After"]]).toEqual([503, "5"]);
    });
    await db.destroy();
  });
});

describe("A database that was never there", () => {
  it("is a 503 for a request, and an error for the check at start-up", async () => {
    const pool = new pg.Pool({ connectionString: "postgres://nobody@127.0.0.1:1/none" });
    const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool }) });
    const { get, users, errors } = serviceOn(db);
    const { status, headers, body = "" } = await get("/Users");
    expect([status, headers["Retry-After"]]).toEqual([503, "5"]);
    expect(body).not.toMatch(/127\.0\.0\.1|ECONNREFUSED/);
    expect(String(errors[0]?.cause)).toContain("ECONNREFUSED");
    await expect(users.check()).rejects.toThrow("out of reach");
    await db.destroy();
  });

  it("and an embedded one that has been closed", async () => {
    const db = new Kysely<Database>({ dialect: pgliteDialect(await PGlite.create()) });
    await sql`select 1`.execute(db);
    const { get } = serviceOn(db);
    await db.destroy();
    expect((await get("/Users")).status).toBe(503);
  }, 60_000);
});
