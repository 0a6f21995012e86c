/** Resolve: a filter's names and operators against the schema. RFC 7644 §3.4.2.2, §3.4.2.1, §3.10. */
import { ScimError } from "../error.ts";
import { type AttributePath, leaf } from "../schema/attribute.ts";
import type { Relaxations } from "../schema/relaxation.ts";
import type { ResourceType } from "../schema/resource-type.ts";
import { type Operand, valueTest } from "./compare.ts";
import type { CompareOperator, Comparison, Filter } from "./filter.ts";
import { checkFilterable, findAttribute, type Scope, type UnknownAttributes } from "./find.ts";
import { constant, junction, negation } from "./fold.ts";
import type { Grammar } from "./grammar.ts";
import type { Literal } from "./literal.ts";
import { readOperand } from "./operand.ts";
import { parse, type Shape, type Syntax } from "./parse.ts";
import { assumeFalse } from "./primary.ts";
import { compareReference, identifierBeside, presentReference } from "./reference.ts";
import type { Term } from "./scan.ts";

/**
 * Reads a filter for one resource type.
 *
 * What the result means: `eq null` has become `not (… pr)` and `ne null` `pr`; `ne` holds where a single-valued
 * attribute has no value, and, for a multi-valued one, if any of its values differs; a complex attribute has been given
 * its `value`, except under `pr`; a `$ref` to a resource of this service has become the id beside it;
 * `meta.resourceType` has become a constant; `primary eq false` has become `primary ne true`, since no value of it is
 * assumed to be false.
 *
 * @param text - as the client sent it, percent-decoded
 * @param unknownAttributes - default `reject`
 * @throws ScimError 400 `invalidFilter` for what the grammar does not allow, an unknown attribute, an operator or a
 *   literal that does not fit its attribute, and an attribute that is never returned, such as `password`
 */
export function parseFilter(
  text: string,
  type: ResourceType,
  grammar: Grammar,
  unknownAttributes: UnknownAttributes = "reject",
): Filter {
  return resolveFilter(parse(text, grammar), type, grammar.relaxed, unknownAttributes);
}

/**
 * Resolves a filter that obeys the grammar.
 *
 * @throws ScimError 400 `invalidFilter`, as {@link parseFilter}
 */
function resolveFilter(
  syntax: Syntax,
  type: ResourceType,
  relaxed: Relaxations,
  unknownAttributes: UnknownAttributes,
): Filter {
  const scope: Scope = { type, relaxed, unknownAttributes, element: undefined, assumeFalse: true };
  return resolveNode(syntax.shape, syntax.terms, scope);
}

/**
 * Resolves what stands in the brackets of a PATCH path, behind `element`; its names are those of the sub-attributes.
 * `primary eq false` stays as it is: where nothing matches, it describes the element to create (D10).
 *
 * @throws ScimError 400 `invalidFilter`, as {@link parseFilter}
 */
export function resolveElementFilter(
  syntax: Syntax,
  element: AttributePath,
  type: ResourceType,
  relaxed: Relaxations,
): Filter {
  const scope: Scope = { type, relaxed, unknownAttributes: "reject", element, assumeFalse: false };
  return resolveNode(syntax.shape, syntax.terms, scope);
}

/**
 * Checks that brackets may follow `path`: they select among elements, or look at one complex value (D15).
 *
 * @param error - makes the error: `ScimError.invalidFilter` or `.invalidPath`
 * @throws ScimError 400
 */
export function checkBrackets(path: AttributePath, error: (detail: string) => ScimError): void {
  const { attribute, subAttribute, text } = path;
  if (subAttribute === undefined && (attribute.multiValued || attribute.type === "complex")) return;
  throw error(`"${text}" cannot be followed by brackets: it is neither multi-valued nor complex.`);
}

function resolveNode(shape: Shape, terms: readonly Term[], scope: Scope): Filter {
  switch (shape.op) {
    case "and":
    case "or":
      return junction(
        shape.op,
        shape.filters.map((filter) => resolveNode(filter, terms, scope)),
      );
    case "not":
      return negation(resolveNode(shape.filter, terms, scope));
    case "valuePath":
      return resolveValuePath(termAt(terms, shape.term).name, shape.filter, terms, scope);
    default:
      return resolveTerm(shape.op, termAt(terms, shape.term), scope);
  }
}

