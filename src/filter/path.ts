/** Path: where a PATCH operation points. RFC 7644 §3.5.2 PATH. */
import { ScimError } from "../error.ts";
import type { AttributePath } from "../schema/attribute.ts";
import { resolvePath } from "../schema/resolve.ts";
import type { ResourceType } from "../schema/resource-type.ts";
import type { Filter } from "./filter.ts";
import type { Grammar } from "./grammar.ts";
import { isAttributeName, quoted } from "./name.ts";
import { parse } from "./parse.ts";
import { checkBrackets, resolveElementFilter } from "./resolve.ts";

/** A PATCH path: `attrPath / valuePath [subAttr]`. */
export interface PatchPath {
  /** The attribute, with the sub-attribute, whether it was written before or behind brackets. */
  readonly path: AttributePath;
  /**
   * Which elements of `path.attribute` are meant; undefined where there were no brackets. Its paths are as inside a
   * {@link ValuePath}.
   */
  readonly filter: Filter | undefined;
}

/**
 * Reads a PATCH path.
 *
 * @param text - `members`, `name.givenName`, `emails[type eq "work"].value`, with or without a URN
 * @throws ScimError 400 `invalidPath` for a malformed path, an unknown attribute, or brackets behind an attribute that is
 *   neither multi-valued nor complex; 400 `invalidFilter` for what is wrong inside the brackets
 */
export function parsePath(text: string, type: ResourceType, grammar: Grammar): PatchPath {
  if (text.length > grammar.maxLength) {
    throw ScimError.invalidPath(`The path has more than the ${grammar.maxLength} characters accepted here.`);
  }
  const trimmed = text.trim();
  const open = trimmed.indexOf("[");
  if (open < 0) return { path: resolve(trimmed, type, grammar), filter: undefined };
  const path = resolve(trimmed.slice(0, open).trimEnd(), type, grammar);
  checkBrackets(path, ScimError.invalidPath);
  const close = closingBracket(trimmed, open);
  if (close < 0) throw ScimError.invalidPath(`The brackets behind "${path.text}" are not closed.`);
  const syntax = parse(trimmed.slice(open + 1, close), grammar);
  const filter = resolveElementFilter(syntax, path, type, grammar.relaxed);
  return { path: withSuffix(path, trimmed.slice(close + 1)), filter };
}

function resolve(name: string, type: ResourceType, grammar: Grammar): AttributePath {
  const path = resolvePath(name, type, grammar.relaxed);
  if (path !== undefined) return path;
  throw ScimError.invalidPath(
    name === ""
      ? "The path does not begin with an attribute's name."
      : `${quoted(name)} is not an attribute of ${type.name}.`,
  );
}

/** The index of the `]` that closes the bracket at `open`, past any in strings; -1 if there is none. */
function closingBracket(text: string, open: number): number {
  let inString = false;
  for (let at = open + 1; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === '"') inString = !inString;
    else if (character === "\\" && inString) at++;
    else if (character === "]" && !inString) return at;
  }
  return -1;
}

/** Adds the `.value` behind the brackets to the path. */
function withSuffix(path: AttributePath, suffix: string): AttributePath {
  if (suffix === "") return path;
  const name = suffix.slice(1);
  if (!suffix.startsWith(".") || !isAttributeName(name)) {
    throw ScimError.invalidPath(`Only "." and one sub-attribute's name may follow the brackets behind "${path.text}".`);
  }
  const subAttribute = path.attribute.subAttributes.get(name.toLowerCase());
  if (subAttribute === undefined) {
    throw ScimError.invalidPath(`"${path.text}" has no sub-attribute ${quoted(name)}.`);
  }
  return { ...path, subAttribute, text: `${path.text}.${subAttribute.name}` };
}
