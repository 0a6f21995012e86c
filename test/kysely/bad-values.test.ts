/** A value that a column cannot hold is the client's error, 400 `invalidValue`, and names the attribute. RFC 7644 §3.12. */
import { type Generated, type Kysely, sql } from "kysely";
import { bearer, createScim, defineExtension, type UserWith } from "scimkit";
import { kyselyUsers } from "scimkit/kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { openKysely } from "./host.ts";
import { found, patchOf } from "./small-host.ts";
import { databases, stopServer } from "./stores.ts";

afterAll(stopServer);

interface Database {
  staff: {
    id: Generated<number>;
    email: string;
    nick: string | null;
    number: number | null;
    big: number | null;
    badge: string | null;
    day: Date | null;
    at: Date | null;
    level: string | null;
    score: number | null;
    boss: number | null;
    flags: string | null;
    code: string | null;
    rest: unknown;
  };
}

const staffUrn = "urn:acme:params:scim:schemas:staff:2.0:User";
const staff = defineExtension(
  staffUrn,
  z.object({
    number: z.string().optional(),
    big: z.int().optional(),
    badge: z.string().optional(),
    day: z.string().optional(),
    at: z.iso.datetime({ offset: true }).optional(),
    level: z.string().optional(),
    score: z.number().optional(),
    boss: z.string().optional(),
    flags: z.string().optional(),
    code: z.string().optional(),
  }),
);

const statements = [
  "drop table if exists staff",
  "drop type if exists level",
  "create type level as enum ('low', 'high')",
  `create table staff (
    id serial primary key, email text not null, nick varchar(8), number int, big bigint, badge uuid, day date, at timestamptz,
    level level, score numeric(4, 1), boss int references staff, flags bit(3), code text check (code ~ '^[a-z]+$'), rest jsonb
  )`,
];

