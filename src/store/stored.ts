/** Stored: a resource as a store returns it. RFC 7643 §3.1. */
import type { Resource } from "../schema/attribute.ts";

/** What a store knows about a resource beside its attributes. RFC 7643 §3.1. */
export interface StoredMeta {
  /** When the resource was created: a Date, or RFC 3339 text; absent where the host's data does not say. */
  readonly created?: Date | string | undefined;
  /**
   * When it last changed: a Date, or RFC 3339 text; absent where the host's data does not say. Stays as it is when a
   * request changes nothing.
   */
  readonly lastModified?: Date | string | undefined;
  /**
   * Changes with every change of the resource; any text without quotes or control characters. Served as a weak ETag.
   * Without it there is an ETag made of `lastModified`, which cannot tell two changes in one millisecond apart; one of
   * the two must be there.
   */
  readonly version?: string | undefined;
}

/**
 * A resource as a store returns it: its attributes in canonical case, `id` and `meta`; extension attributes under
 * the extension's URN. Without `schemas`, `meta.location` and `meta.resourceType`: those are the core's to add.
 */
export type Stored<R extends Resource = Resource> = Omit<R, "id" | "meta" | "schemas"> & {
  /** Minted by the store; opaque, stable, never reused, never taken from the client. */
  readonly id: string;
  readonly meta: StoredMeta;
};
