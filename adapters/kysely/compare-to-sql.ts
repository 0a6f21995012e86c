/** Comparisons in SQL, with the semantics of the predicate in memory. RFC 7644 §3.4.2.2 table 3. */
import { type RawBuilder, sql } from "kysely";
import { type Attribute, type CompareOperator, type FilterValue, parseDateTime } from "scimkit";
import { all, any, type Condition, opposite } from "./condition.ts";
import { elementRows, elementValue, milliseconds, type SqlExpression, type SqlValue } from "./sql-value.ts";

/** One comparison of one value, as a filter's node says it. */
export interface Comparing {
  readonly op: CompareOperator;
  /** The attribute that the value is of. */
  readonly attribute: Attribute;
  readonly value: FilterValue;
}

/** `value op literal`, as a condition. An absent value satisfies `ne`, and nothing else. */
export function compareToSql(value: SqlValue, comparing: Comparing): Condition {
  if ("list" in value) return someOfList(value, (element) => compareToSql(element, comparing));
  const { op, value: literal } = comparing;
  if (literal === null) return op === "ne" ? isPresent(value) : opposite(isPresent(value));
  if (op === "ne") return opposite(compareToSql(value, { ...comparing, op: "eq" }));
  if ("constant" in value) return compareConstant(value.constant, comparing);
  if (comparing.attribute.type === "dateTime") return compareInstants(value, op, literal);
  if (typeof literal === "string") return compareText(value, op, comparing.attribute.caseExact, literal);
  if (typeof literal === "number") return compareNumbers(value, op, literal);
  return op === "eq" && value.kind === "boolean" ? sql`${value.expression} = ${sql.lit(literal)}` : false;
}

/** Whether there is a value. */
export function isPresent(value: SqlValue): Condition {
  if ("constant" in value) return true;
  if ("list" in value) return hasContent(value.list);
  if (value.kind === "json") return hasContent(sql`${value.expression}::jsonb`);
  if (isText(value)) return sql`${asText(value)} <> ''`;
  return sql`${value.expression} is not null`;
}

/** Whether a jsonb value has any content: a number, a boolean or text, however deep. */
export function hasContent(json: RawBuilder<unknown>): Condition {
  return sql`jsonb_path_exists(${json}, ${content})`;
}

const content = sql.lit('$.** ? (@.type() == "number" || @.type() == "boolean" || (@.type() == "string" && @ != ""))');

function someOfList(
  { list, attribute }: { readonly list: RawBuilder<unknown>; readonly attribute: Attribute },
  test: (element: SqlExpression) => Condition,
): Condition {
  const condition = test(elementValue(sql`i.value`, attribute));
  if (condition === false) return false;
  const where = condition === true ? sql`` : sql`where ${condition}`;
  return sql`exists (select from ${elementRows(list)} as i(value) ${where})`;
}

function compareConstant(constant: string | boolean, { op, attribute, value }: Comparing): boolean {
  if (typeof constant === "boolean" || typeof value !== "string") return op === "eq" && constant === value;
  const fold = (text: string): string => (attribute.caseExact ? text : text.toLowerCase());
  const [left, right] = [fold(constant), fold(value)];
  switch (op) {
    case "eq":
      return left === right;
    case "co":
      return left.includes(right);
    case "sw":
      return left.startsWith(right);
    case "ew":
      return left.endsWith(right);
    case "gt":
      return left > right;
    case "ge":
      return left >= right;
    case "lt":
      return left < right;
    case "le":
      return left <= right;
    default:
      return false;
  }
}

function isText({ kind }: SqlExpression): boolean {
  return kind === "text" || kind === "citext" || kind === "other";
}

function asText({ expression, kind }: SqlExpression): RawBuilder<unknown> {
  return kind === "text" ? expression : sql`${expression}::text`;
}

type PositiveOperator = Exclude<CompareOperator, "ne">;

const signs: Readonly<Record<PositiveOperator, RawBuilder<unknown>>> = {
  eq: sql`=`,
  gt: sql`>`,
  ge: sql`>=`,
  lt: sql`<`,
  le: sql`<=`,
  co: sql`like`,
  sw: sql`like`,
  ew: sql`like`,
};

function compareText(value: SqlExpression, op: PositiveOperator, caseExact: boolean, literal: string): Condition {
  if (value.blank && literal === "" && op === "eq") return false;
  const storable = storablePart(literal);
  if (storable !== literal) return compareBeyond(value, op, caseExact, storable, literal);
  const native = op === "eq" ? equalNatively(value, caseExact, literal) : undefined;
  if (native !== undefined) return native;
  const fold = (text: RawBuilder<unknown>): RawBuilder<unknown> => (caseExact ? text : sql`lower(${text})`);
  const left = fold(asText(value));
  const compared = (right: string): Condition => sql`${left} ${signs[op]} ${fold(sql`${right}::text`)}`;
  switch (op) {
    case "eq":
      return compared(literal);
    case "co":
      return notBlank(value, literal, compared(`%${escaped(literal)}%`));
    case "sw":
      return notBlank(value, literal, compared(`${escaped(literal)}%`));
    case "ew":
      return notBlank(value, literal, compared(`%${escaped(literal)}`));
    default: {
      const ordered = sql`${left} collate "C" ${signs[op]} ${fold(sql`${literal}::text`)} collate "C"`;
      return value.blank && (op === "lt" || op === "le") ? all([ordered, sql`${asText(value)} <> ''`]) : ordered;
    }
  }
}

