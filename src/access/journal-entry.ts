/** JournalEntry: one write of a connection, kept so that it can be taken back. */
import type { Resource } from "../schema/attribute.ts";

/** A resource as it was; without `id`, `meta`, members and whatever is never returned. */
export type Snapshot = Resource;

/** One resource that was written. */
export interface JournalEntry {
  /** Counts up within a connection. */
  readonly sequence: number;
  readonly connection: string;
  /** The same for all that one request wrote: one write, but for bulk. */
  readonly request: string;
  readonly at: Date;
  readonly operation: "create" | "replace" | "patch" | "delete";
  /** `User`, `Group`, … */
  readonly resourceType: string;
  readonly resourceId: string;
  /** Its userName or displayName, for people. */
  readonly name: string;
  /** Absent on creation. */
  readonly before?: Snapshot | undefined;
  /** Absent on deletion. */
  readonly after?: Snapshot | undefined;
  /** The paths that changed, members left out; empty for `create` and `delete`. */
  readonly changed: readonly string[];
  /** Who joined and left a group. Of a group that is deleted: who was in it. */
  readonly members: { readonly added: readonly string[]; readonly removed: readonly string[] };
  /** The groups that a deleted user or group was in. */
  readonly groups: readonly string[];
  /** Whether somebody lost their access: a user was deactivated or deleted. */
  readonly deactivation: boolean;
  /** The request that this write took back; absent on what an identity provider wrote. */
  readonly revertOf?: string | undefined;
  /** The id that the resource had before it was deleted, where this write made it again. */
  readonly recreates?: string | undefined;
}

/** An entry before it is numbered. */
export type NewJournalEntry = Omit<JournalEntry, "sequence">;
