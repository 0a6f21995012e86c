/** The compiler holds a mapping against Kysely's type of the host's database. */
import { beforeAll, describe, expect, it } from "vitest";
import { compileModules } from "./compile.ts";

const host = `
import { type Generated, type Kysely, sql } from "kysely";
import { bearer, createScim, defineExtension, attribute, type UserWith } from "scimkit";
import { kyselyGroups, kyselyStore, kyselyUsers, scimkitTables } from "scimkit/kysely";
import { z } from "zod";
interface Database {
  users: {
    id: Generated<number>; workspace_id: number; email: string; first_name: string | null; disabled_at: Date | null;
    role: "admin" | "guest"; rest: unknown;
  };
  teams: { id: Generated<number>; workspace_id: number; name: string };
  team_members: { team_id: number; user_id: number; added_by: string };
}
interface Ctx { workspaceId: number; role: "admin" | "guest" }
declare const db: Kysely<Database>;
const users = { db, table: "users", key: "id" } as const;
const teams = { db, table: "teams", key: "id", columns: { displayName: "name" } } as const;
const people = kyselyUsers({ ...users, tenant: (ctx: Ctx) => ({ workspace_id: ctx.workspaceId }), columns: { userName: "email" } });
const authenticate = (): Ctx => ({ workspaceId: 1, role: "guest" });
`;

