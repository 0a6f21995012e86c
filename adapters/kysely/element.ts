/** Elements: the values of complex and multi-valued attributes, as SQL sees them. RFC 7643 §2.3.8, §2.4. */
import { type RawBuilder, sql } from "kysely";
import { type Attribute, ScimError } from "scimkit";
import type { CatalogTable } from "./catalog.ts";
import { compareToSql, hasContent, isPresent } from "./compare-to-sql.ts";
import { all, any, type Condition } from "./condition.ts";
import type { MappedColumn, MappedElement, Place } from "./layout.ts";
import { columnValue, elementRows, elementValue, member, memberValue, type SqlValue } from "./sql-value.ts";

/** One element, or the one value of a complex attribute. */
export interface Element {
  /** Whether it is there at all. */
  readonly exists: Condition;
  /** Whether it has any content. */
  readonly present: Condition;
  /**
   * The value of a sub-attribute, or, without one, of the element itself; undefined if it never has one.
   *
   * @throws ScimError 400 `invalidFilter` if the mapping has no SQL for it
   */
  value(subAttribute: Attribute | undefined): SqlValue | undefined;
}

/** Some of the elements of an attribute: at most one in columns, or any number in other rows or in a list. */
export interface ElementSource {
  /** Whether any of them satisfies `test`. */
  some(test: (element: Element) => Condition): Condition;
  /**
   * Its element for sorting: the first, or the first that is primary; `exists` says whether there is one. Without it,
   * the attribute cannot be sorted by.
   */
  principal?(primaryOnly: boolean): Element;
  /**
   * A condition that an index serves, and that holds wherever one element has all of these values (text by
   * sub-attribute). Undefined: there is no such index.
   */
  among?(values: ReadonlyMap<string, string>): Condition;
}

/** The value of a mapped column, or a refusal that names the attribute. */
export function filterableValue(column: MappedColumn, table: CatalogTable): SqlValue {
  const value = columnValue(column, table);
  if (value !== undefined) return value;
  throw ScimError.invalidFilter(`"${column.path}" cannot be filtered or sorted by on this server.`);
}

/** Where the rest column keeps a name of the core or of an extension. */
export function restMember(rest: string, extension: string | undefined, name: string): RawBuilder<unknown> {
  const object = sql`${sql.ref(`t.${rest}`)}`;
  return member(extension === undefined ? object : member(object, extension), name);
}

/** The one value of a single-valued complex attribute: sub-attributes in columns, else in the rest. */
export function complexValue(place: Place, rest: string | undefined, table: CatalogTable): ElementSource {
  const object = objectOf(place, rest, table);
  const inColumns = (): readonly Condition[] =>
    [...place.parts.values()].map((part) => isPresent(filterableValue(part, table)));
  const element: Element = {
    get exists() {
      return any(object === undefined ? inColumns() : [...inColumns(), sql`${object} is not null`]);
    },
    get present() {
      return any(object === undefined ? inColumns() : [...inColumns(), hasContent(object)]);
    },
    value(subAttribute) {
      if (subAttribute === undefined) return undefined;
      const part = place.parts.get(subAttribute.name);
      if (part !== undefined) return filterableValue(part, table);
      return object === undefined ? undefined : memberValue(object, subAttribute);
    },
  };
  return { some: (test) => test(element), principal: () => element };
}

/** The jsonb object or array that holds an attribute whole, or what of it has no column. */
export function objectOf(place: Place, rest: string | undefined, table: CatalogTable): RawBuilder<unknown> | undefined {
  if (place.whole !== undefined) {
    const value = filterableValue(place.whole, table);
    if ("list" in value) return value.list;
    return "expression" in value ? value.expression : undefined;
  }
  return place.inRest && rest !== undefined ? restMember(rest, place.extension, place.attribute.name) : undefined;
}

/** An element of which the mapping has columns: it exists where one of them has a value. */
export function mappedElement(
  { name, selector, parts }: MappedElement,
  place: Place,
  rest: string | undefined,
  table: CatalogTable,
): ElementSource {
  const object = place.inRest && rest !== undefined ? restMember(rest, place.extension, name) : undefined;
  const element: Element = {
    get exists() {
      return any([...parts.values()].map((part) => isPresent(filterableValue(part, table))));
    },
    // Whether one of its columns has a value is already asked for.
    present: true,
    value(subAttribute) {
      if (subAttribute === undefined) return undefined;
      const part = parts.get(subAttribute.name);
      if (part !== undefined) return filterableValue(part, table);
      if (selector?.attribute.name === subAttribute.name) return { constant: selector.value };
      return object === undefined ? undefined : memberValue(object, subAttribute);
    },
  };
  const primary = [...place.attribute.subAttributes.values()].find((attribute) => attribute.name === "primary");
  const isPrimary = (): Condition => {
    const value = primary === undefined ? undefined : element.value(primary);
    if (primary === undefined || value === undefined) return false;
    return compareToSql(value, { op: "eq", attribute: primary, value: true });
  };
  return {
    some: (test) => all([element.exists, test(element)]),
    principal: (primaryOnly) => ({
      exists: primaryOnly ? all([element.exists, isPrimary()]) : element.exists,
      present: true,
      value: element.value,
    }),
  };
}

/**
 * The elements of the jsonb array that holds `attribute`.
 *
 * @param isIndexed - whether there is the GIN index that `indexDdl` prints, on the folded list
 */
export function listElements(list: RawBuilder<unknown>, attribute: Attribute, isIndexed: boolean): ElementSource {
  return {
    ...(isIndexed ? { among: (values) => contains(list, values) } : {}),
    some(test) {
      const condition = test(jsonElement(sql`e.value`, attribute));
      if (condition === false) return false;
      const where = condition === true ? sql`` : sql`where ${condition}`;
      return sql`exists (select from ${elementRows(list)} as e(value) ${where})`;
    },
    principal: (primaryOnly) =>
      primaryOnly
        ? jsonElement(sql`jsonb_path_query_first(${list}, '$[*] ? (@.primary == true)')`, attribute)
        : jsonElement(sql`(${list} -> 0)`, attribute),
  };
}

/** Folded text contains its folded parts, whether or not an attribute is caseExact. */
function contains(list: RawBuilder<unknown>, values: ReadonlyMap<string, string>): Condition {
  const members = [...values].map(([name, value]) => sql`${sql.lit(name.toLowerCase())}, lower(${value}::text)`);
  return sql`lower((${list})::text)::jsonb @> jsonb_build_array(jsonb_build_object(${sql.join(members)}))`;
}

function jsonElement(json: RawBuilder<unknown>, attribute: Attribute): Element {
  return {
    exists: sql`${json} is not null`,
    get present() {
      return hasContent(json);
    },
    value: (subAttribute) =>
      subAttribute === undefined ? elementValue(json, attribute) : memberValue(json, subAttribute),
  };
}