function termAt(terms: readonly Term[], index: number): Term {
  const term = terms[index];
  if (term === undefined) throw new Error(`the filter's shape speaks of a term ${index} that it does not have`);
  return term;
}

function resolveValuePath(name: string, shape: Shape, terms: readonly Term[], scope: Scope): Filter {
  if (scope.element !== undefined) throw ScimError.invalidFilter("Brackets inside brackets are not allowed.");
  const path = findAttribute(name, scope);
  if (path === undefined) return constant(false);
  checkBrackets(path, ScimError.invalidFilter);
  const filter = resolveNode(shape, terms, { ...scope, element: path });
  if (filter.op !== "constant") return { op: "valuePath", path, filter };
  return filter.value ? presence(path) : filter;
}

function resolveTerm(operator: CompareOperator | "pr", { name, literal }: Term, scope: Scope): Filter {
  const path = findAttribute(name, scope);
  if (path === undefined) return constant(holdsWithoutValue(operator, literal));
  if (operator === "pr" || literal === undefined) return presence(path);
  if (literal.value === null) return nullTest(operator, path);
  const compared = withValue(path);
  const value = readOperand(operator, compared, literal, scope.relaxed);
  const identifier = identifierBeside(compared);
  if (identifier !== undefined) return compareReference(operator, compared, identifier, String(value));
  const comparison: Comparison = { op: operator, path: compared, value };
  if (isMeta(compared)) return foldMeta(comparison, value, scope.type);
  return scope.assumeFalse ? assumeFalse(comparison) : comparison;
}

/** An attribute without a value differs from every value, and equals null. */
function holdsWithoutValue(operator: CompareOperator | "pr", literal: Literal | undefined): boolean {
  return operator === (literal?.value === null ? "eq" : "ne");
}

/** `path pr`; what every resource has is not looked for. RFC 7643 §3.1. */
function presence(path: AttributePath): Filter {
  const given = path.extension === undefined && (isMeta(path) || path.text === "id" || path.text === "schemas");
  if (given) return constant(true);
  const identifier = identifierBeside(path);
  return identifier === undefined ? { op: "pr", path } : presentReference(path, identifier);
}

/** Null is no value: RFC 7643 §2.5. */
function nullTest(operator: CompareOperator, path: AttributePath): Filter {
  if (operator === "eq") return negation(presence(path));
  if (operator === "ne") return presence(path);
  throw ScimError.invalidFilter(`"${path.text}" cannot be compared with null by "${operator}"; use eq, ne or pr.`);
}

/** A complex attribute is compared by its `value` (Q21). */
function withValue(path: AttributePath): AttributePath {
  if (leaf(path).type !== "complex") return path;
  const value = path.subAttribute === undefined ? path.attribute.subAttributes.get("value") : undefined;
  if (value !== undefined && value.type !== "complex") {
    return checkFilterable({ ...path, subAttribute: value, text: `${path.text}.${value.name}` });
  }
  const [example] = leaf(path).subAttributes.values();
  const hint = example === undefined ? "" : `, such as "${path.text}.${example.name}"`;
  throw ScimError.invalidFilter(`"${path.text}" is complex: compare one of its sub-attributes${hint}.`);
}

function isMeta(path: AttributePath): boolean {
  return path.extension === undefined && path.attribute.name === "meta";
}

/** What the core adds to `meta` by itself, no store can look for. RFC 7643 §3.1. */
function foldMeta(comparison: Comparison, value: Operand, type: ResourceType): Filter {
  const attribute = leaf(comparison.path);
  switch (attribute.name) {
    case "resourceType":
      return constant(valueTest(comparison.op, attribute, value)(type.name));
    case "location":
    case "version":
      throw ScimError.invalidFilter(`"${comparison.path.text}" is made for each response and cannot be compared.`);
    default:
      return comparison;
  }
}