/** Each is a statement of a host's program; without an error, it compiles. */
const statements: readonly (readonly [what: string, statement: string, error?: string])[] = [
  ["a mapping of columns", 'kyselyUsers({ ...users, columns: { userName: "email" }, rest: "rest" })'],
  [
    "a table that the database has not",
    'kyselyUsers({ db, table: "user", key: "id", columns: {} })',
    `'"user"' is not assignable`,
  ],
  [
    "a key that the table has not",
    'kyselyUsers({ db, table: "users", key: "uuid", columns: {} })',
    `'"uuid"' is not assignable`,
  ],
  [
    "a column that the table has not",
    'kyselyUsers({ ...users, columns: { userName: "mail" } })',
    `'"mail"' is not assignable`,
  ],
  [
    "a column that another table has",
    'kyselyUsers({ ...users, columns: { userName: "name" } })',
    `'"name"' is not assignable`,
  ],
  [
    "a rest that the table has not",
    'kyselyUsers({ ...users, columns: {}, rest: "more" })',
    `'"more"' is not assignable`,
  ],
  [
    "a rule for a column that the table has not",
    'kyselyUsers({ ...users, columns: { userName: { column: "mail", write: false } } })',
    `'"mail"' is not assignable`,
  ],
  [
    "a rule that reads and writes what the column holds",
    `kyselyUsers({ ...users, columns: { active: {
    column: "disabled_at", read: (at) => at === null || at.getTime() > 0, write: (on) => (on ? null : new Date()),
    filter: (column) => sql\`\${column} is null\`,
  } } })`,
  ],
  [
    "a rule that reads something else",
    'kyselyUsers({ ...users, columns: { active: { column: "disabled_at", read: (at: string) => at === "" } } })',
    "not assignable to type '(value: Date | null) => unknown'",
  ],
  [
    "a rule that writes something else",
    'kyselyUsers({ ...users, columns: { active: { column: "disabled_at", write: () => "never" } } })',
    "Type 'string' is not assignable to type",
  ],
  [
    "a tenant of the Context",
    "kyselyUsers({ ...users, columns: {}, tenant: (ctx: Ctx) => ({ workspace_id: ctx.workspaceId }), onCreate: (ctx) => ({ role: ctx.role }) })",
  ],
  [
    "a tenant in a column that the table has not",
    "kyselyUsers({ ...users, columns: {}, tenant: (ctx: Ctx) => ({ workspace: ctx.workspaceId }) })",
    "has no properties in common",
  ],
  [
    "a tenant that is not of the column's type",
    "kyselyUsers({ ...users, columns: {}, tenant: (ctx: Ctx) => ({ workspace_id: String(ctx.workspaceId) }) })",
    "Type 'string' is not assignable to type 'number'",
  ],
  [
    "a Context of which nothing is said",
    "kyselyUsers({ ...users, columns: {}, tenant: (ctx) => ({ workspace_id: ctx.workspaceId }) })",
    "'ctx' is of type 'unknown'",
  ],
  [
    "a value of another type in a new row",
    'kyselyUsers({ ...users, columns: {}, onCreate: () => ({ role: "owner" }) })',
    "The types of 'role' are incompatible",
  ],
  [
    "users of another Context",
    'createScim({ users: people, authenticate: bearer(() => ({ workspace: "x" })) })',
    "is not assignable to type 'MaybePromise<Ctx | null | undefined>'",
  ],
  ["users of this Context", "createScim({ users: people, authenticate })"],
  [
    "Kysely's transaction in beforeCommit",
    `createScim({ users: people, authenticate, beforeCommit: async (change, ctx, trx) => {
    await trx.updateTable("users").set({ role: ctx.role }).where("id", "=", Number(change.id)).execute();
  } })`,
  ],
  [
    "a table that is not there in beforeCommit",
    `createScim({ users: people, authenticate, beforeCommit: async (_, __, trx) => {
    await trx.deleteFrom("audit").execute();
  } })`,
    `'"audit"' is not assignable`,
  ],
  [
    "groups and their members",
    'kyselyGroups({ ...teams, members: { table: "team_members", group: "team_id", user: "user_id", onAdd: () => ({ added_by: "scim" }) } })',
  ],
  [
    "members in a column that their table has not",
    'kyselyGroups({ ...teams, members: { table: "team_members", group: "team_id", user: "person_id" } })',
    `'"person_id"' is not assignable`,
  ],
  [
    "groups of users with an extension of the host's",
    `
    const badge = defineExtension("urn:acme:badge", z.object({ number: attribute(z.string(), { caseExact: true }) }));
    const store = kyselyUsers<Database, "users", Ctx, UserWith<[typeof badge]>>({ ...users, columns: { "urn:acme:badge:number": "first_name" } });
    createScim({ users: { store, extensions: [badge] }, groups: kyselyGroups({ ...teams, users: store, members: { table: "team_members", group: "team_id", user: "user_id" } }), authenticate })`,
  ],
  ["a custom resource in a table", 'kyselyStore({ db, table: "teams", key: "id", columns: { label: "name" } })'],
  [
    "ready-made tables beside the host's",
    "createScim({ ...scimkitTables(db, { tenant: (ctx: Ctx) => String(ctx.workspaceId) }), authenticate })",
  ],
];

describe("The compiler", () => {
  let errors: ReadonlyMap<string, readonly string[]>;
  beforeAll(() => {
    errors = compile();
  }, 60_000);

  const taken = statements.flatMap(([what, , error]) => (error === undefined ? [what] : []));
  it.each(taken)("takes %s", (what) => {
    expect(errors.get(what)).toEqual([]);
  });

  const refused = statements.flatMap(([what, , error]) => (error === undefined ? [] : [[what, error] as const]));
  it.each(refused)("refuses %s", (what, error) => {
    expect(errors.get(what)?.join("\n")).toContain(error);
  });
});

/** What the compiler says of each statement. */
function compile(): ReadonlyMap<string, readonly string[]> {
  const starts: number[] = [];
  let text = host;
  for (const [, statement] of statements) {
    starts.push(text.length);
    text += `{ ${statement} }\n`;
  }
  const [found = []] = compileModules([text]);
  const own = found.filter(({ at }) => at < host.length);
  if (own.length > 0) throw new Error(own.map(({ message }) => message).join("\n"));
  return new Map(
    statements.map(([what], index) => {
      const [start = 0, end = text.length] = [starts[index], starts[index + 1]];
      return [what, found.filter(({ at }) => at >= start && at < end).map(({ message }) => message)];
    }),
  );
}
