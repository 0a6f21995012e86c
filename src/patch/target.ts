/** What the path of a PATCH operation points at. RFC 7644 §3.5.2, §3.10. */
import { ScimError } from "../error.ts";
import type { Filter } from "../filter/filter.ts";
import type { Grammar } from "../filter/grammar.ts";
import { parsePath } from "../filter/path.ts";
import { compileElementPredicate } from "../filter/predicate.ts";
import type { Attribute } from "../schema/attribute.ts";
import type { Reading } from "../schema/reading.ts";
import type { ResourceType } from "../schema/resource-type.ts";
import type { Place } from "../store/difference.ts";

/** How paths are parsed and values are read. */
export interface PatchRules {
  readonly grammar: Grammar;
  readonly reading: Reading;
  /**
   * The resource type with the attributes that its store does not keep. Where unknown attributes are ignored, operations
   * on those are passed over, as they are in a POST. Default: the store keeps all.
   */
  readonly whole?: ResourceType | undefined;
}

/** A resolved path. */
export interface Target {
  readonly place: Place;
  /** The top-level attribute; the same as `place.attribute`. */
  readonly attribute: Attribute;
  readonly subAttribute: Attribute | undefined;
  readonly filter: Filter | undefined;
  /** For error details, of bounded length. */
  readonly text: string;
}

/**
 * The target of an operation with a path.
 *
 * @throws ScimError 400 `invalidPath` if the path is malformed or names no attribute, `invalidFilter` for the filter in
 *   it, `mutability` if it names a readOnly attribute
 */
export function readTarget(path: string, type: ResourceType, grammar: Grammar): Target {
  const { path: named, filter } = parsePath(path, type, grammar);
  const { extension, attribute, subAttribute } = named;
  const target: Target = {
    place: { extension, attribute },
    attribute,
    subAttribute,
    filter,
    text: shorten(path),
  };
  // What happens to `schemas` is not a question of its mutability: it follows from the other attributes.
  return attribute.name === "schemas" ? target : checkMutable(target);
}

/** The target that a key in the value of an operation without a path names. */
export function attributeTarget(extension: string | undefined, attribute: Attribute): Target {
  const text = extension === undefined ? attribute.name : `${extension}:${attribute.name}`;
  return checkMutable({
    place: { extension, attribute },
    attribute,
    subAttribute: undefined,
    filter: undefined,
    text,
  });
}

/** Whether the target's filter selects an element; without a filter it selects all. Compiled when it is first asked. */
export function selectorOf({ filter, attribute }: Target): (element: unknown) => boolean {
  if (filter === undefined) return () => true;
  let predicate: ((element: unknown) => boolean) | undefined;
  return (element) => {
    predicate ??= compileElementPredicate(filter, attribute);
    return predicate(element);
  };
}

/** At most about 100 characters of what a client sent, for an error detail. */
export function shorten(text: string): string {
  return text.length <= 100 ? text : `${text.slice(0, 99)}…`;
}

function checkMutable(target: Target): Target {
  if (target.attribute.mutability !== "readOnly" && target.subAttribute?.mutability !== "readOnly") return target;
  throw ScimError.mutability(`"${target.text}" is read-only: the server assigns it, leave it out of the request.`);
}
