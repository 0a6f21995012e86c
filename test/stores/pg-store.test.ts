/** The hand-written store of the examples keeps the store contract, on an embedded PostgreSQL and on a server. */
import { PGlite } from "@electric-sql/pglite";
import pg from "pg";
import { defaultGrammar, everything, parseFilter, userType } from "scimkit";
import { type Check, storeContract } from "scimkit/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Connections, PgUserStore, type Queryable, usersTable, type Workspace } from "../../examples/pg-store.ts";
import { startPostgres } from "../postgres.ts";

/** What only stores of groups, with cursors or with more attributes can be asked. */
const beyond = /there is no store of groups|has no cursors|does not hold|refuses it/;

function contractOn(connections: Connections): readonly Check[] {
  return storeContract<Workspace>(async () => {
    await connections.query("truncate users");
    return {
      users: new PgUserStore(connections),
      contexts: { a: { workspaceId: "a" }, b: { workspaceId: "b" } },
    };
  });
}

/** PGlite as `pg`'s Pool: it has one connection, for which clients take turns. */
function asPool(pglite: PGlite): Connections {
  let last: Promise<void> = Promise.resolve();
  const query: Queryable["query"] = async (text, values) => await pglite.query(text, values);
  const connect: Connections["connect"] = async () => {
    const before = last;
    let release = (): void => {};
    last = new Promise((resolve) => {
      release = resolve;
    });
    await before;
    return { query, release: () => release() };
  };
  return {
    connect,
    async query(text, values) {
      const client = await connect();
      try {
        return await client.query(text, values);
      } finally {
        client.release();
      }
    },
  };
}

function examine(name: string, connections: Connections): void {
  describe(name, () => {
    const skipped: string[] = [];

    it.each(contractOn(connections).map((check) => [check.section, check.name, check] as const))(
      "%s: %s",
      async (_section, _name, check) => {
        const reason = await check.run();
        if (reason !== undefined) skipped.push(reason);
        expect(reason ?? "there is no store of groups").toMatch(beyond);
      },
    );

    it("most of the contract concerns it", () => {
      expect(skipped.filter((reason) => reason.startsWith("the store refuses it"))).toEqual([]);
      expect(contractOn(connections).length - skipped.length).toBeGreaterThan(70);
    });
  });
}

const pglite = await PGlite.create();
await pglite.exec(usersTable);
afterAll(() => pglite.close());
examine("PgUserStore on PGlite", asPool(pglite));

const server = await startPostgres();
if (server !== undefined) {
  const pool = new pg.Pool({ connectionString: server.url });
  await pool.query(usersTable);
  afterAll(async () => {
    await pool.end();
    await server.stop();
  });
  examine("PgUserStore on a PostgreSQL server", pool);

  describe("PgUserStore's look-ups among 20,000 users of two workspaces", () => {
    beforeAll(async () => {
      await pool.query("truncate users");
      await pool.query(
        `insert into users (workspace_id, email, external_id)
         select workspace, 'User' || n || '@example.com', 'ext-' || n
         from generate_series(1, 10000) as n, unnest(array['a', 'b']) as workspace`,
      );
      await pool.query("analyze users");
    });

    it.each([
      ['userName eq "USER42@example.com"', "users_email"],
      ['externalId eq "ext-42"', "users_external_id"],
      ['userName eq "user42@example.com" and active eq true', "users_email"],
    ])("%s is an index scan", async (text, index) => {
      const seen: string[] = [];
      const explained: Connections = {
        connect: () => pool.connect(),
        async query(statement, values) {
          const { rows } = await pool.query<{ "QUERY PLAN": string }>(`explain ${statement}`, values);
          seen.push(rows.map((row) => row["QUERY PLAN"]).join("\n"));
          return await pool.query(statement, values);
        },
      };
      const filter = parseFilter(text, userType(), defaultGrammar);
      const window = { by: "index", startIndex: 1, count: 10 } as const;
      const query = { filter, sort: undefined, window, want: everything };
      const page = await new PgUserStore(explained).list(query, { workspaceId: "a" });
      expect(page.resources.map(({ userName }) => userName)).toEqual(["User42@example.com"]);
      expect(seen).toHaveLength(2);
      for (const plan of seen) {
        expect(plan).toContain(index);
        expect(plan).not.toContain("Seq Scan");
      }
    });
  });
}
