/** What a database driver's error means: a conflict to retry, a lost connection, or a value that does not fit. */

/** The fields of a PostgreSQL error that drivers hand on; each may be missing. */
export interface DatabaseError {
  /** SQLSTATE, or Node's code of a network error. */
  readonly code: string;
  readonly message: string;
  readonly table: string | undefined;
  readonly column: string | undefined;
  readonly constraint: string | undefined;
}

/** Reads what was thrown as a database error; undefined if it has neither a SQLSTATE nor a network error's code. */
export function databaseError(thrown: unknown): DatabaseError | undefined {
  if (!(thrown instanceof Error) || !("code" in thrown) || typeof thrown.code !== "string") return undefined;
  return {
    code: thrown.code,
    message: thrown.message,
    table: text(thrown, "table", "table_name"),
    column: text(thrown, "column", "column_name"),
    constraint: text(thrown, "constraint", "constraint_name"),
  };
}

/** node-postgres and PGlite say `table`, Postgres.js says `table_name`. */
function text(error: Error, ...names: readonly string[]): string | undefined {
  for (const [name, value] of Object.entries(error)) {
    if (names.includes(name) && typeof value === "string" && value !== "") return value;
  }
  return undefined;
}

const conflicts: ReadonlySet<string> = new Set(["40001", "40P01"]);

/** Whether the same transaction may well succeed if it is run again: a serialisation failure or a deadlock. */
export function isConflict(thrown: unknown): boolean {
  const code = databaseError(thrown)?.code;
  return code !== undefined && conflicts.has(code);
}

const networkCodes: ReadonlySet<string> = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "ENOTFOUND",
  "EPIPE",
  "ETIMEDOUT",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "EAI_AGAIN",
  "CONNECTION_CLOSED",
  "CONNECTION_DESTROYED",
  "CONNECTION_ENDED",
  "CONNECT_TIMEOUT",
]);

/** Connection exceptions, insufficient resources, shutdown, statement and lock timeouts, a primary gone read-only. */
const unavailableStates = /^(?:08|53|57P|57014|55P03|25006)/;

/** What drivers say in words alone. */
const unavailableMessages =
  /connection terminated|connection timeout|timeout exceeded when trying to connect|not queryable|client was closed|after calling end on the pool|driver has already been destroyed|connection has been discarded|database has been closed/i;

/** Whether the database could not be reached, went away, or would not take the work now. */
export function isUnavailable(thrown: unknown): boolean {
  if (thrown instanceof AggregateError) return thrown.errors.some(isUnavailable);
  if (!(thrown instanceof Error)) return false;
  const code = databaseError(thrown)?.code;
  if (code !== undefined && (networkCodes.has(code) || unavailableStates.test(code))) return true;
  return unavailableMessages.test(thrown.message);
}
