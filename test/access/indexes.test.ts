/** What access asks of its tables is answered from indexes, however large they are. */
import { CompiledQuery, type Kysely, sql } from "kysely";
import type { AccessStore, AccessUnit, NewJournalEntry, Receipt } from "scimkit/access";
import { kyselyAccess } from "scimkit/kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openKysely } from "../kysely/host.ts";
import { databases, stopServer } from "../kysely/stores.ts";
import { entryOf, jobOf, receiptOf, ruleOf, since } from "./store/records.ts";

afterAll(stopServer);

/** Rows of each of the large tables; a tenth of them are those of one connection. */
const rows = 20_000;
const connections = 10;

const fill = [
  // A group of everybody in each connection, and small ones; a person in a thousand is blocked.
  sql`insert into scim_access_user (connection_id, id, active, granted, blocked)
    select 'c' || n % ${connections}::int, 'u' || n, n % 7 <> 0, '["w/viewer"]',
      case when n % 1000 = 1 then '{"job": "j1", "detail": "No."}'::jsonb end from generate_series(1, ${rows}::int) n`,
  sql`insert into scim_access_group (connection_id, id, display_name, folded_name)
    select 'c' || n % ${connections}::int, 'g' || n, 'Team ' || n, 'team ' || n from generate_series(1, ${rows}::int) n`,
  sql`insert into scim_access_member (connection_id, group_id, member_id, since)
    select 'c' || n % ${connections}::int, 'everybody', 'u' || n, now() from generate_series(1, ${rows}::int) n`,
  sql`insert into scim_access_member (connection_id, group_id, member_id, since)
    select 'c' || n % ${connections}::int, 'g' || n, case when n % 3 = 0 then 'g' || n - ${connections}::int else 'u' || n end, now()
    from generate_series(1, ${rows}::int) n`,
  // A write each minute, one in fifty of which deactivates somebody, one in a hundred of which took another back.
  sql`insert into scim_access_journal (connection_id, at, request, resource_id, deactivation, record)
    select 'c' || n % ${connections}::int, ${since.toISOString()}::timestamptz + n * interval '1 minute', 'q' || n, 'u' || n,
      n % 50 = 1, case when n % 100 = 1 then jsonb_build_object('at', now(), 'revertOf', 'q' || n - 10)
      else jsonb_build_object('at', now()) end
    from generate_series(1, ${rows}::int) n`,
  sql`insert into scim_access_receipt (connection_id, id, record, is_open, at)
    select 'c' || n % ${connections}::int, 'p' || n, jsonb_build_object('at', now()), n % 1000 = 1,
      ${since.toISOString()}::timestamptz + n * interval '1 minute' from generate_series(1, ${rows}::int) n`,
  // Rules and jobs are few in a connection: so many connections.
  sql`insert into scim_access_rule (connection_id, id, record)
    select 'c' || n / 5, 'r' || n, '{}' from generate_series(0, ${rows}::int) n`,
  sql`insert into scim_access_job (connection_id, id, record, is_open)
    select 'c' || n / 5, 'j' || n, '{}', n % 1000 = 1 from generate_series(0, ${rows}::int) n`,
  sql`insert into scim_access (connection_id) select 'c' || n from generate_series(0, ${rows}::int) n`,
];

const late = new Date(since.getTime() + (rows - 100) * 60_000);
const ids = ["u1", "u11", "nobody"];
const entry: NewJournalEntry = entryOf("q", { at: late });
const receipt: Receipt = { ...receiptOf("p"), at: late, complete: true };
const join = { group: "everybody", member: "u0", since, request: undefined };

/** Ends a transaction whose work is not to stay. */
const takenBack = new Error("taken back");

