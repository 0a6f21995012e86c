/** What a failed write is to the client: a taken value, a value that does not fit, or none of its business. */
import { ScimError } from "scimkit";
import type { CatalogColumn, CatalogTable, UniqueIndex } from "./catalog.ts";
import { type DatabaseError, databaseError } from "./database-error.ts";
import type { Layout, MappedColumn } from "./layout.ts";

/** What a write was about. */
export interface WriteContext {
  readonly layout: Layout;
  readonly table: CatalogTable;
  /** What was to be written, by column. */
  readonly values: ReadonlyMap<MappedColumn, unknown>;
}

/**
 * The error to throw in place of one that the database threw: 409 `uniqueness`, 400 `invalidValue` with the attribute
 * named, or what was thrown if it says nothing about the request.
 */
export function writeError(thrown: unknown, context: WriteContext): unknown {
  const error = databaseError(thrown);
  if (error === undefined || thrown instanceof ScimError) return thrown;
  switch (error.code) {
    case "23505":
      return uniqueness(error, context) ?? thrown;
    case "23503":
      return constrained(error, context, "refers to something that does not exist here", thrown);
    case "23514":
      return constrained(error, context, "has a value that this server does not allow", thrown);
    case "23502":
      return missing(error, context, thrown);
    default:
      return error.code.startsWith("22") ? misfit(error, context, thrown) : thrown;
  }
}

/** The error to throw when a row cannot be deleted because other data refers to it. */
export function deleteError(thrown: unknown): unknown {
  if (databaseError(thrown)?.code !== "23503") return thrown;
  const detail = "Other data on this server refers to the resource, so it cannot be deleted; deactivate it instead.";
  return new ScimError(409, detail, { cause: thrown });
}

function uniqueness(error: DatabaseError, { layout, table }: WriteContext): ScimError | undefined {
  const index = table.unique.find(({ name }) => name === error.constraint);
  if (index === undefined) return undefined;
  const attribute = attributeOf(index, layout, table);
  if (attribute !== undefined) return ScimError.uniqueness(attribute);
  if (index.primary) return undefined;
  return ScimError.uniqueness("resource", { detail: "A value of the resource is already in use; it must be unique." });
}

/** The attribute that a unique index guards: one that says it is unique, rather than one that is there by the way. */
function attributeOf(index: UniqueIndex, layout: Layout, table: CatalogTable): string | undefined {
  const inColumns = layout.columns.filter(({ rule }) => {
    const name = table.columns.get(rule.column)?.name;
    return name !== undefined && index.keys.some((key) => mentions(key, name));
  });
  const unique = inColumns.find(({ attribute }) => attribute.uniqueness !== "none");
  const written = inColumns.find(({ rule }) => rule.write === undefined);
  const column = unique ?? written ?? inColumns[0];
  if (column !== undefined) return column.path;
  const kept = layout.places.filter(({ inRest }) => inRest);
  return kept.find(({ attribute }) => index.keys.some((key) => key.includes(`'${attribute.name}'`)))?.name;
}

/** Whether an index key, a column or an expression as PostgreSQL prints it, speaks of a column. */
export function mentions(key: string, column: string): boolean {
  const words: readonly string[] = key.match(/"(?:[^"]|"")*"|[\w$]+/g) ?? [];
  return words.includes(column) || words.includes(`"${column.replaceAll('"', '""')}"`);
}

function constrained(error: DatabaseError, { layout, table }: WriteContext, problem: string, cause: unknown): unknown {
  const names = table.constraints.get(error.constraint ?? "") ?? [];
  const column = layout.columns.find(({ rule }) => names.includes(table.columns.get(rule.column)?.name ?? ""));
  return column === undefined ? cause : ScimError.invalidValue(`"${column.path}" ${problem}.`, { cause });
}

function missing(error: DatabaseError, { layout, table }: WriteContext, cause: unknown): unknown {
  const column = layout.columns.find(({ rule }) => table.columns.get(rule.column)?.name === error.column);
  if (column !== undefined) return ScimError.invalidValue(`"${column.path}" is required on this server.`, { cause });
  if (error.column === undefined) return cause;
  const problem = `"${table.name}.${error.column}" needs a value in every new row; return one from \`onCreate\`, or give`;
  return new Error(`${problem} the column a default.`, { cause });
}

function misfit(error: DatabaseError, { table, values }: WriteContext, cause: unknown): ScimError {
  const ruled: MappedColumn[] = [];
  for (const [mapped, value] of values) {
    const { path, rule } = mapped;
    const column = table.columns.get(rule.column);
    if (typeof rule.write === "function") ruled.push(mapped);
    if (column === undefined || rule.write !== undefined) continue;
    const problem = problemOf(value, column, error);
    if (problem !== undefined) return ScimError.invalidValue(`"${path}" ${problem}.`, { cause });
  }
  const [only, another] = ruled;
  if (only !== undefined && another === undefined)
    return ScimError.invalidValue(`"${only.path}" ${unkept}.`, { cause });
  const why = error.code === "22P05" || error.code === "22021" ? ": it has a character that cannot be stored" : "";
  return ScimError.invalidValue(`A value does not fit where this server keeps it${why}.`, { cause });
}

const unkept = "has a value that cannot be kept on this server";

function problemOf(value: unknown, column: CatalogColumn, { code }: DatabaseError): string | undefined {
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? "");
  if (text.includes("\0") || (code === "22P05" && text.includes("\\u0000"))) {
    return "has a character in it that cannot be stored";
  }
  const limit = /^character(?: varying)?\((\d+)\)/.exec(column.type)?.[1];
  if (code === "22001") {
    const isLong = limit !== undefined && [...text].length > Number(limit);
    return isLong ? `is too long: this server keeps ${limit} characters` : undefined;
  }
  switch (column.kind) {
    case "integer":
      return isInteger(text, column.bytes) ? undefined : "must be a whole number that is not too large here";
    case "uuid":
      return /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text) ? undefined : "must be a UUID here";
    case "number":
      return isBeyond(Number(text), column.type) ? "is a number too large for this server" : undefined;
    case "timestamptz":
    case "timestamp":
    case "other":
      return unkept;
    default:
      return undefined;
  }
}

function isInteger(text: string, bytes: number): boolean {
  if (!/^-?\d{1,19}$/.test(text)) return false;
  return BigInt.asIntN(bytes * 8, BigInt(text)) === BigInt(text);
}

/** Whether a number has more digits before the point than a `numeric(precision,scale)` has room for. */
function isBeyond(value: number, type: string): boolean {
  const [, precision, scale = "0"] = /^numeric\((\d+)(?:,(-?\d+))?\)/.exec(type) ?? [];
  return precision !== undefined && Math.abs(value) >= 10 ** (Number(precision) - Number(scale));
}
