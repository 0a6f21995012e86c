/** pgliteDialect: Kysely on an embedded PostgreSQL (PGlite). */
import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
} from "kysely";

/** What is needed of a `PGlite` instance; also fits `PGliteWorker`. */
export interface PGliteLike {
  query<Row>(text: string, parameters?: unknown[]): Promise<{ rows: Row[]; affectedRows?: number; command?: string }>;
  close(): Promise<void>;
}

/**
 * A Kysely dialect for PGlite (`@electric-sql/pglite`), the PostgreSQL that runs inside the process.
 *
 * PGlite has one connection: transactions take turns. While one is open, do not call the instance's own `query`
 * beside Kysely, or the statement becomes part of it.
 *
 * @param pglite - an instance, or a function that makes one at the first query; closed by `db.destroy()`
 * @example
 * const db = new Kysely<Database>({ dialect: pgliteDialect(() => PGlite.create("./data")) });
 */
export function pgliteDialect(pglite: PGliteLike | (() => PGliteLike | Promise<PGliteLike>)): Dialect {
  return {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new PGliteDriver(pglite),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  };
}

class PGliteDriver implements Driver {
  readonly #source: PGliteLike | (() => PGliteLike | Promise<PGliteLike>);
  #pglite: PGliteLike | undefined;
  readonly #turns: (() => void)[] = [];
  #taken = false;

  constructor(source: PGliteLike | (() => PGliteLike | Promise<PGliteLike>)) {
    this.#source = source;
  }

  async init(): Promise<void> {
    this.#pglite = typeof this.#source === "function" ? await this.#source() : this.#source;
  }

  async acquireConnection(): Promise<DatabaseConnection> {
    const connection = new PGliteConnection(this.#open());
    if (this.#taken) await new Promise<void>((turn) => this.#turns.push(turn));
    this.#taken = true;
    return connection;
  }

  async releaseConnection(): Promise<void> {
    const next = this.#turns.shift();
    if (next === undefined) this.#taken = false;
    else next();
  }

  async beginTransaction(
    connection: DatabaseConnection,
    settings: { readonly isolationLevel?: string; readonly accessMode?: string },
  ): Promise<void> {
    const isolation = settings.isolationLevel === undefined ? "" : ` isolation level ${settings.isolationLevel}`;
    const access = settings.accessMode === undefined ? "" : ` ${settings.accessMode}`;
    await connection.executeQuery(CompiledQuery.raw(`start transaction${isolation}${access}`));
  }

  async commitTransaction(): Promise<void> {
    const { command } = await this.#open().query("commit");
    if (command === "ROLLBACK") throw new Error("The transaction was rolled back: one of its statements had failed.");
  }

  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw("rollback"));
  }

  async savepoint(connection: DatabaseConnection, name: string): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw(`savepoint ${quoted(name)}`));
  }

  async rollbackToSavepoint(connection: DatabaseConnection, name: string): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw(`rollback to ${quoted(name)}`));
  }

  async releaseSavepoint(connection: DatabaseConnection, name: string): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw(`release ${quoted(name)}`));
  }

  async destroy(): Promise<void> {
    const pglite = this.#pglite;
    this.#pglite = undefined;
    await pglite?.close();
  }

  #open(): PGliteLike {
    if (this.#pglite === undefined) throw new Error("The PGlite database has been closed.");
    return this.#pglite;
  }
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

const writes: ReadonlySet<string | undefined> = new Set(["INSERT", "UPDATE", "DELETE", "MERGE"]);

class PGliteConnection implements DatabaseConnection {
  readonly #pglite: PGliteLike;

  constructor(pglite: PGliteLike) {
    this.#pglite = pglite;
  }

  async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    const { rows, affectedRows, command } = await this.#pglite.query<Row>(query.sql, [...query.parameters]);
    if (!writes.has(command)) return { rows };
    return { rows, numAffectedRows: BigInt(affectedRows ?? 0) };
  }

  async *streamQuery<Row>(query: CompiledQuery): AsyncIterableIterator<QueryResult<Row>> {
    yield await this.executeQuery<Row>(query);
  }
}