/** What access does all day, by the names of what it is about. */
const work: Readonly<Record<string, (unit: AccessUnit) => Promise<unknown>>> = {
  "the rules of a connection": (unit) => unit.rules(),
  "a rule comes": (unit) => unit.saveRule(ruleOf("r")),
  "a rule goes": (unit) => unit.removeRule("r6"),
  "people by id, locked": (unit) => unit.lockUsers(ids),
  "people by id": (unit) => unit.users(ids),
  "people page by page": (unit) => unit.usersAfter("u5", 100),
  "people who are blocked": (unit) => unit.blockedUsers(100),
  "people are saved": (unit) => unit.saveUsers(ids.map((id) => ({ id, active: true, granted: [] }))),
  "somebody goes": (unit) => unit.removeUser("u1"),
  "groups by id": (unit) => unit.groups(["g1", "g11"]),
  "groups by name": (unit) => unit.groupsNamed("TEAM 11"),
  "a group goes": (unit) => unit.removeGroup("g1"),
  "the groups of people": (unit) => unit.membershipsOf(ids),
  "people of a large group, page by page": (unit) => unit.membersOf("everybody", "u5", 100),
  "groups within groups": (unit) => unit.innerGroups(["g21", "g51"]),
  "people join": (unit) => unit.join([join]),
  "people leave": (unit) => unit.leave("everybody", ids),
  "a write is recorded, and the oldest goes": (unit) => unit.record(entry, new Date(since.getTime() + 600_000)),
  "the newest of a journal": (unit) => unit.journal({ limit: 100 }),
  "a journal, page by page": (unit) => unit.journal({ before: 10_000, limit: 100 }),
  "a journal since a time": (unit) => unit.journal({ since: late, limit: 1_000 }),
  "the writes of a request": (unit) => unit.journal({ request: "q11", limit: 1_000 }),
  "what took a request back": (unit) => unit.journal({ revertOf: "q91", limit: 1_000 }),
  "who was deactivated since a time": (unit) => unit.deactivatedSince(late),
  "the jobs of a connection": (unit) => unit.jobs(),
  "a job is finished": (unit) => unit.saveJob(jobOf("j", since)),
  "the newest receipts": (unit) => unit.receipts("all", 100),
  "receipts that are not complete": (unit) => unit.receipts("open", 100),
  "a receipt comes, and the oldest go": (unit) => unit.saveReceipt(receipt, new Date(since.getTime() + 600_000)),
};

describe.each(databases)("%s", (_name, url) => {
  let db: Kysely<unknown>;
  let store: AccessStore;
  const statements: CompiledQuery[] = [];

  beforeAll(async () => {
    db = await openKysely(url, (query) => statements.push(query));
    const access = kyselyAccess(db);
    await access.migrate();
    for (const statement of fill) await statement.execute(db);
    await sql`vacuum analyze`.execute(db);
    store = access;
  }, 120_000);
  afterAll(() => db.destroy());

  /** What the database does for each of the statements of some work, but for the lock that comes before all of it. */
  async function plansOf(asked: () => Promise<unknown>): Promise<string> {
    statements.length = 0;
    await asked().catch(passTakenBack);
    const made = statements.filter(({ sql: text }) => /^\s*(select|update|delete|insert)/i.test(text));
    const plans: string[] = [];
    const explain = async (trx: Kysely<unknown>): Promise<never> => {
      for (const { sql: text, parameters } of made.filter((each) => !each.sql.includes("for share"))) {
        const analyzed = CompiledQuery.raw(`explain (analyze, timing off) ${text}`, [...parameters]);
        const plan = await trx.executeQuery<{ "QUERY PLAN": string }>(analyzed);
        plans.push(text, ...plan.rows.map((row) => row["QUERY PLAN"]));
      }
      throw takenBack;
    };
    await db.transaction().execute(explain).catch(passTakenBack);
    return plans.join("\n");
  }

  test.each(Object.entries(work))("%s", async (_what, asked) => {
    const plans = await plansOf(() =>
      store.within("c1", undefined, "shared", async (unit) => {
        await asked(unit);
        throw takenBack;
      }),
    );
    expect(plans).toMatch(/Index|Insert on/);
    expect(plans).not.toContain("Seq Scan");
    const looked = [...plans.matchAll(/actual rows=(\d+)|Rows Removed by [\w ]+: (\d+)/g)];
    // The connection has two thousand rows in each table.
    expect(Math.max(...looked.map(([, found, removed]) => Number(found ?? removed)))).toBeLessThanOrEqual(200);
  });

  test("connections that wait", async () => {
    const plans = await plansOf(() => store.waiting());
    expect(plans).toContain("Index");
    expect(plans).not.toContain("Seq Scan");
  });

  test("a connection is forgotten", async () => {
    const plans = await plansOf(() => store.forget("c7"));
    expect(plans).not.toContain("Seq Scan");
    expect(plans.match(/^delete from/gim)).toHaveLength(8);
  });
});

function passTakenBack(thrown: unknown): void {
  if (thrown !== takenBack) throw thrown;
}
