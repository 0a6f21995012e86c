/** Edit: one operation on one attribute, as a function of the attribute's value. RFC 7644 §3.5.2. */
import { ScimError } from "../error.ts";
import type { Place } from "../store/difference.ts";
import { equalValues } from "./element.ts";
import type { MembersFold } from "./members-delta.ts";

/** What becomes of the value of one top-level attribute. */
export interface Edit {
  readonly place: Place;
  /**
   * The next value from the present one; undefined stands for "no value" on both sides. Pure, and the very same value
   * if nothing changes.
   */
  next(value: unknown): unknown;
  /** Does the same to members that nobody has looked at; only for edits of `members` that are about ids alone. */
  readonly fold?: ((fold: MembersFold) => void) | undefined;
  /** Whether to count as a change even where the present value cannot be seen. */
  readonly blind?: boolean;
}

/**
 * The edit, held to the mutability of its attribute: an immutable one may be given its first value, and an equal one.
 *
 * @see RFC 7644 §3.5.2
 */
export function guarded(edit: Edit): Edit {
  const { attribute } = edit.place;
  if (attribute.mutability !== "immutable") return edit;
  const next = (value: unknown): unknown => {
    const after = edit.next(value);
    if (value === undefined || after === value) return after;
    if (after !== undefined && equalValues(value, after, attribute)) return value;
    throw ScimError.mutability(`"${attribute.name}" is immutable: it has a value already, and cannot be changed.`);
  };
  return { place: edit.place, next };
}
