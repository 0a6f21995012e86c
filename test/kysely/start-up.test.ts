/** What a mapping cannot express is an error when the host starts, and says what to do. */
import { PGlite } from "@electric-sql/pglite";
import {
  DummyDriver,
  type Generated,
  Kysely,
  MssqlAdapter,
  MssqlQueryCompiler,
  MysqlAdapter,
  MysqlQueryCompiler,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  sql,
} from "kysely";
import { createScim, type ScimError } from "scimkit";
import { kyselyGroups, kyselyUsers, pgliteDialect } from "scimkit/kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

/** What the host believes of its tables; the columns and tables that are called `absent` are not there. */
interface Database {
  users: {
    id: Generated<number>;
    email: string;
    first_name: string | null;
    full: Generated<string>;
    disabled_at: Date | null;
    tags: string[] | null;
    notes: string | null;
    born: Date | null;
    score: Generated<string>;
    quota: number | null;
    profile: unknown;
    absent: string | null;
    absent_at: Date;
  };
  numbered: { id: number; email: string };
  listed: { id: number; email: string; changes: number };
  teams: { id: Generated<number>; name: string; absent: string };
  team_members: { team_id: number; user_id: number; child_id: number | null; user_text: string; absent: number };
  absent: { id: string; email: string; team_id: number; user_id: number };
}

const statements = [
  `create table users (
    id serial primary key, email text not null, first_name text, disabled_at timestamptz, tags text[], notes text,
    born date, quota int, score numeric not null default 0, profile jsonb, "full" text generated always as (email || ' ' || first_name) stored
  )`,
  "create table numbered (id int primary key, email text)",
  "create view listed as select id, email, 1 as changes from users",
  "create table teams (id serial primary key, name text not null)",
  "create table team_members (team_id int not null, user_id int, child_id int, user_text text)",
];

let db: Kysely<Database>;
beforeAll(async () => {
  db = new Kysely<Database>({ dialect: pgliteDialect(await PGlite.create()) });
  for (const statement of statements) await sql.raw(statement).execute(db);
}, 60_000);
afterAll(() => db.destroy());

const authenticate = () => ({});
const usersTable = { table: "users", key: "id" } as const;
const members = { table: "team_members", group: "team_id", user: "user_id" } as const;
const mapUsers = () => kyselyUsers({ db, ...usersTable, columns: { userName: "email" } });

type Checked = { check(): Promise<void> };

/** What createScim, or else the check, says of a store of users. */
async function problemOf(open: () => ReturnType<typeof mapUsers>): Promise<string> {
  return await messageOf(async () => {
    const users = open();
    createScim({ users, authenticate });
    await users.check();
  });
}

