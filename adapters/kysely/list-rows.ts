/** Queries: filter, sort, page and count, all in the database. RFC 7644 §3.4.2, RFC 9865. */
import { type QueryExecutorProvider, type RawBuilder, sql } from "kysely";
import type { ListQuery, Window } from "scimkit";
import type { BoundStore } from "./bound-store.ts";
import { all, toSql } from "./condition.ts";
import { databaseError } from "./database-error.ts";
import type { ElementSource } from "./element.ts";
import { filterToSql } from "./filter-to-sql.ts";
import { keyValue } from "./mapped-table.ts";
import {
  beyond,
  orderBy,
  type Position,
  readPosition,
  type SortKey,
  sortKey,
  unreadable,
  writePosition,
} from "./order.ts";
import type { Row } from "./read-place.ts";

/** One page of rows. */
export interface RowPage {
  readonly rows: readonly Row[];
  /** How many match; by cursor, how many matched when the first page was read. */
  readonly total: number;
  readonly next?: string;
  readonly previous?: string;
}

/** What a query asks of the database. */
interface Prepared {
  readonly select: RawBuilder<unknown>;
  readonly from: RawBuilder<unknown>;
  readonly where: RawBuilder<unknown>;
  readonly sort: SortKey | undefined;
  readonly descending: boolean;
  readonly key: RawBuilder<unknown>;
}

/**
 * Runs a query.
 *
 * @throws ScimError 400 `invalidFilter` for what the mapping cannot serve; 400 `invalidCursor` for a position that is none
 */
export async function listRows<Ctx>(
  db: QueryExecutorProvider,
  store: BoundStore<Ctx>,
  { filter, sort, window, want }: ListQuery,
  ctx: Ctx,
  related: ReadonlyMap<string, readonly ElementSource[]>,
): Promise<RowPage> {
  const { table, reader, type } = store;
  const sources = store.sources(related);
  const condition = all([...table.scope(ctx, "t"), filter === undefined ? true : filterToSql(filter, sources, type)]);
  const sortBy = sort === undefined ? undefined : sortKey(sort, sources);
  if (condition === false) return { rows: [], total: 0 };
  const prepared: Prepared = {
    select: reader.select(want),
    from: table.name,
    where: toSql(condition),
    sort: sortBy,
    descending: sort?.descending === true,
    key: table.key("t"),
  };
  return window.by === "index" ? await indexPage(db, prepared, window) : await cursorPage(db, store, prepared, window);
}

async function indexPage(
  db: QueryExecutorProvider,
  prepared: Prepared,
  { startIndex, count }: Extract<Window, { by: "index" }>,
): Promise<RowPage> {
  const skipped = startIndex - 1;
  const rows = count === 0 ? [] : await select(db, prepared, sql`true`, prepared.descending, count, skipped);
  const isEnd = rows.length < count && (rows.length > 0 || skipped === 0);
  return { rows, total: isEnd ? skipped + rows.length : await countRows(db, prepared) };
}

async function cursorPage<Ctx>(
  db: QueryExecutorProvider,
  { table }: BoundStore<Ctx>,
  prepared: Prepared,
  { position: text, count }: Extract<Window, { by: "cursor" }>,
): Promise<RowPage> {
  const position = text === undefined ? undefined : readPosition(text, prepared.sort !== undefined);
  const isBackward = position?.direction === "before";
  const descending = prepared.descending !== isBackward;
  let where = sql`true`;
  if (position !== undefined) {
    const key = keyValue(position.key, table.mapping.key, table.catalog);
    if (key === undefined) throw unreadable();
    where = beyond(prepared.sort, descending, position, prepared.key, key);
  }
  const found = await select(db, prepared, where, descending, count + 1, 0).catch((error: unknown) => {
    throw position !== undefined && databaseError(error)?.code.startsWith("22") === true ? unreadable() : error;
  });
  const rows = found.slice(0, count);
  if (isBackward) rows.reverse();
  const hasMore = found.length > count;
  const total = position?.total ?? (hasMore ? await countRows(db, prepared) : rows.length);
  return { rows, total, ...links(rows, position, hasMore, prepared.sort !== undefined, total) };
}

/** Where the neighbouring pages are. On a page whose rows are all gone, they meet at its position. */
function links(
  rows: readonly Row[],
  position: Position | undefined,
  hasMore: boolean,
  sorted: boolean,
  total: number,
): Pick<RowPage, "next" | "previous"> {
  const isBackward = position?.direction === "before";
  const [first, last] = [rows[0], rows.at(-1)];
  const at = (row: Row | undefined, direction: Position["direction"]): string | undefined => {
    if (row !== undefined) return writePosition(positionOf(row, direction, sorted, total));
    return position === undefined ? undefined : writePosition({ ...position, direction });
  };
  const next = isBackward || hasMore ? at(last, "after") : undefined;
  const previous = (isBackward ? hasMore : position !== undefined) ? at(first, "before") : undefined;
  return { ...(next === undefined ? {} : { next }), ...(previous === undefined ? {} : { previous }) };
}

function positionOf(row: Row, direction: Position["direction"], sorted: boolean, total: number): Position {
  const sort = sorted ? (typeof row.scimsort === "string" ? row.scimsort : null) : undefined;
  return { direction, key: String(row.scimid), total, sort };
}

async function select(
  db: QueryExecutorProvider,
  { select: list, from, where, sort, key }: Prepared,
  also: RawBuilder<unknown>,
  descending: boolean,
  limit: number,
  offset: number,
): Promise<Row[]> {
  const sortText = sort === undefined ? sql`` : sql`, ${sort.expression}::text as scimsort`;
  const skip = offset === 0 ? sql`` : sql` offset ${offset}`;
  const { rows } = await sql<Row>`select ${list}${sortText} from ${from} as t where ${where} and ${also}
    order by ${orderBy(sort, descending, key)} limit ${limit}${skip}`.execute(db);
  return rows;
}

async function countRows(db: QueryExecutorProvider, { from, where }: Prepared): Promise<number> {
  const { rows } = await sql<{ readonly total: string }>`
    select count(*)::text as total from ${from} as t where ${where}`.execute(db);
  return Number(rows[0]?.total ?? 0);
}
