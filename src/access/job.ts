/** Job: work on a connection that is too much for one request; done in batches, and resumable. */

/** What a job does. */
export type JobKind =
  /** Everybody in a group and in the groups within it is reconciled. */
  | { readonly kind: "reconcile"; readonly groups: readonly string[] }
  /** Everybody is reconciled. */
  | { readonly kind: "reconcileAll" }
  /** A group that was there before this library's records is read whole. */
  | { readonly kind: "readGroup"; readonly group: string };

/** A job of a connection. */
export interface Job {
  /** A UUID. */
  readonly id: string;
  readonly connection: string;
  readonly organisation: string;
  readonly what: JobKind;
  readonly created: Date;
  /** Users done so far. */
  readonly done: number;
  /** Users there were when it was counted; undefined before. */
  readonly total: number | undefined;
  /** Where it goes on: opaque, undefined at the beginning. */
  readonly cursor: string | undefined;
  readonly finished: Date | undefined;
  /**
   * Users whose roles this job has left as they were, because the host's guard said so; a hundred at the most. Only those
   * of whom that is still so: whom a later write or job reconciles is left out.
   */
  readonly blocked: readonly { readonly user: string; readonly detail: string }[];
  /** Why the last batch failed; it is tried again. */
  readonly problem: string | undefined;
}
