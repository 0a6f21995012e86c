/** Predicate: a filter compiled to a function of a resource. RFC 7644 §3.4.2.2. */
import { type Attribute, leaf, type Resource } from "../schema/attribute.ts";
import type { ResourceType } from "../schema/resource-type.ts";
import { type ValueTest, valueTest } from "./compare.ts";
import type { Comparison, Filter, Presence, ValuePath } from "./filter.ts";
import { isPresent, isRecord } from "./present.ts";
import { assumeFalse } from "./primary.ts";

type Condition = Comparison | Presence | ValuePath;

/**
 * Compiles a filter for resources of one type, as stores hold them: canonical names, extensions under their URNs,
 * dateTimes as Dates or text, no `schemas`. Compile once, call often.
 *
 * A multi-valued attribute satisfies a comparison if any of its values does, `ne` included; a single-valued one without
 * a value satisfies `ne` alone. `schemas` is the core schema and the extensions in which the resource has a value.
 */
export function compilePredicate(filter: Filter, type: ResourceType): (resource: Resource) => boolean {
  return compile(filter, (condition) => resourceTest(condition, type));
}

/**
 * Compiles the filter in the brackets behind `attribute` for one element of it, or for its one complex value.
 */
export function compileElementPredicate(filter: Filter, attribute: Attribute): (element: unknown) => boolean {
  return compile(filter, (condition) => elementTest(condition, attribute));
}

/** Puts the tests of a filter's conditions together. */
function compile<T>(filter: Filter, test: (condition: Condition) => (subject: T) => boolean): (subject: T) => boolean {
  switch (filter.op) {
    case "and":
      return every(filter.filters.map((part) => compile(part, test)));
    case "or":
      return some(filter.filters.map((part) => compile(part, test)));
    case "not": {
      const inner = compile(filter.filter, test);
      return (subject) => !inner(subject);
    }
    case "constant":
      return () => filter.value;
    default:
      return test(filter);
  }
}

function every<T>(tests: readonly ((subject: T) => boolean)[]): (subject: T) => boolean {
  const [first, second] = tests;
  if (first !== undefined && second !== undefined && tests.length === 2)
    return (subject) => first(subject) && second(subject);
  return (subject) => {
    for (const test of tests) if (!test(subject)) return false;
    return true;
  };
}

function some<T>(tests: readonly ((subject: T) => boolean)[]): (subject: T) => boolean {
  const [first, second] = tests;
  if (first !== undefined && second !== undefined && tests.length === 2)
    return (subject) => first(subject) || second(subject);
  return (subject) => {
    for (const test of tests) if (test(subject)) return true;
    return false;
  };
}

function resourceTest(condition: Condition, type: ResourceType): (resource: Resource) => boolean {
  const { attribute, extension } = condition.path;
  const { name } = attribute;
  const test = attributeTest(condition);
  if (extension !== undefined) {
    return (resource) => {
      const holder = resource[extension];
      return test(isRecord(holder) ? holder[name] : undefined);
    };
  }
  return name === "schemas" ? schemasTest(test, type) : (resource) => test(resource[name]);
}

/** The test of the whole value that a resource has at the condition's attribute. */
function attributeTest(condition: Condition): ValueTest {
  const { attribute, subAttribute } = condition.path;
  if (condition.op === "valuePath") {
    const inner = compileElementPredicate(condition.filter, attribute);
    return attribute.multiValued ? anyOf(inner) : (value) => isRecord(value) && inner(value);
  }
  const test = leafTest(condition);
  if (subAttribute === undefined) return attribute.multiValued ? anyOf(test) : test;
  const inside = subAttributeTest(test, subAttribute.name);
  return attribute.multiValued ? anyOf(inside) : inside;
}

/** The test of one element, for a condition inside its brackets. */
function elementTest(condition: Condition, attribute: Attribute): ValueTest {
  // There are no brackets inside brackets.
  if (condition.op === "valuePath") return () => false;
  const { subAttribute } = condition.path;
  if (subAttribute === undefined || attribute.type !== "complex") return valueOrPresenceTest(condition);
  return subAttributeTest(leafTest(condition), subAttribute.name);
}

/** The test of the value at the end of the condition's path; any of its values, if the sub-attribute has several. */
function leafTest(condition: Comparison | Presence): ValueTest {
  const test = valueOrPresenceTest(condition);
  return condition.path.subAttribute?.multiValued === true ? anyOf(test) : test;
}

/** The test of one value. Against null, `eq` asks for absence and `ne` for presence. */
function valueOrPresenceTest(condition: Comparison | Presence): ValueTest {
  if (condition.op === "pr") return isPresent;
  const { op, path, value } = assumeFalse(condition);
  if (value === null) return op === "ne" ? isPresent : (actual) => !isPresent(actual);
  return valueTest(op, leaf(path), value);
}

function subAttributeTest(test: ValueTest, name: string): ValueTest {
  return (value) => test(isRecord(value) ? value[name] : undefined);
}

function anyOf(test: ValueTest): ValueTest {
  return (values) => {
    if (!Array.isArray(values)) return values !== undefined && values !== null && test(values);
    for (const value of values) if (test(value)) return true;
    return false;
  };
}

/** The core schema is always there; an extension is, where the resource has a value in it. RFC 7643 §3. */
function schemasTest(test: ValueTest, type: ResourceType): (resource: Resource) => boolean {
  if (test([type.schema.id])) return () => true;
  const urns = type.extensions.map((extension) => extension.schema.id).filter((urn) => test([urn]));
  return (resource) => urns.some((urn) => isPresent(resource[urn]));
}
