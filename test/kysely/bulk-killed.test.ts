/** A process that is killed in the middle of a bulk request leaves each resource whole or absent. RFC 7644 §3.7. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { type Kysely, sql } from "kysely";
import { afterAll, afterEach, beforeEach, describe, expect, it } from "vitest";
import type { JsonObject } from "../match.ts";
import { person, team } from "../service.ts";
import { valueAt } from "../variables.ts";
import {
  type Before,
  bulkOperations,
  callerOf,
  expectAgain,
  fullPerson,
  inspect,
  newTeams,
  newUsers,
  patchOf,
  plant,
} from "./bulk-content.ts";
import { type Database, openDatabase } from "./host.ts";
import { mapped, readyMade } from "./layouts.ts";
import { applicationName, type ServerProcess, startProcess } from "./processes.ts";
import { databases, stopServer } from "./stores.ts";

afterAll(stopServer);

const layouts = [mapped, readyMade] as const;

/** Moments: how many users and groups there are by then. */
const theFirst = ["the first user", 4, 1] as const;
const theMiddle = ["the middle", 3 + newUsers.length / 2, 1] as const;
const aGroup = ["a group", 2 + newUsers.length, 2] as const;
const theLast = ["the last group", 2 + newUsers.length, 1 + newTeams.length] as const;

const headers = { authorization: "Bearer one", "content-type": "application/scim+json" };

/** Sends a bulk request to a process that will not live to answer it. */
function sendBulk(victim: ServerProcess, ...Operations: readonly JsonObject[]): void {
  const schemas = ["urn:ietf:params:scim:api:messages:2.0:BulkRequest"];
  const body = JSON.stringify({ schemas, Operations });
  victim.send({ method: "POST", path: "/Bulk", headers, body }).catch(() => {});
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let attempt = 0; !(await holds()); attempt++) {
    if (attempt === 5000) throw new Error("It did not come to that.");
    await sleep(2);
  }
}

/** Connections of the process; those that wait for a lock are in the middle of a write. */
async function connections(db: Kysely<Database>, waiting: boolean): Promise<number> {
  const { rows } = await sql<{ readonly count: number }>`select count(*)::int as count from pg_stat_activity
    where datname = current_database() and application_name = ${applicationName}
    and (wait_event_type = 'Lock' or not ${waiting})`.execute(db);
  return rows[0]?.count ?? 0;
}

describe.each(databases)("%s", (_, serverUrl) => {
  describe.each(layouts)("$name", (layout) => {
    const folder = mkdtempSync(join(tmpdir(), "scimkit-killed-"));
    const url = serverUrl ?? pathToFileURL(join(folder, "data")).href;
    let victim: ServerProcess;
    let before: Before;

    beforeEach(async () => {
      const db = await openDatabase(url);
      await layout.create(db);
      before = await plant(callerOf(layout.stores(db, false)));
      await db.destroy();
      victim = await startProcess(url, layout);
    }, 60_000);
    afterEach(() => victim.kill());
    afterAll(() => rmSync(folder, { recursive: true }));

    it.each(serverUrl === undefined ? [aGroup] : [theFirst, theMiddle, aGroup, theLast])(
      "killed at %s",
      async (_moment, users, teams) => {
        const count = async (path: string): Promise<number> => {
          const { json } = await victim.send({ method: "GET", path: `${path}?count=0`, headers });
          return Number(valueAt(json, "totalResults"));
        };
        sendBulk(victim, ...bulkOperations(before));
        await until(async () => (await count("/Users")) >= users && (await count("/Groups")) >= teams);
        await victim.kill();
        const db = await openDatabase(url);
        const caller = callerOf(layout.stores(db, false));
        if (serverUrl !== undefined) await until(async () => (await connections(db, false)) === 0);
        const found = await inspect(caller, before);
        expect([found.users >= users, found.teams >= teams]).toEqual([true, true]);
        await expectAgain(caller);
        await db.destroy();
      },
    );
  });
});

const servers = databases.flatMap(([name, url]) => (url === undefined ? [] : [[name, url] as const]));

describe.each(servers)("%s, between two statements of a write", (_, url) => {
  describe.each(layouts)("$name", (layout) => {
    let db: Kysely<Database>;
    let victim: ServerProcess;
    let before: Before;
    /** Until when the creation of the user "held" does not commit. */
    let held: Promise<void>;
    let release = (): void => {};

    const caller = () =>
      callerOf(layout.stores(db, false), async ({ after }) => {
        if (valueAt(after, "userName") === "held@x.io") await held;
      });

    beforeEach(async () => {
      held = new Promise((resolve) => {
        release = resolve;
      });
      db = await openDatabase(url);
      await layout.create(db);
      before = await plant(caller());
      victim = await startProcess(url, layout);
    }, 60_000);
    afterEach(async () => {
      await victim.kill();
      await db.destroy();
    });

    /** Kills the process as soon as one of its statements waits for a lock. */
    const killedWaiting = async (...operations: readonly JsonObject[]): Promise<void> => {
      sendBulk(victim, ...operations, ...bulkOperations(before));
      await until(async () => (await connections(db, true)) === 1);
      await victim.kill();
    };
    const gone = (): Promise<void> => until(async () => (await connections(db, false)) === 0);

    /** Holds the row of cy while the process is killed that wants it. */
    const killedWithoutCy = async (operation: JsonObject): Promise<void> => {
      await db.transaction().execute(async (trx) => {
        const table = sql.table(layout === mapped ? "users" : "scim_resource");
        await sql`select from ${table} where id::text = ${before.cy} for update`.execute(trx);
        await killedWaiting(operation);
      });
      await gone();
    };

    it("killed between a new group and its members: there is no such group", async () => {
      const data = team("Team 0", before.ann, before.cy);
      await killedWithoutCy({ method: "POST", path: "/Groups", bulkId: "1", data });
      expect(await inspect(caller(), before)).toEqual({ users: 3, teams: 1 });
      await expectAgain(caller());
    });

    it("killed between the members that leave and those that come: all are there as before", async () => {
      const data = patchOf({ op: "replace", path: "members", value: [{ value: before.cy }] });
      await killedWithoutCy({ method: "PATCH", path: `/Groups/${before.group}`, data });
      expect(await inspect(caller(), before)).toEqual({ users: 3, teams: 1 });
      expect((await caller().call("GET", `/Users/${before.bo}`)).groups).toMatchObject([{ value: before.group }]);
      expect(await caller().call("GET", `/Users/${before.cy}`)).not.toHaveProperty("groups");
    });

    it("killed while a replaced user waits for its new userName: it is as it was, and its old name is its own", async () => {
      const holding = caller().call("POST", "/Users", person("held@x.io"));
      await until(async () => {
        const { rows } = await sql`select from pg_stat_activity
          where datname = current_database() and state = 'idle in transaction'`.execute(db);
        return rows.length === 1;
      });
      const data = { ...fullPerson("ann"), userName: "held@x.io" };
      await killedWaiting({ method: "PUT", path: `/Users/${before.ann}`, data });
      release();
      const { status, id } = await holding;
      expect(status).toBe(201);
      await gone();
      expect((await caller().call("DELETE", `/Users/${id}`)).status).toBe(204);
      expect(await inspect(caller(), before)).toEqual({ users: 3, teams: 1 });
      expect((await caller().call("POST", "/Users", fullPerson("ann"))).status).toBe(409);
      expect((await caller().call("POST", "/Users", person("held@x.io"))).status).toBe(201);
    });
  });
});
