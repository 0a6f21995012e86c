/** Versions of resources: ETag, If-Match, If-None-Match. RFC 7644 §3.14, RFC 7232. */
import { ScimError } from "../error.ts";
import type { StoredMeta } from "../store/stored.ts";
import { timestamp } from "./timestamp.ts";

/**
 * The weak entity tag of a stored resource: its version, or its lastModified where the store keeps no version.
 *
 * @throws Error if the store gives neither
 */
export function entityTag({ version, lastModified }: StoredMeta): string {
  if (version !== undefined) return `W/"${version}"`;
  if (lastModified !== undefined) return `W/"${timestamp(lastModified)}"`;
  throw new Error("The store returned a resource with neither `meta.version` nor `meta.lastModified`.");
}

/** A precondition header, read once: the opaque tags it lists, or any. */
export type Precondition = "any" | ReadonlySet<string>;

const tag = /^(?:W\/)?"([^"]*)"$/i;

/**
 * Reads `If-Match` or `If-None-Match`: `*`, one tag, or a comma-separated list. Comparison is weak (RFC 7644 names weak
 * tags as preferred), so the `W/` is dropped. A tag without its quotes, as some clients send it, is taken as it stands.
 */
export function readPrecondition(header: string | undefined): Precondition | undefined {
  if (header === undefined) return undefined;
  const text = header.trim();
  if (text === "*") return "any";
  const tags = new Set<string>();
  for (const part of text.match(/(?:W\/)?"[^"]*"|[^,\s][^,]*/gi) ?? []) {
    const trimmed = part.trim();
    tags.add(tag.exec(trimmed)?.[1] ?? trimmed);
  }
  return tags;
}

/** Whether an existing resource's tag is among those of the precondition. */
export function matches(precondition: Precondition, etag: string): boolean {
  return precondition === "any" || precondition.has(tag.exec(etag)?.[1] ?? etag);
}

/** The preconditions of one write. */
export interface WritePreconditions {
  readonly ifMatch: Precondition | undefined;
  readonly ifNoneMatch: Precondition | undefined;
}

/** No precondition at all. */
export const unconditional: WritePreconditions = { ifMatch: undefined, ifNoneMatch: undefined };

/**
 * Holds a write against its preconditions.
 *
 * @throws ScimError 412 if `If-Match` names other versions, or `If-None-Match` names this one
 */
export function checkPreconditions(conditions: WritePreconditions, meta: StoredMeta): void {
  if (conditions === unconditional) return;
  const etag = entityTag(meta);
  if (conditions.ifMatch !== undefined && !matches(conditions.ifMatch, etag)) {
    throw ScimError.preconditionFailed(
      `The resource has changed: its version is now ${etag}. Read it again and repeat the change with that If-Match.`,
    );
  }
  if (conditions.ifNoneMatch !== undefined && matches(conditions.ifNoneMatch, etag)) {
    throw ScimError.preconditionFailed(`The resource exists in version ${etag}, which If-None-Match excludes.`);
  }
}
