/** Draft, Change, Removal: what the core hands a store to write. RFC 7644 §3.3, §3.5, §3.6, §3.14. */
import type { Resource } from "../schema/attribute.ts";
import type { Stored, StoredMeta } from "./stored.ts";

/** A member of a group as a client names it. RFC 7643 §4.2. */
export interface Member {
  /** The id of a user or a group. */
  readonly value: string;
  /** `User` or `Group`, when the client says it; else the store finds out. */
  readonly type?: string | undefined;
}

/**
 * How a group's members change, without looking at the members it has.
 *
 * The new members are `(reset ? none : the present ones) − remove + add`. An id is never in both lists. Adding a
 * present member or removing an absent one changes nothing and is no error.
 */
export interface MembersDelta {
  /** Whether the present members that are not in `add` leave: PUT, `replace members`, `remove members`. */
  readonly reset: boolean;
  readonly add: readonly Member[];
  /** Ids; empty when `reset`. */
  readonly remove: readonly string[];
}

/** The ids that really joined or left. */
export interface MembersOutcome {
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

/** What {@link Change.apply} made of the current state. */
export interface Applied<R extends Resource = Resource> {
  /** The next state: attributes only, without `id`, `meta`, `schemas`. */
  readonly resource: Omit<R, "id" | "meta" | "schemas">;
  /**
   * The paths whose values differ, in canonical case; empty if nothing changed. A sub-attribute of a single-valued
   * complex attribute is named by itself (`name.givenName`, `urn:…:User:manager.value`), everything else whole
   * (`emails`, `urn:…:User:department`).
   */
  readonly changed: readonly string[];
}

/** What was done, as the store saw it inside its transaction. */
export interface Outcome<R extends Resource = Resource> {
  /** The state before; absent on creation. Without members where the store did not read them. */
  readonly before?: Stored<R> | undefined;
  /** The state after; absent on deletion. Without members where the store did not read them. */
  readonly after?: Stored<R> | undefined;
  /** Who joined and left; only where a {@link MembersDelta} was applied. */
  readonly members?: MembersOutcome | undefined;
}

/** A resource to create. */
export interface Draft<R extends Resource = Resource, Tx = unknown> {
  /** Validated, in canonical case; without `id`, `meta`, `schemas` and every other readOnly attribute. */
  readonly resource: Omit<R, "id" | "meta" | "schemas">;
  /**
   * Call it inside the transaction, after the writes and before the commit, and await it; whatever it throws must roll
   * back. Runs the host's `beforeCommit` and tells the core what to report.
   */
  beforeCommit(outcome: Outcome<R>, tx: Tx): Promise<void>;
}

/** A PUT or a PATCH, as a function of the current state. */
export interface Change<R extends Resource = Resource, Tx = unknown> {
  /**
   * Present when all that the request says about members can be said without reading them. `apply` then neither looks
   * at nor returns `members`, and the store applies this delta by itself. When absent, `members` is an attribute like
   * any other, and `apply` must be given it.
   */
  readonly members: MembersDelta | undefined;
  /**
   * Computes the next state. Pure, except that the last call before `beforeCommit` is the one that counts; a store
   * that retries calls it again.
   *
   * @throws ScimError 412 if `If-Match` does not match `current.meta.version`; 400 `mutability`, `noTarget`,
   *   `invalidValue` if the request does not fit the current state
   */
  apply(current: Stored<R>): Applied<R>;
  /** As {@link Draft.beforeCommit}. Not called when nothing changed, members included. */
  beforeCommit(outcome: Outcome<R>, tx: Tx): Promise<void>;
}

/** A DELETE. */
export interface Removal<R extends Resource = Resource, Tx = unknown> {
  /** @throws ScimError 412 if `If-Match` does not match the version of the current state */
  check(current: { readonly id: string; readonly meta: StoredMeta }): void;
  /** As {@link Draft.beforeCommit}. */
  beforeCommit(outcome: Outcome<R>, tx: Tx): Promise<void>;
}
