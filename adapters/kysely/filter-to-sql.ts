/** Filters in SQL: the same answers as the predicate in memory. RFC 7644 §3.4.2.2. */
import type { Comparison, Filter, Presence, ResourceType, ValuePath } from "scimkit";
import { compareToSql, isPresent, isStorable } from "./compare-to-sql.ts";
import { all, any, type Condition, opposite } from "./condition.ts";
import type { Element, ElementSource } from "./element.ts";
import type { Sources } from "./source.ts";
import type { SqlValue } from "./sql-value.ts";

type Test = Comparison | Presence | ValuePath;

/**
 * Translates a filter to a condition on the table `t`; every literal becomes a bound parameter.
 *
 * @throws ScimError 400 `invalidFilter` for an attribute that the mapping cannot search, naming it
 */
export function filterToSql(filter: Filter, sources: Sources, type: ResourceType): Condition {
  return translate(filter, (test) => resourceTest(test, sources, type));
}

function translate(filter: Filter, test: (node: Test) => Condition): Condition {
  switch (filter.op) {
    case "and":
      return all(filter.filters.map((part) => translate(part, test)));
    case "or":
      return any(filter.filters.map((part) => translate(part, test)));
    case "not":
      return opposite(translate(filter.filter, test));
    case "constant":
      return filter.value;
    default:
      return test(filter);
  }
}

function resourceTest(test: Test, sources: Sources, type: ResourceType): Condition {
  if (test.path.extension === undefined && test.path.attribute.name === "schemas")
    return schemasTest(test, sources, type);
  const source = sources.of(test.path);
  if ("value" in source) return test.op === "valuePath" ? false : valueTest(source.value, test);
  const wanted = wantedValues(test);
  const some = (condition: (element: Element) => Condition): Condition =>
    any(source.elements.map((elements) => narrowed(elements, wanted, elements.some(condition))));
  if (test.op === "valuePath") {
    const inside = (element: Element): Condition => translate(test.filter, (node) => elementTest(element, node));
    return source.multiValued ? some(inside) : some((element) => all([element.exists, inside(element)]));
  }
  const { subAttribute, attribute } = test.path;
  if (subAttribute === undefined && attribute.type === "complex") return complexTest(test, source.elements);
  return some((element) => valueTest(element.value(subAttribute), test));
}

/**
 * The texts that one element must have, where a test says so outright: `emails[type eq "work" and value eq "x"]`. None if
 * all of them are among the few that the schema suggests, as "work" is: an index finds half of the table by them.
 */
function wantedValues(test: Test): ReadonlyMap<string, string> | undefined {
  const parts = test.op !== "valuePath" ? [test] : test.filter.op === "and" ? test.filter.filters : [test.filter];
  const wanted = new Map<string, string>();
  let tellsApart = false;
  for (const part of parts) {
    if (part.op !== "eq" || typeof part.value !== "string" || !isStorable(part.value)) continue;
    const { subAttribute } = part.path;
    const isText = subAttribute !== undefined && !subAttribute.multiValued && subAttribute.type !== "dateTime";
    if (!isText) continue;
    wanted.set(subAttribute.name, part.value);
    tellsApart ||= subAttribute.canonicalValues === undefined;
  }
  return tellsApart ? wanted : undefined;
}

/** The condition together with one that an index serves, if there is one. */
function narrowed(
  elements: ElementSource,
  wanted: ReadonlyMap<string, string> | undefined,
  condition: Condition,
): Condition {
  return wanted === undefined || elements.among === undefined ? condition : all([elements.among(wanted), condition]);
}

/** A complex attribute by itself can only be asked whether it is there. */
function complexTest(test: Comparison | Presence, elements: readonly ElementSource[]): Condition {
  const present = any(elements.map((element) => element.some((one) => one.present)));
  if (test.op === "pr") return present;
  if (test.value === null && test.op === "ne") return present;
  return test.value === null && test.op === "eq" ? opposite(present) : test.op === "ne";
}

function elementTest(element: Element, test: Test): Condition {
  // There are no brackets inside brackets.
  if (test.op === "valuePath") return false;
  return valueTest(element.value(test.path.subAttribute), test);
}

/** A test of one value; without a value, only `ne` and `eq null` hold. */
function valueTest(value: SqlValue | undefined, test: Comparison | Presence): Condition {
  if (test.op === "pr") return value === undefined ? false : isPresent(value);
  const { op, value: literal, path } = primaryIsFalseByDefault(test);
  if (value !== undefined)
    return compareToSql(value, { op, attribute: path.subAttribute ?? path.attribute, value: literal });
  return literal === null ? op === "eq" : op === "ne";
}

/** A value of a multi-valued attribute that does not say whether it is primary, is not. RFC 7643 §2.4. */
function primaryIsFalseByDefault(comparison: Comparison): Comparison {
  const { op, path, value } = comparison;
  if (value !== false || path.subAttribute?.name !== "primary" || !path.attribute.multiValued) return comparison;
  return { op: op === "eq" ? "ne" : "eq", path, value: true };
}

/** The core schema is always there; an extension is, where the resource has a value in it. RFC 7643 §3. */
function schemasTest(test: Test, sources: Sources, type: ResourceType): Condition {
  const names = (urn: string): boolean => urnTest(urn, test);
  if (names(type.schema.id)) return true;
  const extensions = type.extensions.filter(({ schema }) => names(schema.id));
  return any(
    extensions.flatMap(({ schema }) =>
      [...schema.attributes.values()].map((attribute) => {
        const path = {
          extension: schema.id,
          attribute,
          subAttribute: undefined,
          text: `${schema.id}:${attribute.name}`,
        };
        return resourceTest({ op: "pr", path }, sources, type);
      }),
    ),
  );
}

function urnTest(urn: string, test: Test): boolean {
  const inner = test.op === "valuePath" ? translate(test.filter, (node) => urnTest(urn, node)) : undefined;
  if (inner !== undefined) return inner === true;
  if (test.op === "valuePath") return false;
  return valueTest({ constant: urn }, test) === true;
}
