/** SqlValue: an attribute's value as an SQL expression, with what is known of its type. */
import { type RawBuilder, sql } from "kysely";
import type { Attribute } from "scimkit";
import type { CatalogTable, Kind } from "./catalog.ts";
import type { MappedColumn } from "./layout.ts";

/** One value in SQL; NULL where there is none. */
export interface SqlExpression {
  readonly expression: RawBuilder<unknown>;
  /** `text` for a dateTime means RFC 3339 text. */
  readonly kind: Kind;
  /** Whether `''` is no value: a column that cannot be null says so with an empty text. */
  readonly blank: boolean;
  /** Whether the database vouches that it is never NULL. Default: it does not. */
  readonly notNull?: boolean;
}

/** The value of a simple attribute: in SQL, known from the mapping alone, or in a list (a jsonb array). */
export type SqlValue =
  | SqlExpression
  | { readonly constant: string | boolean }
  | { readonly list: RawBuilder<unknown>; readonly attribute: Attribute };

/**
 * The value of a mapped column.
 *
 * @returns undefined if the mapping has no SQL for it: `read` without `filter`
 */
export function columnValue({ rule, attribute }: MappedColumn, table: CatalogTable): SqlValue | undefined {
  const column = sql.ref(`t.${rule.column}`);
  if (rule.filter !== undefined) {
    return { expression: sql`(${rule.filter(column)})`, kind: kindOf(attribute), blank: false };
  }
  if (rule.read !== undefined) return undefined;
  const { kind = "text", notNull = false } = table.columns.get(rule.column) ?? {};
  const expression = sql`${column}`;
  if (attribute.multiValued) return { list: json(expression, kind, table, rule.column), attribute };
  return { expression, kind, notNull, blank: kind === "text" || kind === "citext" };
}

/** A column of type json, as jsonb. */
function json(expression: RawBuilder<unknown>, kind: Kind, table: CatalogTable, column: string): RawBuilder<unknown> {
  return kind === "json" && table.columns.get(column)?.type === "json" ? sql`${expression}::jsonb` : expression;
}

/** What an expression for an attribute is, when only the attribute is known. */
function kindOf({ type }: Attribute): Kind {
  switch (type) {
    case "boolean":
      return "boolean";
    case "integer":
    case "decimal":
      return "number";
    case "dateTime":
      return "timestamptz";
    case "complex":
      return "json";
    default:
      return "text";
  }
}

/** The value of `attribute` as a member of a jsonb object. */
export function memberValue(object: RawBuilder<unknown>, attribute: Attribute): SqlValue {
  if (attribute.multiValued) return { list: member(object, attribute.name), attribute };
  return scalar(member(object, attribute.name), sql`${object} ->> ${sql.lit(attribute.name)}`, attribute);
}

/** The elements of a jsonb array as rows; of something else that a host keeps there, none. */
export function elementRows(list: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`jsonb_array_elements(case jsonb_typeof(${list}) when 'array' then ${list} end)`;
}

/** The value that one element of a simple jsonb array is. */
export function elementValue(element: RawBuilder<unknown>, attribute: Attribute): SqlExpression {
  return scalar(element, sql`${element} #>> '{}'`, attribute);
}

/** A member of a jsonb object, as jsonb; names come from the schema, never from a request. */
export function member(object: RawBuilder<unknown>, name: string): RawBuilder<unknown> {
  return sql`${object} -> ${sql.lit(name)}`;
}

function scalar(value: RawBuilder<unknown>, text: RawBuilder<unknown>, { type }: Attribute): SqlExpression {
  switch (type) {
    case "boolean":
      return {
        expression: sql`(case ${text} when 'true' then true when 'false' then false end)`,
        kind: "boolean",
        blank: false,
      };
    case "integer":
    case "decimal":
      return {
        expression: sql`(case when jsonb_typeof(${value}) = 'number' then (${text})::numeric end)`,
        kind: "number",
        blank: false,
      };
    default:
      return { expression: sql`(${text})`, kind: "text", blank: false };
  }
}

/** The milliseconds since 1970 of RFC 3339 text, as an exact number; NULL for other text. */
export function milliseconds(text: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`(select ((c.era * 146097 + c.yoe * 365 + c.yoe / 4 - c.yoe / 100
      + (153 * ((m[2]::int + 9) % 12) + 2) / 5 + m[3]::int - 1 - 719468) * 86400
      + m[4]::int * 3600 + m[5]::int * 60 + m[6]::int
      - case m[8] when '-' then -1 else 1 end * (coalesce(m[9], '0')::int * 3600 + coalesce(m[10], '0')::int * 60))::numeric
      * 1000 + coalesce('0.' || m[7], '0')::numeric * 1000
    from regexp_match(${text}, ${dateTime}, 'i') as p(m),
      lateral (select m[1]::bigint - case when m[2]::int <= 2 then 1 else 0 end as year) b,
      lateral (select floor(b.year / 400.0)::bigint as era, b.year - 400 * floor(b.year / 400.0)::bigint as yoe) c)`;
}

const dateTime = sql.lit(
  String.raw`^(-?\d{4,6})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d+))?(?:Z|([+-])(\d\d):(\d\d))?$`,
);
