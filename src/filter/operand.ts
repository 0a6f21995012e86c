/** Operands: whether an operator and a literal fit the attribute they are used on. RFC 7644 §3.4.2.2, RFC 7643 §2.3. */
import { ScimError } from "../error.ts";
import { type AttributePath, type AttributeType, leaf } from "../schema/attribute.ts";
import type { Relaxations } from "../schema/relaxation.ts";
import { type Operand, operatorsFor } from "./compare.ts";
import { parseDateTime } from "./date-time.ts";
import type { CompareOperator, FilterValue } from "./filter.ts";
import type { Literal } from "./literal.ts";

/** What a literal for a data type looks like, for error messages. */
const expectations: Readonly<Record<AttributeType, string>> = {
  string: "a string in double quotes",
  reference: "a string in double quotes",
  binary: "a string in double quotes",
  dateTime: 'a dateTime in double quotes, such as "2011-05-13T04:42:34Z" (a "+" in a URL is sent as %2B)',
  boolean: "true or false, without quotes",
  integer: "a number, without quotes",
  decimal: "a number, without quotes",
  complex: "a sub-attribute",
};

/**
 * The value that a literal stands for where `path operator literal` is asked; `literal` is not null and `path` does
 * not end at a complex attribute.
 *
 * @throws ScimError 400 `invalidFilter`, naming the attribute and not the literal
 */
export function readOperand(
  operator: CompareOperator,
  path: AttributePath,
  literal: Literal,
  relaxed: Relaxations,
): Operand {
  const { type, prepare } = leaf(path);
  const operators = operatorsFor(type);
  if (!operators.includes(operator)) {
    throw ScimError.invalidFilter(
      `The operator "${operator}" cannot be used on "${path.text}", which is of type ${type}; ` +
        `use ${operators.join(", ")} or pr.`,
    );
  }
  const value = fitting(type, literal, relaxed);
  if (value !== undefined) return typeof value === "string" && prepare !== undefined ? prepare(value) : value;
  throw ScimError.invalidFilter(`"${path.text}" is of type ${type}: compare it with ${expectations[type]}.`);
}

/** The literal as a value of `type`, undefined if it is none. */
function fitting(type: AttributeType, literal: Literal, relaxed: Relaxations): Operand | undefined {
  switch (type) {
    case "boolean":
      return toBoolean(literal.value, relaxed);
    case "integer":
    case "decimal":
      return typeof literal.value === "number" ? literal.value : undefined;
    case "dateTime":
      return typeof literal.value === "string" && parseDateTime(literal.value) ? literal.value : undefined;
    default:
      if (typeof literal.value === "string") return literal.value;
      // `externalId eq 42` and `userName eq true`: words without quotes at a string are strings too (Q17).
      return relaxed.has("unquotedLiterals") ? literal.word : undefined;
  }
}

function toBoolean(value: FilterValue, relaxed: Relaxations): boolean | undefined {
  if (typeof value === "boolean") return value;
  if (typeof value !== "string" || !relaxed.has("booleanStrings")) return undefined;
  const text = value.toLowerCase();
  return text === "true" || text === "false" ? text === "true" : undefined;
}
