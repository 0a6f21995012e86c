/** Print: a filter as text again. RFC 7644 §3.4.2.2. */
import type { AttributePath } from "../schema/attribute.ts";
import type { Filter } from "./filter.ts";

/**
 * The canonical text of a filter: names in canonical case, operators in lower case, one space, no parentheses that
 * precedence makes needless. Reading it again gives the same filter. It contains values: not for logs.
 */
export function printFilter(filter: Filter): string {
  return print(filter, (path) => path.text);
}

/** How a path is written here: whole, or inside brackets as the name of a sub-attribute. */
type Namer = (path: AttributePath) => string;

function print(filter: Filter, name: Namer): string {
  switch (filter.op) {
    case "and":
    case "or":
      return filter.filters.map((part) => printPart(part, filter.op, name)).join(` ${filter.op} `);
    case "not":
      return `not (${print(filter.filter, name)})`;
    case "valuePath":
      return `${name(filter.path)}[${print(filter.filter, (path) => path.subAttribute?.name ?? "value")}]`;
    case "pr":
      return `${name(filter.path)} pr`;
    case "constant":
      // There is no literal for it. Every resource has a resource type, so these two come back as the same constants.
      return filter.value ? "meta.resourceType pr" : "not (meta.resourceType pr)";
    default:
      return `${name(filter.path)} ${filter.op} ${JSON.stringify(filter.value)}`;
  }
}

/** `and` binds closer than `or`; nothing else needs parentheses. */
function printPart(part: Filter, junction: "and" | "or", name: Namer): string {
  const text = print(part, name);
  return junction === "and" && part.op === "or" ? `(${text})` : text;
}
