/** The add operation. RFC 7644 §3.5.2.1. */

import { ScimError } from "../error.ts";
import type { Filter } from "../filter/filter.ts";
import { isRecord } from "../filter/present.ts";
import { readValue } from "../schema/read-value.ts";
import { type Assignments, assign } from "./assign.ts";
import { readAssignment, readAssignments } from "./assignments.ts";
import type { Edit } from "./edit.ts";
import { elementsOf } from "./element.ts";
import { appending, asValue, settle } from "./list.ts";
import { asMembers } from "./members-delta.ts";
import { isMembersPlace, readElements } from "./read-elements.ts";
import { remove } from "./remove.ts";
import {
  assignElements,
  changeElements,
  describedElement,
  selectedIndexes,
  soleIndex,
  withElement,
} from "./selected.ts";
import { type PatchRules, selectorOf, type Target } from "./target.ts";

/**
 * The edit of an add operation. Everything about it that does not depend on the resource is checked here.
 *
 * @throws ScimError 400 `invalidValue` if the value does not fit the target
 */
export function add(target: Target, value: unknown, rules: PatchRules): Edit {
  const { place, attribute, subAttribute, filter } = target;
  if (filter !== undefined || subAttribute !== undefined || !attribute.multiValued) {
    return set(target, value, rules, true);
  }
  const elements = readElements(target, value, rules);
  const members = isMembersPlace(place) ? asMembers(elements) : undefined;
  return { place, next: appending(elements, attribute), fold: members && ((fold) => fold.add(members)) };
}

/**
 * The edit of an operation on anything but a whole multi-valued attribute, where `add` and `replace` have one outcome:
 * a single value is replaced, a complex value keeps the sub-attributes that are not named, and so does every element
 * that a value path selects, since it is a complex value too.
 *
 * @param grows - whether values of a multi-valued sub-attribute join those it has: at an `add`
 * @throws ScimError 400 `invalidValue` if the value does not fit the target
 */
export function set(target: Target, value: unknown, rules: PatchRules, grows: boolean): Edit {
  const { place, attribute, subAttribute, filter, text } = target;
  const { reading } = rules;
  if (attribute.type !== "complex") {
    if (filter !== undefined) return assignValues(target, value, rules);
    const next = readValue(value, attribute, text, reading);
    return next === undefined ? remove(target) : { place, next: () => next };
  }
  const given =
    subAttribute === undefined
      ? readAssignments(value, attribute, text, reading, grows)
      : new Map([[subAttribute, readAssignment(value, subAttribute, text, reading, grows)]]);
  if (given === undefined) return remove(target);
  if (filter !== undefined) return assignSelected(target, filter, given, rules);
  return attribute.multiValued ? assignSole(target, given) : assignSingle(target, given);
}

function assignSingle({ place, attribute }: Target, given: Assignments): Edit {
  return { place, next: (value) => assign(isRecord(value) ? value : undefined, given, attribute) };
}

/** At a sub-attribute of a list without a filter (`emails.value`): the one element it can mean, or a first one. */
function assignSole(target: Target, given: Assignments): Edit {
  const { place, attribute } = target;
  return {
    place,
    next(value) {
      const index = soleIndex(value, target);
      if (index !== undefined) return assignElements(value, attribute, new Set([index]), given);
      const element = assign(undefined, given, attribute);
      return element === undefined ? value : withElement(value, attribute, element);
    },
  };
}

/** At a value path: the assignments are made to every element it selects. */
function assignSelected(target: Target, filter: Filter, given: Assignments, rules: PatchRules): Edit {
  const { place, attribute } = target;
  const matches = selectorOf(target);
  return {
    place,
    next(value) {
      const indexes = selectedIndexes(value, matches);
      if (indexes.size > 0) return assignElements(value, attribute, indexes, given);
      return createSelected(value, target, filter, given, rules);
    },
  };
}

/** Nothing is selected: the element is made, where a dialect wants it so. */
function createSelected(
  value: unknown,
  target: Target,
  filter: Filter,
  given: Assignments,
  { reading }: PatchRules,
): unknown {
  const { attribute } = target;
  if (reading.relaxed.has("createFromFilter") && (attribute.multiValued || value === undefined)) {
    if ([...given.values()].every((assigned) => assigned === undefined)) return value;
    const element = describedElement(filter, given, attribute, reading);
    if (element !== undefined) return withElement(value, attribute, element);
  }
  throw nothingSelected(target);
}

/** At a value path into a list of simple values: every value it selects becomes the one given. */
function assignValues(target: Target, value: unknown, rules: PatchRules): Edit {
  const { place, attribute, text } = target;
  const matches = selectorOf(target);
  const given = readElements(target, value, rules);
  if (given.length === 0) return remove(target);
  if (given.length > 1) throw ScimError.invalidValue(`The value of "${text}" must be a single value.`);
  return {
    place,
    next(value) {
      if (selectedIndexes(value, matches).size === 0) throw nothingSelected(target);
      const next = changeElements(value, attribute, matches, () => given[0]);
      return next === value ? value : asValue(settle(elementsOf(next), attribute));
    },
  };
}

function nothingSelected(target: Target): ScimError {
  return ScimError.noTarget(
    `No value of "${target.attribute.name}" matches "${target.text}". Add one first: "add" with the path "${target.attribute.name}".`,
  );
}
