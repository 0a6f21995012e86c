/** ResourceText: a resource of a response, as text where that is kept. RFC 7644 §3.9. */
import type { Resource } from "../schema/attribute.ts";
import type { GroupMembership } from "../store/store.ts";
import type { Stored } from "../store/stored.ts";
import { isLong } from "./json-pieces.ts";
import type { Kept } from "./kept.ts";
import type { Presentation, Projection } from "./projection.ts";

/** JSON text, or the representation of which it has yet to be made. */
export type ResourceText = string | Resource;

/** The text of a stored resource, and what it depends on beside the resource. */
export interface KeptText {
  readonly projection: Projection;
  readonly baseUrl: string;
  readonly text: string;
  /** Where `groups` belong, which may change while their user stays the same. */
  readonly groupsAt: number;
  /** Characters. */
  readonly size: number;
}

/** Characters of all texts that a service keeps. */
export const keptTexts = 16_777_216;

/**
 * A resource as a response to a read shows it.
 *
 * @param texts - where the texts of frozen resources are kept; undefined where those may yet change in parts
 */
export function resourceText(
  texts: Kept<KeptText> | undefined,
  stored: Stored,
  groups: readonly GroupMembership[] | undefined,
  projection: Projection,
  presentation: Presentation,
): ResourceText {
  const known = texts?.get(stored);
  if (known !== undefined && known.projection === projection && known.baseUrl === presentation.baseUrl) {
    return withGroups(known, groups, presentation);
  }
  const representation = projection.project(stored, presentation);
  // Where the stored resource has groups of its own, or long lists, nothing is put into its text.
  if (texts === undefined || !Object.isFrozen(stored) || stored.groups !== undefined || isLong(representation)) {
    return groups === undefined ? representation : projection.project({ ...stored, groups }, presentation);
  }
  const made = textOf(representation, projection, presentation);
  texts.set(stored, made);
  return withGroups(made, groups, presentation);
}

function textOf(representation: Resource, projection: Projection, { baseUrl }: Presentation): KeptText {
  const text = JSON.stringify(representation);
  const { meta } = representation;
  const end = meta === undefined ? "}" : `,"meta":${JSON.stringify(meta)}}`;
  return { projection, baseUrl, text, groupsAt: text.length - end.length, size: text.length };
}

function withGroups(
  { text, groupsAt, projection }: KeptText,
  groups: readonly GroupMembership[] | undefined,
  presentation: Presentation,
): string {
  const shown = groups && projection.part("groups", groups, presentation);
  if (shown === undefined) return text;
  return `${text.slice(0, groupsAt)},"groups":${JSON.stringify(shown)}${text.slice(groupsAt)}`;
}