/** Every text contains the empty one, but a blank column has no text. */
function notBlank(value: SqlExpression, literal: string, condition: Condition): Condition {
  return value.blank && literal === "" ? isPresent(value) : condition;
}

function escaped(literal: string): string {
  return literal.replaceAll(/[\\%_]/g, String.raw`\$&`);
}

/** Equality in the column's own type, which its index serves. Text that is no value of the type equals nothing. */
function equalNatively(value: SqlExpression, caseExact: boolean, literal: string): Condition | undefined {
  const { expression, kind } = value;
  switch (kind) {
    case "integer":
      return /^(?:0|-?[1-9]\d{0,18})$/.test(literal) && fits64(literal) ? sql`${expression} = ${literal}::int8` : false;
    case "uuid": {
      const folded = caseExact ? literal : literal.toLowerCase();
      return /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(folded)
        ? sql`${expression} = ${folded}::uuid`
        : false;
    }
    case "citext":
      return caseExact ? undefined : sql`${expression} = ${literal}`;
    default:
      return undefined;
  }
}

function fits64(digits: string): boolean {
  return BigInt.asIntN(64, BigInt(digits)) === BigInt(digits);
}

/** Whether PostgreSQL could hold a text. */
export function isStorable(text: string): boolean {
  return storablePart(text) === text;
}

/** What of a text PostgreSQL could hold: it has neither U+0000 nor half of a surrogate pair. */
function storablePart(literal: string): string {
  const end = literal.search(/[\0\p{Surrogate}]/u);
  return end === -1 ? literal : literal.slice(0, end);
}

/** A literal that no text in the database can have: nothing equals it, and order is decided by what comes before. */
function compareBeyond(
  value: SqlExpression,
  op: PositiveOperator,
  caseExact: boolean,
  before: string,
  literal: string,
): Condition {
  if (op === "eq" || op === "co" || op === "sw" || op === "ew") return false;
  const above = op === "gt" || op === "ge";
  if (literal.charAt(before.length) === "\0") return compareText(value, above ? "gt" : "le", caseExact, before);
  const prefixed = compareText(value, "sw", caseExact, before);
  return above
    ? all([compareText(value, "gt", caseExact, before), opposite(prefixed)])
    : any([compareText(value, "le", caseExact, before), prefixed]);
}

function compareNumbers({ expression, kind }: SqlExpression, op: PositiveOperator, literal: number): Condition {
  if (kind !== "number" && kind !== "integer") return false;
  if (kind === "integer" && Number.isSafeInteger(literal)) {
    return sql`${expression} ${signs[op]} ${String(literal)}::int8`;
  }
  return sql`${expression}::numeric ${signs[op]} ${String(literal)}::numeric`;
}

function compareInstants(value: SqlExpression, op: PositiveOperator, literal: FilterValue): Condition {
  const bound = typeof literal === "string" ? parseDateTime(literal) : undefined;
  if (bound === undefined) return false;
  if (value.kind !== "timestamptz" && value.kind !== "timestamp") {
    const number = sql`${String(bound.milliseconds)}::numeric + ${`0.${bound.finer}0`}::numeric`;
    return sql`${milliseconds(asText(value))} ${signs[op]} ${number}`;
  }
  const inside = bound.finer !== "";
  const at = timestampLiteral(value, bound.milliseconds);
  const after = timestampLiteral(value, bound.milliseconds + 1);
  switch (op) {
    case "eq":
      return inside ? false : sql`(${value.expression} >= ${at} and ${value.expression} < ${after})`;
    case "gt":
      return sql`${value.expression} >= ${after}`;
    case "ge":
      return sql`${value.expression} >= ${inside ? after : at}`;
    case "lt":
      return sql`${value.expression} < ${inside ? after : at}`;
    case "le":
      return sql`${value.expression} < ${after}`;
    default:
      return false;
  }
}

const year1 = Date.parse("0001-01-01T00:00:00Z");
const year10000 = Date.UTC(10_000, 0, 1);

/** A bound for a timestamp, to the millisecond: what a Date, and so the served resource, can tell of it. */
function timestampLiteral({ kind }: SqlExpression, at: number): RawBuilder<unknown> {
  const text = at < year1 ? "-infinity" : at >= year10000 ? "infinity" : new Date(at).toISOString();
  return kind === "timestamp" ? sql`${text}::timestamptz at time zone 'UTC'` : sql`${text}::timestamptz`;
}
