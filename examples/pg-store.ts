/** A store of users written by hand on `pg`, for a product that has its own table of people. */
import {
  type Change,
  type Draft,
  type ListQuery,
  type Page,
  type Removal,
  type Resource,
  type ResourceStore,
  ScimError,
  type Selection,
  type StoreCapabilities,
  type Stored,
  type UserWith,
} from "scimkit";
import { columns, conditionOf, orderOf, Parameters, storable } from "./pg-filter.ts";

type User = UserWith<[]>;

/** What `authenticate` returns. */
export interface Workspace {
  readonly workspaceId: string;
}

/** What the store needs of `pg`'s Pool and its clients, and hands to `beforeCommit`. */
export interface Queryable {
  query<Row extends object>(text: string, values?: unknown[]): Promise<{ rows: Row[] }>;
}

/** What the store needs of `pg`'s Pool. */
export interface Connections extends Queryable {
  connect(): Promise<Queryable & { release(destroy?: boolean): void }>;
}

/** The product's table. Only the last six lines are there for SCIM. */
export const usersTable = `
  create table users (
    id uuid primary key default gen_random_uuid(),
    workspace_id text not null,
    email text not null,
    display_name text,
    first_name text,
    last_name text,
    job_title text,
    disabled_at timestamptz,
    external_id text,
    created_at timestamptz(3) not null default now(),
    updated_at timestamptz(3) not null default now(),
    version integer not null default 1,
    -- The order of creation, in which users are listed.
    position bigint generated always as identity
  );
  create unique index users_email on users (workspace_id, lower(email));
  create index users_external_id on users (workspace_id, external_id);
  create index users_position on users (workspace_id, position);
`;

interface UserRow {
  readonly id: string;
  readonly email: string;
  readonly display_name: string | null;
  readonly first_name: string | null;
  readonly last_name: string | null;
  readonly job_title: string | null;
  readonly disabled_at: Date | null;
  readonly external_id: string | null;
  readonly created_at: Date;
  readonly updated_at: Date;
  readonly version: number;
}

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** A user store on the product's table. It needs no selection: a user is one row. */
export class PgUserStore implements ResourceStore<User, Workspace, Queryable> {
  readonly #pool: Connections;

  constructor(pool: Connections) {
    this.#pool = pool;
  }

  /** There are no cursors here: they would need the last row's sort key in the position, and IdPs page by index. */
  connect(): StoreCapabilities {
    return { holds: ({ text }) => columns.has(text) };
  }

  async create(draft: Draft<User, Queryable>, _want: Selection, { workspaceId }: Workspace): Promise<Stored<User>> {
    const values = valuesOf(draft.resource);
    return await this.#transaction(async (client) => {
      const { rows } = await client.query<UserRow>(
        `insert into users (email, display_name, first_name, last_name, job_title, external_id, disabled_at, workspace_id)
         values ($1, $2, $3, $4, $5, $6, case when $7 then null::timestamptz else now() end, $8) returning *`,
        [...values, workspaceId],
      );
      const after = toUser(only(rows));
      await draft.beforeCommit({ after }, client);
      return after;
    });
  }

  async get(id: string, _want: Selection, { workspaceId }: Workspace): Promise<Stored<User> | undefined> {
    if (!uuid.test(id)) return undefined;
    const { rows } = await available(
      this.#pool.query<UserRow>("select * from users where workspace_id = $1 and id = $2", [workspaceId, id]),
    );
    return rows[0] && toUser(rows[0]);
  }

  async list({ filter, sort, window }: ListQuery, { workspaceId }: Workspace): Promise<Page<User>> {
    if (window.by === "cursor") throw ScimError.invalidCursor('Page with "startIndex" and "count" here.');
    const parameters = new Parameters();
    const tenant = `workspace_id = ${parameters.bind(workspaceId)}`;
    const where = filter === undefined ? tenant : `${tenant} and (${conditionOf(filter, parameters)})`;
    const order = sort === undefined ? "position" : `${orderOf(sort)}, position`;
    const counted = await available(
      this.#pool.query<{ total: number }>(`select count(*)::int as total from users where ${where}`, parameters.values),
    );
    const { total } = only(counted.rows);
    if (window.count === 0 || window.startIndex > total) return { resources: [], total };
    const page = `limit ${parameters.bind(window.count)} offset ${parameters.bind(window.startIndex - 1)}`;
    const { rows } = await available(
      this.#pool.query<UserRow>(`select * from users where ${where} order by ${order} ${page}`, parameters.values),
    );
    return { resources: rows.map(toUser), total };
  }

  async update(
    id: string,
    change: Change<User, Queryable>,
    _want: Selection,
    { workspaceId }: Workspace,
  ): Promise<Stored<User> | undefined> {
    return await this.#transaction(async (client) => {
      const before = await locked(client, id, workspaceId);
      if (before === undefined) return undefined;
      const { resource, changed } = change.apply(before);
      if (changed.length === 0) return before;
      const { rows } = await client.query<UserRow>(
        `update users set email = $1, display_name = $2, first_name = $3, last_name = $4, job_title = $5, external_id = $6,
           disabled_at = case when $7 then null else coalesce(disabled_at, now()) end,
           updated_at = now(), version = version + 1
         where id = $8 returning *`,
        [...valuesOf(resource), id],
      );
      const after = toUser(only(rows));
      await change.beforeCommit({ before, after }, client);
      return after;
    });
  }

  async delete(id: string, removal: Removal<User, Queryable>, { workspaceId }: Workspace): Promise<boolean> {
    return await this.#transaction(async (client) => {
      const before = await locked(client, id, workspaceId);
      if (before === undefined) return false;
      removal.check({ id, meta: before.meta });
      await client.query("delete from users where id = $1", [id]);
      await removal.beforeCommit({ before }, client);
      return true;
    });
  }

  async #transaction<T>(work: (client: Queryable) => Promise<T>): Promise<T> {
    const client = await available(this.#pool.connect());
    let isBroken = false;
    try {
      await client.query("begin");
      const result = await work(client);
      await client.query("commit");
      return result;
    } catch (thrown) {
      await client.query("rollback").catch(() => {
        isBroken = true;
      });
      throw asScimError(thrown);
    } finally {
      client.release(isBroken);
    }
  }
}

