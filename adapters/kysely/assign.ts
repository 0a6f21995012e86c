/** Assignments: which columns a write sets, and to what. */
import { type RawBuilder, sql } from "kysely";
import { ScimError } from "scimkit";
import type { CatalogTable } from "./catalog.ts";
import type { Divided } from "./divide.ts";
import type { MappedColumn } from "./layout.ts";

/** What is written into columns, by their names. */
export type Assignments = Map<string, RawBuilder<unknown>>;

/**
 * The columns to write so that `before` becomes `after`: those of which an attribute has changed, and no others. An
 * attribute without a value leaves its column to the default.
 *
 * @param before - undefined for a new row
 * @throws ScimError 400 `invalidValue` if attributes that share a column are to have different values
 */
export async function assign(
  before: Divided | undefined,
  after: Divided,
  columns: Iterable<MappedColumn>,
  table: CatalogTable,
): Promise<Assignments> {
  const assignments: Assignments = new Map();
  for (const [name, sharing] of byColumn(columns)) {
    const changed = sharing.filter((column) => !isSame(before?.values.get(column), after.values.get(column)));
    if (changed.length === 0) continue;
    const given = changed.filter((column) => after.values.has(column));
    const [first, ...others] = await Promise.all(given.map((column) => written(column, after.values.get(column))));
    if (first !== undefined) {
      checkAgreement(first, others);
      assignments.set(name, columnValue(first, table));
    } else if (!sharing.some((column) => after.values.has(column))) assignments.set(name, sql`default`);
  }
  return assignments;
}

/** What an attribute is to write into its column. */
interface Written {
  readonly column: MappedColumn;
  readonly value: unknown;
}

async function written(column: MappedColumn, value: unknown): Promise<Written> {
  const { write } = column.rule;
  return { column, value: typeof write === "function" ? await write(value) : value };
}

function byColumn(columns: Iterable<MappedColumn>): ReadonlyMap<string, readonly MappedColumn[]> {
  const shared = new Map<string, MappedColumn[]>();
  for (const column of columns) {
    const { write, column: name } = column.rule;
    if (write === false || write === "ignore") continue;
    const sharing = shared.get(name);
    if (sharing === undefined) shared.set(name, [column]);
    else sharing.push(column);
  }
  return shared;
}

/** Expressions are the database's to evaluate: nobody knows here whether two are of one value. */
function checkAgreement(first: Written, others: readonly Written[]): void {
  for (const other of others) {
    const isKnown = !isExpression(first.value) && !isExpression(other.value);
    if (isKnown && isSameFor(first.column, first.value, other.column, other.value)) continue;
    throw ScimError.invalidValue(
      `"${first.column.path}" and "${other.column.path}" are one value on this server; send the same for both.`,
    );
  }
}

/**
 * Refuses what a column that SCIM does not write turned out not to be.
 *
 * @param wanted - what the request asked for
 * @param actual - what the row holds after the write
 * @throws ScimError 400 `mutability`, naming the attribute
 */
export function checkUnwritten(
  before: Divided | undefined,
  wanted: Divided,
  actual: Divided,
  columns: Iterable<MappedColumn>,
): void {
  for (const column of columns) {
    if (column.rule.write !== false || !wanted.values.has(column)) continue;
    const value = wanted.values.get(column);
    if (isSame(before?.values.get(column), value)) continue;
    if (isSameFor(column, value, column, actual.values.get(column))) continue;
    throw ScimError.mutability(
      `"${column.path}" follows from other data on this server and cannot be set to that value.`,
    );
  }
}

function isExpression(value: unknown): boolean {
  return typeof value === "object" && value !== null && "toOperationNode" in value;
}

function isSame(one: unknown, other: unknown): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}

/** Where case does not matter for either attribute, it does not make two values of one. */
function isSameFor(one: MappedColumn, value: unknown, other: MappedColumn, otherValue: unknown): boolean {
  if (isSame(value, otherValue)) return true;
  if (one.attribute.caseExact || other.attribute.caseExact) return false;
  return (
    typeof value === "string" && typeof otherValue === "string" && value.toLowerCase() === otherValue.toLowerCase()
  );
}

function columnValue({ column, value }: Written, table: CatalogTable): RawBuilder<unknown> {
  const { rule, attribute, path } = column;
  if (typeof rule.write === "function") return sql`${value ?? null}`;
  if (attribute.type === "complex" || attribute.multiValued) return sql`${JSON.stringify(value)}`;
  if (typeof value === "number") return sql`${String(value)}`;
  if (typeof value !== "string") return sql`${value}`;
  if (/\p{Surrogate}/u.test(value)) {
    throw ScimError.invalidValue(`"${path}" has half of a surrogate pair in it, which is no character.`);
  }
  return attribute.type === "dateTime" ? instant(value, table.columns.get(rule.column)?.kind) : sql`${value}`;
}

/** Text without an offset is in UTC, and so are columns without a time zone. */
function instant(value: string, kind: string | undefined): RawBuilder<unknown> {
  if (kind !== "timestamptz" && kind !== "timestamp") return sql`${value}`;
  const text = /(?:Z|[+-]\d\d:\d\d)$/i.test(value) ? value : `${value}Z`;
  return kind === "timestamp" ? sql`${text}::timestamptz at time zone 'UTC'` : sql`${text}::timestamptz`;
}
