/** Statements that lock, insert, change and delete one row. */
import { type QueryExecutorProvider, type RawBuilder, sql } from "kysely";
import { everything, type Resource, ScimError } from "scimkit";
import { type Assignments, assign } from "./assign.ts";
import { type BoundStore, mintedKey } from "./bound-store.ts";
import { all, toSql } from "./condition.ts";
import { type Divided, divide, mergeRest } from "./divide.ts";
import type { JsonObject } from "./json-object.ts";
import type { Place } from "./layout.ts";
import type { Row } from "./read-place.ts";
import { deleteError, writeError } from "./write-error.ts";

/**
 * Reads and locks a row.
 *
 * @param mode - `no key update` keeps others from changing the row, and lets them refer to it (as new members of groups
 *   do); `update` keeps them from that as well, before a delete
 */
export async function lockRow<Ctx>(
  trx: QueryExecutorProvider,
  { table, reader }: BoundStore<Ctx>,
  id: string,
  ctx: Ctx,
  mode: "no key update" | "update",
): Promise<Row | undefined> {
  const condition = all([...table.scope(ctx, "t"), table.hasKey(id, "t")]);
  if (condition === false) return undefined;
  const { rows } = await sql<Row>`select ${reader.select(everything)} from ${table.name} as t
    where ${toSql(condition)} for ${sql.raw(mode)} of t`.execute(trx);
  return rows[0];
}

/** Reads a row. */
export async function readRow<Ctx>(
  db: QueryExecutorProvider,
  { table }: BoundStore<Ctx>,
  select: RawBuilder<unknown>,
  id: string,
  ctx: Ctx,
): Promise<Row | undefined> {
  const condition = all([...table.scope(ctx, "t"), table.hasKey(id, "t")]);
  if (condition === false) return undefined;
  const { rows } = await sql<Row>`select ${select} from ${table.name} as t where ${toSql(condition)}`.execute(db);
  return rows[0];
}

/**
 * Inserts a row. What SCIM says goes before what the host adds, and the tenant before both.
 *
 * @throws ScimError 409 `uniqueness`; 400 `invalidValue` for what a column cannot hold
 */
export async function insertRow<Ctx>(
  trx: QueryExecutorProvider,
  store: BoundStore<Ctx>,
  resource: JsonObject,
  divided: Divided,
  ctx: Ctx,
): Promise<Row> {
  const { table, layout, reader } = store;
  const { mapping } = table;
  const given: Resource = resource;
  const columns: Assignments = new Map();
  const minted = mintedKey(table);
  if (minted !== undefined) columns.set(mapping.key, minted);
  for (const [name, value] of table.births()) columns.set(name, value);
  for (const [name, value] of Object.entries(mapping.onCreate?.(ctx, given) ?? {})) {
    if (value !== undefined) columns.set(name, sql`${value}`);
  }
  for (const [name, value] of await assign(undefined, divided, layout.columns, table.catalog)) columns.set(name, value);
  if (layout.rest !== undefined) columns.set(layout.rest, json(divided.rest));
  for (const [name, value] of table.tenantValues(ctx)) columns.set(name, sql`${value}`);
  const names = [...columns.keys()].map((name) => sql.id(name));
  const statement = sql<Row>`insert into ${table.name} as t (${sql.join(names)})
    values (${sql.join([...columns.values()])}) returning ${reader.select(everything)}`;
  const [row] = await writing(() => statement.execute(trx), store, divided);
  if (row === undefined)
    throw new Error(`The insert into "${mapping.table}" returned no row; a trigger or rule may skip it.`);
  return row;
}

/** A change of one row: what it is to be, and where. */
export interface RowChange {
  readonly places: readonly Place[];
  readonly before: Divided;
  readonly after: Divided;
  /** What the rest column holds now. */
  readonly rest: JsonObject;
}

/** Divides both states of what has changed. */
export function rowChange(
  before: JsonObject,
  after: JsonObject,
  places: readonly Place[],
  rest: JsonObject,
): RowChange {
  return { places, before: divide(before, places), after: divide(after, places), rest };
}

/** What a change sets; empty if it sets nothing. */
export async function settings<Ctx>(
  { layout, table }: BoundStore<Ctx>,
  { places, before, after, rest }: RowChange,
): Promise<Assignments> {
  const assignments = await assign(before, after, layout.columns, table.catalog);
  if (layout.rest === undefined || !places.some(({ inRest }) => inRest)) return assignments;
  const merged = mergeRest(rest, after.rest, places);
  if (JSON.stringify(merged) !== JSON.stringify(rest)) assignments.set(layout.rest, json(merged));
  return assignments;
}

/**
 * Writes a row that is locked: the given columns, and those that count and date changes.
 *
 * @throws ScimError as {@link insertRow}
 */
export async function updateRow<Ctx>(
  trx: QueryExecutorProvider,
  store: BoundStore<Ctx>,
  id: string,
  assignments: Assignments,
  after: Divided,
): Promise<Row> {
  const { table, reader } = store;
  const set = [...assignments].map(([name, value]) => sql`${sql.id(name)} = ${value}`);
  const statement = sql<Row>`update ${table.name} as t set ${sql.join(table.changes(set, "t"))}
    where ${toSql(table.hasKey(id, "t"))} returning ${reader.select(everything)}`;
  const [row] = await writing(() => statement.execute(trx), store, after);
  if (row === undefined)
    throw new Error(`The update of "${table.mapping.table}" changed no row; a trigger or rule may skip it.`);
  return row;
}

async function writing<Ctx>(
  run: () => Promise<{ readonly rows: readonly Row[] }>,
  { layout, table }: BoundStore<Ctx>,
  { values }: Divided,
): Promise<readonly Row[]> {
  try {
    return (await run()).rows;
  } catch (thrown) {
    throw writeError(thrown, { layout, table: table.catalog, values });
  }
}

/**
 * Deletes a row that is locked, or marks it as deleted.
 *
 * @throws ScimError 409 if other data refers to it
 */
export async function deleteRow<Ctx>(
  trx: QueryExecutorProvider,
  { table }: BoundStore<Ctx>,
  id: string,
): Promise<void> {
  const where = toSql(table.hasKey(id, "t"));
  const mark = table.deletes();
  const statement =
    mark === undefined
      ? sql`delete from ${table.name} as t where ${where}`
      : sql`update ${table.name} as t set ${sql.join(table.changes([mark], "t"))} where ${where}`;
  try {
    await statement.execute(trx);
  } catch (thrown) {
    throw deleteError(thrown);
  }
}

/** @throws ScimError 400 `invalidValue` for text that is not Unicode, which jsonb would refuse less clearly */
function json(value: JsonObject): RawBuilder<unknown> {
  const text = JSON.stringify(value);
  if (/\\ud[89a-f]/.test(text.replaceAll("\\\\", ""))) {
    throw ScimError.invalidValue("A value has half of a surrogate pair in it, which is no character.");
  }
  return sql`${text}`;
}