/** The lock is what keeps two updates from starting from the same state. */
async function locked(client: Queryable, id: string, workspaceId: string): Promise<Stored<User> | undefined> {
  if (!uuid.test(id)) return undefined;
  const { rows } = await client.query<UserRow>("select * from users where workspace_id = $1 and id = $2 for update", [
    workspaceId,
    id,
  ]);
  return rows[0] && toUser(rows[0]);
}

/** What is null in the table is absent in a resource. */
function toUser(row: UserRow): Stored<User> {
  const name = present({ givenName: row.first_name, familyName: row.last_name });
  return {
    id: row.id,
    meta: { created: row.created_at, lastModified: row.updated_at, version: String(row.version) },
    userName: row.email,
    active: row.disabled_at === null,
    ...present({ displayName: row.display_name, title: row.job_title, externalId: row.external_id }),
    ...(Object.keys(name).length === 0 ? {} : { name }),
  };
}

function present<Name extends string>(values: Record<Name, string | null>): { [name in Name]?: string };
function present(values: Record<string, string | null>): Resource {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));
}

/** In the order of the parameters `$1` to `$7`. */
function valuesOf({ userName, displayName, name, title, externalId, active }: Omit<User, "id" | "meta">): unknown[] {
  const texts = {
    userName,
    displayName,
    "name.givenName": name?.givenName,
    "name.familyName": name?.familyName,
    title,
    externalId,
  };
  for (const [path, text] of Object.entries(texts)) {
    if (text !== undefined && !storable(text)) {
      throw ScimError.invalidValue(`"${path}" has a character that cannot be stored here, such as NUL.`);
    }
  }
  return [...Object.values(texts).map((text) => text ?? null), active !== false];
}

function only<Row>(rows: readonly Row[]): Row {
  const [row] = rows;
  if (row === undefined) throw new Error("The statement returned no row.");
  return row;
}

/** The same promise, with a lost connection said in SCIM's words. */
function available<T>(work: Promise<T>): Promise<T> {
  return work.catch((thrown: unknown) => {
    throw asScimError(thrown);
  });
}

/** A conflict, a deadlock or a lost connection; what is neither stays as it is, and is answered with 500. */
function asScimError(thrown: unknown): unknown {
  if (thrown instanceof ScimError || !(thrown instanceof Error) || !("code" in thrown)) return thrown;
  const code = String(thrown.code);
  if (code === "23505") return ScimError.uniqueness("userName", { cause: thrown });
  if (/^(?:08|57P|40|53|ECONN|EPIPE|ETIMEDOUT|ENOTFOUND)/.test(code)) {
    return ScimError.unavailable("The database is not available. Nothing was written.", 5, { cause: thrown });
  }
  return thrown;
}
