/** A host whose tables know nothing of SCIM, mapped in the fewest lines; what `docs/kysely.md` begins with. */
import { type CompiledQuery, type Generated, type Kysely, sql, type Transaction } from "kysely";
import { bearer, createScim, type ScimError, type ScimOptions } from "scimkit";
import { type KyselyGroups, type KyselyUsers, kyselyGroups, kyselyUsers } from "scimkit/kysely";
import { isObject, type JsonObject } from "../match.ts";
import { openKysely } from "./host.ts";

/** The host's tables. */
export interface Database {
  users: {
    id: Generated<number>;
    workspace_id: number;
    email: string;
    scim_external_id: string | null;
    first_name: string | null;
    last_name: string | null;
    disabled_at: Date | null;
    department: string | null;
    role: string;
    scim_attributes: unknown;
  };
  teams: { id: Generated<number>; workspace_id: number; name: string };
  team_members: { team_id: number; user_id: number };
}

/** The host's context. */
export interface Ctx {
  readonly workspaceId: number;
  readonly defaultRole: string;
}

/** Two workspaces; their tokens are `one` and `two`. */
const workspaces: ReadonlyMap<string, Ctx> = new Map([
  ["one", { workspaceId: 1, defaultRole: "guest" }],
  ["two", { workspaceId: 2, defaultRole: "guest" }],
]);

/** The Context of a token. */
export function workspaceOf(token: string): Ctx {
  const ctx = workspaces.get(token);
  if (ctx === undefined) throw new Error(`There is no workspace "${token}".`);
  return ctx;
}

const statements = [
  `create table users (
    id serial primary key,
    workspace_id int not null,
    email varchar(60) not null,
    scim_external_id text,
    first_name text,
    last_name text,
    disabled_at timestamptz,
    department varchar(20),
    role text not null,
    scim_attributes jsonb
  )`,
  "create unique index users_email on users (workspace_id, lower(email))",
  "create table teams (id serial primary key, workspace_id int not null, name text not null)",
  `create table team_members (
    team_id int not null references teams,
    user_id int not null references users,
    primary key (team_id, user_id)
  )`,
];

/** What came back from the service. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: JsonObject;
}

/** The host, and its SCIM service. */
export interface SmallHost {
  readonly db: Kysely<Database>;
  readonly users: KyselyUsers<Database, Ctx>;
  readonly groups: KyselyGroups<Database, Ctx>;
  /** What reached `onError`. */
  readonly errors: readonly ScimError[];
  call(method: string, url: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  /** Empties the tables. */
  clear(): Promise<void>;
  close(): Promise<void>;
}

/**
 * The mapping, in the fewest lines.
 *
 * @param how - `emails`: whether the work email is the userName; else emails are in the rest
 */
export function mapSmallHost(db: Kysely<Database>, { emails = true } = {}) {
  const users = kyselyUsers({
    db,
    table: "users",
    key: "id",
    tenant: (ctx: Ctx) => ({ workspace_id: ctx.workspaceId }),
    columns: {
      userName: "email",
      externalId: "scim_external_id",
      "name.givenName": "first_name",
      "name.familyName": "last_name",
      active: {
        column: "disabled_at",
        read: (v) => v === null,
        write: (on) => (on ? null : new Date()),
        filter: (column) => sql`${column} is null`,
      },
      ...(emails ? { 'emails[type eq "work"].value': "email" as const } : {}),
      "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department": "department",
    },
    rest: "scim_attributes",
    onCreate: (ctx) => ({ role: ctx.defaultRole }),
  });
  const groups = kyselyGroups({
    db,
    table: "teams",
    key: "id",
    columns: { displayName: "name" },
    members: { table: "team_members", group: "team_id", user: "user_id" },
  });
  return { users, groups };
}

/** How the host is opened. */
export interface Opening {
  /** Default: PGlite. */
  readonly url?: string | undefined;
  readonly scim?: Partial<ScimOptions<Ctx, [], [], Transaction<Database>>>;
  /** Default: {@link mapSmallHost}. */
  readonly map?: (db: Kysely<Database>) => Pick<SmallHost, "users" | "groups">;
  /** Hears every statement. */
  readonly hear?: (query: CompiledQuery) => void;
}

/** Opens the host, empty. */
export async function openSmallHost({
  url,
  scim: options,
  map = mapSmallHost,
  hear,
}: Opening = {}): Promise<SmallHost> {
  const db = await openKysely<Database>(url, hear);
  await sql`drop table if exists team_members, teams, users cascade`.execute(db);
  for (const statement of statements) await sql.raw(statement).execute(db);
  const { users, groups } = map(db);
  const errors: ScimError[] = [];
  const scim = createScim({
    users,
    groups,
    authenticate: bearer((token) => workspaces.get(token)),
    onError: (error) => {
      errors.push(error);
    },
    ...options,
  });
  await users.check();
  await groups.check();
  return {
    db,
    users,
    groups,
    errors,
    async call(method, path, body, headers = {}) {
      const answer = await scim.handle({
        method,
        url: path,
        baseUrl: "https://app.example/scim/v2",
        headers: { authorization: "Bearer one", ...headers },
        ...(body === undefined ? {} : { body: { json: body } }),
      });
      const json: unknown = JSON.parse(answer.body ?? "{}");
      return { status: answer.status, headers: answer.headers, body: isObject(json) ? json : {} };
    },
    clear: async () => void (await sql`truncate team_members, teams, users`.execute(db)),
    close: () => db.destroy(),
  };
}

/** The body of a PATCH. */
export function patchOf(...operations: readonly object[]): object {
  return { schemas: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], Operations: operations };
}

/** The path of a list with a filter. */
export function found(path: string, filter: string): string {
  return `${path}?filter=${encodeURIComponent(filter)}`;
}
