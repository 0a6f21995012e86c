/** Orders in SQL, and positions in them for cursor paging. RFC 7644 §3.4.2.3, RFC 9865. */
import { type RawBuilder, sql } from "kysely";
import { type Attribute, ScimError, type Sort } from "scimkit";
import { toSql } from "./condition.ts";
import type { Sources } from "./source.ts";
import { milliseconds, type SqlValue } from "./sql-value.ts";

/** What rows are ordered by, before the key decides between equals. */
export interface SortKey {
  readonly expression: RawBuilder<unknown>;
  /** The SQL type that a position is read back as. */
  readonly type: "text" | "numeric" | "boolean" | "timestamptz" | "timestamp";
  /** Whether every row has a value. */
  readonly notNull: boolean;
}

/**
 * The expression a sort orders by: text folded unless caseExact and by code points; of a multi-valued attribute the
 * primary element, else the first; NULL for no value.
 *
 * @throws ScimError 400 `invalidFilter` for an attribute that the mapping cannot sort by, naming it
 */
export function sortKey({ path }: Sort, sources: Sources): SortKey {
  const source = sources.of(path);
  const subAttribute = path.subAttribute ?? path.attribute.subAttributes.get("value");
  const attribute = subAttribute ?? path.attribute;
  if (attribute.type === "complex" || subAttribute?.multiValued === true) throw unsortable(path.text);
  if ("value" in source) return keyOf(source.value, attribute);
  const [first] = source.elements;
  if (!source.multiValued && first?.principal !== undefined) {
    return keyOf(first.principal(false).value(subAttribute), attribute);
  }
  const branches = [true, false].flatMap((primaryOnly) =>
    source.elements.map((elements) => {
      const element = elements.principal?.(primaryOnly);
      if (element === undefined) throw unsortable(path.text);
      const key = comparable(keyOf(element.value(subAttribute), attribute));
      return sql`when ${toSql(element.exists)} then ${key}`;
    }),
  );
  return { expression: sql`(case ${sql.join(branches, sql` `)} end)`, type: comparableType(attribute), notNull: false };
}

function unsortable(path: string): ScimError {
  return ScimError.invalidFilter(`"${path}" cannot be sorted by on this server.`);
}

function keyOf(value: SqlValue | undefined, attribute: Attribute): SortKey {
  const type = comparableType(attribute);
  if (value === undefined || "list" in value) return { expression: sql`null::${sql.raw(type)}`, type, notNull: false };
  if ("constant" in value) return { expression: sql`${sql.lit(value.constant)}`, type, notNull: true };
  const { expression, kind, notNull = false } = value;
  const text = kind === "text" ? expression : sql`${expression}::text`;
  if (type === "text") {
    return { expression: textKey(text, attribute), type, notNull: notNull && attribute.required };
  }
  if (attribute.type !== "dateTime") return { expression, type, notNull };
  if (kind === "timestamptz" || kind === "timestamp") return { expression, type: kind, notNull };
  return { expression: milliseconds(text), type, notNull: false };
}

function comparableType({ type }: Attribute): "text" | "numeric" | "boolean" {
  if (type === "boolean") return "boolean";
  return type === "integer" || type === "decimal" || type === "dateTime" ? "numeric" : "text";
}

/** Text that is empty counts as none, unless the attribute must have some. */
function textKey(text: RawBuilder<unknown>, { caseExact, required }: Attribute): RawBuilder<unknown> {
  const folded = caseExact ? text : sql`lower(${text})`;
  return required ? sql`${folded} collate "C"` : sql`nullif(${folded}, '') collate "C"`;
}

/** Keys of one attribute that come from columns and from lists, in one type. */
function comparable({ expression, type }: SortKey): RawBuilder<unknown> {
  return type === "timestamptz" || type === "timestamp" ? sql`extract(epoch from ${expression}) * 1000` : expression;
}

/** Where a page begins or ends: after, or before, the row with this key. */
export interface Position {
  readonly direction: "after" | "before";
  /** The row's sort key as text; null for no value; undefined where the query has no sort. */
  readonly sort: string | null | undefined;
  readonly key: string;
  /** How many rows matched when the first page was read: counting them again for every page would cost more than the page. */
  readonly total: number;
}

/** A position as text, for a cursor. */
export function writePosition({ direction, sort, key, total }: Position): string {
  return JSON.stringify(sort === undefined ? [direction, key, total] : [direction, key, total, sort]);
}

/** @throws ScimError 400 `invalidCursor` for text that is no position in this order */
export function readPosition(text: string, sorted: boolean): Position {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw unreadable();
  }
  if (!Array.isArray(parsed) || parsed.length !== (sorted ? 4 : 3)) throw unreadable();
  const [direction, key, total, sort]: unknown[] = parsed;
  if (direction !== "after" && direction !== "before") throw unreadable();
  if (typeof key !== "string" || (sorted && sort !== null && typeof sort !== "string")) throw unreadable();
  if (typeof total !== "number" || !Number.isSafeInteger(total) || total < 0) throw unreadable();
  return { direction, key, total, sort: sorted && (sort === null || typeof sort === "string") ? sort : undefined };
}

/** What a cursor is answered that leads nowhere. */
export function unreadable(): ScimError {
  return ScimError.invalidCursor("The cursor is not one that this query gave out. Start again without a cursor.");
}

/** The `order by` of a query: its sort, then the key; backwards for a page before a position. */
export function orderBy(sort: SortKey | undefined, descending: boolean, key: RawBuilder<unknown>): RawBuilder<unknown> {
  const way = descending ? sql`desc` : sql`asc`;
  return sort === undefined ? sql`${key} ${way}` : sql`${sort.expression} ${way}, ${key} ${way}`;
}

/**
 * The rows beyond a position, in the direction that `descending` reads. NULL comes last ascending and first descending,
 * as PostgreSQL orders by itself.
 */
export function beyond(
  sort: SortKey | undefined,
  descending: boolean,
  position: Position,
  key: RawBuilder<unknown>,
  keyValue: RawBuilder<unknown>,
): RawBuilder<unknown> {
  const sign = descending ? sql`<` : sql`>`;
  if (sort === undefined || position.sort === undefined) return sql`${key} ${sign} ${keyValue}`;
  const { expression, type } = sort;
  if (position.sort === null) {
    const amongNulls = sql`(${expression} is null and ${key} ${sign} ${keyValue})`;
    return descending ? sql`(${expression} is not null or ${amongNulls})` : amongNulls;
  }
  const value = type === "text" ? sql`${position.sort}::text collate "C"` : sql`${position.sort}::${sql.raw(type)}`;
  const onwards = sql`(${expression}, ${key}) ${sign} (${value}, ${keyValue})`;
  return descending || sort.notNull ? onwards : sql`(${onwards} or ${expression} is null)`;
}
