/** Keys of every type a host may have are ids: minted, found, paged through, and referred to by members. */
import { PGlite } from "@electric-sql/pglite";
import { Kysely, sql } from "kysely";
import { createScim } from "scimkit";
import { kyselyGroups, kyselyUsers, pgliteDialect } from "scimkit/kysely";
import { afterAll, beforeAll, expect, it } from "vitest";
import { isObject } from "../match.ts";
import { resourcesOf } from "../service.ts";
import { found, patchOf } from "./small-host.ts";

interface Database {
  people: { id: string; email: string };
  teams: { id: string; name: string };
  members: { team: string; person: string };
}

let db: Kysely<Database>;
beforeAll(async () => {
  db = new Kysely<Database>({ dialect: pgliteDialect(await PGlite.create()) });
  await sql`create domain person_key as uuid check (value <> '00000000-0000-0000-0000-000000000000')`.execute(db);
}, 60_000);
afterAll(() => db.destroy());

const ulid = "lpad(upper(to_hex((extract(epoch from clock_timestamp()) * 1000000)::bigint)), 26, '0')";

it.each([
  ["serial", "int", /^[1-9]\d*$/],
  ["bigint generated always as identity", "bigint", /^[1-9]\d*$/],
  ["smallserial", "int", /^[1-9]\d*$/],
  ["uuid default gen_random_uuid()", "uuid", /^[0-9a-f-]{36}$/],
  ["uuid", "uuid", /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-/],
  ["person_key", "uuid", /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-/],
  ["text", "text", /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-/],
  ["varchar(40)", "varchar(40)", /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-/],
  [`char(26) default ${ulid}`, "char(26)", /^[0-9A-F]{26}$/],
])("%s", async (type, reference, shape) => {
  for (const table of ["members", "teams", "people"]) await sql`drop table if exists ${sql.table(table)}`.execute(db);
  const key = sql.raw(`${type} primary key`);
  const refers = sql.raw(reference);
  await sql`create table people (id ${key}, email text not null)`.execute(db);
  await sql`create table teams (id ${key}, name text not null)`.execute(db);
  await sql`create table members (team ${refers} references teams, person ${refers} references people)`.execute(db);
  const users = kyselyUsers({ db, table: "people", key: "id", columns: { userName: "email" } });
  const members = { table: "members", group: "team", user: "person" } as const;
  const groups = kyselyGroups({ db, table: "teams", key: "id", columns: { displayName: "name" }, users, members });
  const scim = createScim({ users, groups, authenticate: () => ({}) });
  await groups.check();
  const call = async (method: string, url: string, json?: object) => {
    const body = json === undefined ? {} : { body: { json } };
    const answer = await scim.handle({ method, url, baseUrl: "https://app.example", headers: {}, ...body });
    const parsed: unknown = JSON.parse(answer.body ?? "{}");
    return { status: answer.status, body: isObject(parsed) ? parsed : {} };
  };

  const ids: string[] = [];
  for (const n of [1, 2, 3]) ids.push(String((await call("POST", "/Users", { userName: `u${n}` })).body.id));
  for (const id of ids) expect(id).toMatch(shape);
  expect(new Set(ids).size).toBe(3);
  const [first = "", second = ""] = ids;
  expect((await call("GET", `/Users/${first}`)).body).toMatchObject({ id: first, userName: "u1" });
  expect((await call("GET", found("/Users", `id eq "${second}"`))).body.totalResults).toBe(1);

  const paged: unknown[] = [];
  for (let url: string | undefined = "/Users?cursor&count=1"; url !== undefined; ) {
    const { body } = await call("GET", url);
    paged.push(...resourcesOf(body).map(({ id }) => id));
    url =
      typeof body.nextCursor === "string" ? `/Users?count=1&cursor=${encodeURIComponent(body.nextCursor)}` : undefined;
  }
  expect([...paged].sort()).toEqual([...ids].sort());

  const team = (await call("POST", "/Groups", { displayName: "Team", members: [{ value: first }] })).body.id;
  const join = patchOf({ op: "add", path: "members", value: [{ value: second }] });
  expect((await call("PATCH", `/Groups/${team}`, join)).status).toBe(204);
  const leave = patchOf({ op: "remove", path: `members[value eq "${first}"]` });
  expect((await call("PATCH", `/Groups/${team}`, leave)).status).toBe(204);
  expect((await call("GET", `/Groups/${team}`)).body.members).toMatchObject([{ value: second }]);
  expect((await call("GET", `/Users/${second}`)).body.groups).toMatchObject([{ value: team, display: "Team" }]);
  expect((await call("GET", found("/Groups", `members.value eq "${second}"`))).body.totalResults).toBe(1);
  expect((await call("DELETE", `/Users/${second}`)).status).toBe(204);
  expect((await call("GET", "/Users/1x")).status).toBe(404);
});