async function messageOf(work: () => Promise<unknown>): Promise<string> {
  try {
    await work();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return "";
}

describe("createScim refuses a mapping", () => {
  const refused: readonly (readonly [what: string, columns: Parameters<typeof map>[0], says: string])[] = [
    [
      "to an attribute that is not there",
      { userName: "email", nickname: "notes", shoeSize: "quota" },
      "names no attribute of User",
    ],
    [
      "to a sub-attribute that is not there",
      { userName: "email", "name.first": "first_name" },
      'has no sub-attribute "first"',
    ],
    [
      "to an extension that is not there",
      { userName: "email", "urn:acme:badge": "notes" },
      "is under no schema of User",
    ],
    ["that is no path", { userName: "email", "emails[type eq work].value": "notes" }, "is no attribute path"],
    [
      "of an element, to what is no sub-attribute",
      { userName: "email", 'emails[type eq "work"]': "notes" },
      'must end in a sub-attribute, such as ".value"',
    ],
    ["of `id`", { userName: "email", id: "notes" }, "`key` says which column is the id"],
    ["of `groups`", { userName: "email", groups: "notes" }, "comes from the table of memberships"],
    [
      "of one attribute, twice",
      { userName: "email", "name.givenName": "first_name", "name.GIVENNAME": "notes" },
      "are the same attribute",
    ],
    [
      "of a whole and of its part",
      { userName: "email", name: "profile", "name.givenName": "first_name" },
      "a part of it",
    ],
    ["that would write the key", { userName: "id" }, 'would write the key "id"'],
    ["without what the schema requires", { title: "notes" }, 'the store does not keep "userName", which is required'],
    ["of `password`, which is not served", { userName: "email", password: "notes" }, "changePassword"],
    [
      "of two attributes of different types to one column",
      { userName: "email", active: "email" },
      'are both in the column "email", and cannot be one value. One of them needs a `write`',
    ],
    [
      "of two attributes to one column, one of which only says how it is read",
      { userName: "email", nickName: { column: "email", read: (value) => value.split("@")[0] } },
      "One of them needs a `write`",
    ],
    [
      "of a list and a value to one column",
      { userName: "email", profileUrl: "profile", emails: "profile" },
      "One of them needs a `write`",
    ],
  ];
  const map = (columns: Parameters<typeof kyselyUsers<Database, "users">>[0]["columns"]) =>
    kyselyUsers({ db, ...usersTable, columns });

  it.each(refused)("%s", async (_, columns, says) => {
    expect(await problemOf(() => map(columns))).toContain(says);
  });

  it.each([
    [
      "all but one are ignored when they are written",
      { userName: "email", nickName: { column: "email", write: "ignore" as const } },
    ],
    ["all but one are never written", { userName: "email", nickName: { column: "email", write: false as const } }],
    ["all but one have functions to write them", { userName: "email", nickName: { column: "email", write: String } }],
    ["they are of one type", { userName: "email", nickName: "email" as const }],
  ] as const)("but not one of two attributes to one column where %s", async (_, columns) => {
    expect(await problemOf(() => map({ ...columns, userName: "email" }))).toBe("");
  });
});

describe("check() refuses a mapping", () => {
  type Columns = Partial<Parameters<typeof kyselyUsers<Database, "users">>[0]>;
  const refused: readonly (readonly [what: string, mapping: Columns, says: string])[] = [
    [
      "to a column that is not there",
      { columns: { userName: "email", title: "absent" } },
      'The table "users" has no column "absent", which the mapping names for "title".',
    ],
    [
      "of `createdAt` to a column that is not there",
      { createdAt: "absent_at" },
      'has no column "absent_at", which the mapping names for `createdAt`',
    ],
    ["of `rest` to a column that is not there", { rest: "absent" }, "which the mapping names for `rest`"],
    [
      "of `softDelete` to a column that is not there",
      { softDelete: "absent_at" },
      "which the mapping names for `softDelete`",
    ],
    [
      "of a boolean to a timestamp without `read` and `write`",
      { columns: { userName: "email", active: "disabled_at" } },
      '"active" is of type boolean, and "users.disabled_at" is timestamp with time zone; give the column `read` and `write`.',
    ],
    ["of text to an array", { columns: { userName: "email", title: "tags" } }, '"users.tags" is text[]'],
    ["of text to a date", { columns: { userName: "email", title: "born" } }, '"users.born" is date'],
    [
      "of a list to a text column",
      { columns: { userName: "email", emails: "notes" } },
      '"emails" is a list, and "users.notes" is text',
    ],
    [
      "to a column that the database computes",
      { columns: { userName: "email", displayName: "full" } },
      'the database computes "users.full"; give it `write: false` or "ignore"',
    ],
    ["of `rest` to what is not jsonb", { rest: "notes" }, '`rest`: "notes" is text, and must be jsonb.'],
    [
      "of `updatedAt` to what is no timestamp",
      { updatedAt: "notes" },
      '`updatedAt`: "users.notes" is text, and must be a timestamp.',
    ],
    ["of `version` to what is no integer", { version: "notes" }, "and must be an integer"],
    ["of `softDelete` to what marks nothing", { softDelete: "quota" }, "and must be a timestamp or boolean"],
  ];

  it.each(refused)("%s", async (_, mapping, says) => {
    const open = () => kyselyUsers({ db, ...usersTable, columns: { userName: "email" }, ...mapping });
    expect(await problemOf(open)).toContain(says);
  });

  it("to a table that is not there", async () => {
    const open = () => kyselyUsers({ db, table: "absent", key: "id", columns: { userName: "email" } });
    expect(await problemOf(open)).toBe('The table "absent" of the mapping is not in the database.');
  });

  it("with a key that nothing gives a value", async () => {
    const open = () => kyselyUsers({ db, table: "numbered", key: "id", columns: { userName: "email" } });
    expect(await problemOf(open)).toContain('`key`: "id" is integer without a default');
  });

  it("with a key of another type than integer, uuid and text", async () => {
    const open = () => kyselyUsers({ db, table: "users", key: "score", columns: { userName: "email" } });
    expect(await problemOf(open)).toContain('`key`: "users.score" is numeric, and must be an integer, a uuid or text.');
  });

  it("to a view, whose rows have no version of their own", async () => {
    const open = () => kyselyUsers({ db, table: "listed", key: "id", columns: { userName: "email" } });
    expect(await problemOf(open)).toContain("name a `version` column");
  });

  it("once more when it is asked again, and not when the database has been mended", async () => {
    const users = kyselyUsers({ db, ...usersTable, columns: { userName: "email", title: "absent" } });
    createScim({ users, authenticate });
    expect(await messageOf(() => users.check())).toContain('no column "absent"');
    expect(await messageOf(() => users.check())).toContain('no column "absent"');
    await sql`alter table users add column absent text`.execute(db);
    expect(await messageOf(() => users.check())).toBe("");
    await sql`alter table users drop column absent`.execute(db);
  });

  it.each([
    ["SQLite", new SqliteAdapter(), new SqliteQueryCompiler()],
    ["MySQL", new MysqlAdapter(), new MysqlQueryCompiler()],
    ["SQL Server", new MssqlAdapter(), new MssqlQueryCompiler()],
  ])("to a database that is %s", async (_, adapter, compiler) => {
    const other = new Kysely<Database>({
      dialect: {
        createAdapter: () => adapter,
        createDriver: () => new DummyDriver(),
        createIntrospector: (mapped) => new SqliteIntrospector(mapped),
        createQueryCompiler: () => compiler,
      },
    });
    const open = () => kyselyUsers({ db: other, ...usersTable, columns: { userName: "email" } });
    expect(await problemOf(open)).toContain("scimkit/kysely needs PostgreSQL");
  });

  it("that no createScim has been given", async () => {
    expect(await messageOf(() => mapUsers().check())).toContain("has not been given to createScim");
  });
});

describe("Groups", () => {
  const columns = { displayName: "name" } as const;
  const checked = async (open: (users: ReturnType<typeof mapUsers>) => Checked & ReturnType<typeof mapGroups>) =>
    await messageOf(async () => {
      const users = mapUsers();
      const groups = open(users);
      createScim({ users, groups, authenticate });
      await groups.check();
    });
  const mapGroups = (users: ReturnType<typeof mapUsers>) =>
    kyselyGroups({ db, table: "teams", key: "id", columns, members, users });

  it("are ready when all is there", async () => {
    expect(await checked(mapGroups)).toBe("");
  });

  it.each([
    [
      "has no such table",
      { table: "absent", group: "team_id", user: "user_id" } as const,
      'The table "absent" of the members is not in the database.',
    ],
    ["has no such column", { ...members, user: "absent" } as const, 'The table "team_members" has no column "absent".'],
    [
      "has columns of another type than the keys",
      { ...members, user: "user_text" } as const,
      '"team_members.user_text" is text, and "users.id", whose keys it is to hold, is integer.',
    ],
    [
      "cannot tell groups from users",
      { ...members, nested: "child_id" } as const,
      "users and groups are numbered, so that an id can be either's",
    ],
  ])("are refused where the table of members %s", async (_, mapped, says) => {
    const open = (users: ReturnType<typeof mapUsers>) =>
      mapped.table === "absent"
        ? kyselyGroups({ db, table: "teams", key: "id", columns, users, members: mapped })
        : kyselyGroups({ db, table: "teams", key: "id", columns, users, members: mapped });
    expect(await checked(open)).toContain(says);
  });

  it("find their users by the database, where it has one mapping of users", async () => {
    const [none, one] = [db.withSchema("public"), db.withSchema("public")];
    const groupsOn = (mapped: Kysely<Database>) =>
      kyselyGroups({ db: mapped, table: "teams", key: "id", columns, members });
    expect(() => groupsOn(none)).toThrow("no users are mapped on this `db` yet; say with `users`");
    kyselyUsers({ db: one, ...usersTable, columns: { userName: "email" } });
    expect(groupsOn(one)).toBeInstanceOf(Object);
    kyselyUsers({ db: one, ...usersTable, columns: { userName: "email" } });
    expect(() => groupsOn(one)).toThrow("several are mapped on this `db`; say with `users`");
  });
});

describe("A request is answered with 500, and tells only the host", () => {
  const call = async (users: ReturnType<typeof mapUsers>, body?: object) => {
    let told = "";
    const onError = ({ cause }: ScimError): void => {
      told = String(cause);
    };
    const scim = createScim({ users, authenticate, onError });
    const { status } = await scim.handle({
      method: body === undefined ? "GET" : "POST",
      url: "/Users",
      baseUrl: "https://app.example",
      headers: {},
      ...(body === undefined ? {} : { body: { json: body } }),
    });
    return [status, told] as const;
  };

  it.each([
    ["returns nothing", () => ({}), "`tenant` returned no column"],
    ["has no value", () => ({ email: "" }), '`tenant` returned nothing for "email"'],
    ["is in a column that is not there", () => ({ absent: "x" }), 'has no column "absent", which `tenant` names'],
  ])("where the tenant %s", async (_, tenant, says) => {
    const users = kyselyUsers({ db, ...usersTable, tenant, columns: { userName: "email" } });
    expect(await call(users)).toEqual([500, expect.stringContaining(says)]);
  });

  it("where a column needs a value that nothing gives", async () => {
    const users = kyselyUsers({ db, ...usersTable, columns: { userName: "first_name" } });
    const said =
      'Error: "users.email" needs a value in every new row; return one from `onCreate`, or give the column a default.';
    expect(await call(users, { userName: "ann" })).toEqual([500, said]);
  });
});