describe.each(databases)("In %s", (_, url) => {
  let db: Kysely<Database>;
  let errors: unknown[] = [];
  let call: (
    method: string,
    path: string,
    json?: unknown,
  ) => Promise<{ status: number; body: Record<string, unknown> }>;

  beforeAll(async () => {
    db = await openKysely<Database>(url);
    for (const statement of statements) await sql.raw(statement).execute(db);
    const store = kyselyUsers<Database, "staff", object, UserWith<[typeof staff]>>({
      db,
      table: "staff",
      key: "id",
      columns: {
        userName: "email",
        nickName: "nick",
        [`${staffUrn}:number`]: "number",
        [`${staffUrn}:big`]: "big",
        [`${staffUrn}:badge`]: "badge",
        [`${staffUrn}:day`]: {
          column: "day",
          read: (day) => day?.toISOString(),
          write: (day) => sql<Date>`${day}::date`,
        },
        [`${staffUrn}:at`]: "at",
        [`${staffUrn}:level`]: "level",
        [`${staffUrn}:score`]: "score",
        [`${staffUrn}:boss`]: "boss",
        [`${staffUrn}:flags`]: "flags",
        [`${staffUrn}:code`]: "code",
      },
      rest: "rest",
    });
    const scim = createScim({
      users: { store, extensions: [staff] },
      authenticate: bearer(() => ({})),
      onError: (error) => {
        errors.push(error);
      },
    });
    await store.check();
    call = async (method, path, json) => {
      const answer = await scim.handle({
        method,
        url: path,
        baseUrl: "https://app.example",
        headers: { authorization: "Bearer x" },
        ...(json === undefined ? {} : { body: { json } }),
      });
      return { status: answer.status, body: JSON.parse(answer.body ?? "{}") };
    };
  }, 60_000);
  afterAll(() => db.destroy());
  beforeEach(async () => {
    errors = [];
    await sql`truncate staff`.execute(db);
  });

  const bad: readonly (readonly [what: string, path: string, value: string | number, says?: string])[] = [
    ["text longer than its varchar", "nickName", "much too long", "is too long: this server keeps 8 characters"],
    ["text longer than its varchar, of more bytes than characters", "nickName", "😀".repeat(9), "keeps 8 characters"],
    ["text in an integer column", `${staffUrn}:number`, "twelve", "must be a whole number"],
    ["a number over an integer column", `${staffUrn}:number`, "2147483648", "not too large"],
    ["a number under an integer column", `${staffUrn}:number`, "-2147483649", "not too large"],
    ["a number over a bigint column", `${staffUrn}:big`, 1e19, "must be a whole number"],
    ["text in a uuid column", `${staffUrn}:badge`, "B-7", "must be a UUID"],
    ["a day that is none", `${staffUrn}:day`, "2024-02-30"],
    ["a dateTime beyond a timestamp", `${staffUrn}:at`, "-300000-01-01T00:00:00Z"],
    ["a word that is not in an enum", `${staffUrn}:level`, "middling"],
    ["a number over a numeric column", `${staffUrn}:score`, 12345.6],
    ["a reference to nobody", `${staffUrn}:boss`, "4711", "refers to something that does not exist here"],
    ["bits that are none", `${staffUrn}:flags`, "012"],
    ["a value that a check refuses", `${staffUrn}:code`, "A1", "has a value that this server does not allow"],
    ["a NUL in a column", "userName", "a\0b", '"userName"'],
    ["a NUL in the rest", "title", "a\0b", '"title"'],
    ["half a surrogate pair in a column", "userName", "a\ud83db", '"userName"'],
    ["half a surrogate pair in the rest", "title", "a\ud83db", '"title"'],
  ];

  const cases = bad.map(([what, path, value, says = path]) => [what, { path, value, says }] as const);
  const bodyOf = (path: string, value: unknown): Record<string, unknown> => {
    if (!path.startsWith(staffUrn)) return { userName: "ann@x.io", [path]: value };
    return { userName: "ann@x.io", [staffUrn]: { [path.slice(staffUrn.length + 1)]: value } };
  };

  it.each(cases)(
    "%s is refused by POST, PUT and PATCH, and nothing is written",
    async (_what, { path, value, says }) => {
      const created = await call("POST", "/Users", { userName: "ann@x.io", displayName: "Ann" });
      expect(created.status).toBe(201);
      const before = await db.selectFrom("staff").selectAll().execute();
      for (const answer of [
        await call("POST", "/Users", {
          ...bodyOf(path, value),
          ...(path === "userName" ? {} : { userName: "lee@x.io" }),
        }),
        await call("PUT", `/Users/${created.body.id}`, bodyOf(path, value)),
        await call("PATCH", `/Users/${created.body.id}`, patchOf({ op: "replace", path, value })),
      ]) {
        expect(answer).toMatchObject({ status: 400, body: { scimType: "invalidValue" } });
        expect(answer.body.detail).toContain(says);
      }
      expect(await db.selectFrom("staff").selectAll().execute()).toEqual(before);
      expect(errors).toEqual([]);
    },
  );

  it.each(cases)("%s is compared with, and matches nothing", async (_what, { path, value }) => {
    await call("POST", "/Users", { userName: "ann@x.io" });
    if (path.endsWith(":day")) return;
    const literal = JSON.stringify(value);
    for (const op of typeof value === "string" ? ["eq", "sw", "co", "gt", "le"] : ["eq", "gt", "le"]) {
      const { status, body } = await call("GET", found("/Users", `${path} ${op} ${literal}`));
      const isRefused = status === 400 && body.scimType === "invalidFilter";
      expect([op, status, body.totalResults]).toEqual(isRefused ? [op, 400, undefined] : [op, 200, expect.any(Number)]);
      if (op === "eq" && !isRefused) expect(body.totalResults).toBe(0);
    }
    expect(errors).toEqual([]);
  });

  it("what fits is kept, and comes back as it was said", async () => {
    const { id } = (await call("POST", "/Users", { userName: "boss@x.io" })).body;
    const values = {
      number: "2147483647",
      big: 9007199254740991,
      badge: "0b5a1c6e-8f0e-4d3c-9a55-3f8a9f1d2c11",
      at: "2024-02-29T23:59:59.500Z",
      level: "high",
      score: 99.5,
      boss: id,
      flags: "101",
      code: "abc",
    };
    const { status, body } = await call("POST", "/Users", {
      userName: "ann@x.io",
      nickName: "12345678",
      [staffUrn]: values,
    });
    expect([status, body[staffUrn]]).toEqual([201, values]);
  });
});
