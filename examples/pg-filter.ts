/** Filters and orders as SQL, for the hand-written store on `pg`. RFC 7644 §3.4.2.2, §3.4.2.3. */
import {
  type Comparison,
  type Filter,
  foldCase,
  leaf,
  parseDateTime,
  ScimError,
  type Sort,
  visitFilter,
} from "scimkit";

/** Where each attribute is; everything else the store does not hold. */
export const columns: ReadonlyMap<string, string> = new Map([
  ["id", "id"],
  ["meta.created", "created_at"],
  ["meta.lastModified", "updated_at"],
  ["userName", "email"],
  ["externalId", "external_id"],
  ["displayName", "display_name"],
  ["name.givenName", "first_name"],
  ["name.familyName", "last_name"],
  ["title", "job_title"],
  ["active", "(disabled_at is null)"],
]);

/** The values of a statement: none of them is ever part of its text. */
export class Parameters {
  readonly values: unknown[] = [];

  /** `$1`, `$2`, … */
  bind(value: unknown): string {
    return `$${this.values.push(value)}`;
  }
}

/** Whether PostgreSQL can hold a text: not if it has a NUL, or half a surrogate pair. */
export function storable(text: string): boolean {
  return !text.includes("\0") && !/\p{Surrogate}/u.test(text);
}

/**
 * The condition that a filter is. It is true or false and never null, so that `not` means what it says.
 *
 * @throws ScimError 400 `invalidFilter` for what these columns cannot answer
 */
export function conditionOf(filter: Filter, parameters: Parameters): string {
  return visitFilter<string>(filter, {
    and: (parts) => `(${parts.join(" and ")})`,
    or: (parts) => `(${parts.join(" or ")})`,
    not: (part) => `(not ${part})`,
    constant: (value) => String(value),
    comparison: (comparison) => compare(comparison, parameters),
    presence: ({ path }) => presence(path.text),
    // `name` is the only complex attribute, and it has one value: the filter inside speaks of that.
    valuePath: (node) => `(${presence(node.path.text)} and ${conditionOf(node.filter, parameters)})`,
  });
}

/** What to order by; rows without a value come last when ascending, first when descending. */
export function orderOf({ path, descending }: Sort): string {
  const column = columnOf(path.text);
  const key = isText(path.text) ? `${leaf(path).caseExact ? column : `lower(${column})`} collate "C"` : column;
  return `${key} ${descending ? "desc nulls first" : "asc nulls last"}`;
}

function presence(path: string): string {
  if (path === "name") return "(coalesce(first_name, '') <> '' or coalesce(last_name, '') <> '')";
  if (path === "meta") return "true";
  return isText(path) ? `(coalesce(${columnOf(path)}, '') <> '')` : `(${columnOf(path)} is not null)`;
}

function compare(comparison: Comparison, parameters: Parameters): string {
  const { op, path, value } = comparison;
  if (op === "ne") return `(not ${compare({ ...comparison, op: "eq" }, parameters)})`;
  if (value === null) return `(not ${presence(path.text)})`;
  const column = columnOf(path.text);
  if (path.text === "active") return `(${column} = ${parameters.bind(value)})`;
  if (leaf(path).type === "dateTime") return compareTime(column, comparison, parameters);
  return compareText(column, comparison, parameters);
}

/** The operators that SQL has under another name. */
const operators: Readonly<Record<string, string>> = { eq: "=", gt: ">", ge: ">=", lt: "<", le: "<=" };

function compareText(column: string, { op, path, value }: Comparison, parameters: Parameters): string {
  const given = String(value);
  if (!storable(given)) return nowhere(op, path.text);
  if (path.text === "id") return compareId(op, given, parameters);
  const { caseExact } = leaf(path);
  const text = caseExact ? column : `lower(${column})`;
  const literal = `${parameters.bind(caseExact ? given : foldCase(given))}::text`;
  return `(${testOf(op, text, literal)} and ${column} is not null)`;
}

/** The indexes are on what `eq` compares. */
function testOf(op: Comparison["op"], text: string, literal: string): string {
  switch (op) {
    case "eq":
      return `${text} = ${literal}`;
    // Positions instead of LIKE: there is nothing to escape.
    case "co":
      return `position(${literal} in ${text}) > 0`;
    case "sw":
      return `left(${text}, length(${literal})) = ${literal}`;
    case "ew":
      return `right(${text}, length(${literal})) = ${literal}`;
    default:
      return `${text} collate "C" ${operators[op]} ${literal}`;
  }
}

/** A text that cannot be stored is in no row; what comes before or after it, SQL cannot be asked. */
function nowhere(op: Comparison["op"], path: string): string {
  if (op === "eq" || op === "co" || op === "sw" || op === "ew") return "false";
  throw ScimError.invalidFilter(`The value compared with "${path}" has a character that cannot be stored here.`);
}

/** As text, since what a client compares with need not be a uuid; by the key where it is one. */
function compareId(op: Comparison["op"], given: string, parameters: Parameters): string {
  if (op !== "eq") throw ScimError.invalidFilter('"id" can be compared by eq and ne only.');
  const isUuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(given);
  return isUuid ? `(id = ${parameters.bind(given)})` : "false";
}

function compareTime(column: string, { op, path, value }: Comparison, parameters: Parameters): string {
  const instant = parseDateTime(String(value));
  const operator = operators[op];
  if (instant === undefined || instant.finer !== "" || operator === undefined) {
    throw ScimError.invalidFilter(`Compare "${path.text}" with a dateTime of at most milliseconds.`);
  }
  return `(extract(epoch from ${column}) * 1000 ${operator} ${parameters.bind(instant.milliseconds)}::numeric)`;
}

function isText(path: string): boolean {
  return path !== "active" && path !== "id" && !path.startsWith("meta.");
}

/** @throws ScimError 400 `invalidFilter` for an attribute without a column */
function columnOf(path: string): string {
  const column = columns.get(path);
  if (column !== undefined) return column;
  throw ScimError.invalidFilter(`"${path}" cannot be used in a filter here.`);
}
