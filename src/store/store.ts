/** ResourceStore: the interface between scimkit and a host's data. */

import type { Filter } from "../filter/filter.ts";
import type { AttributePath, Resource } from "../schema/attribute.ts";
import type { ResourceType } from "../schema/resource-type.ts";
import type { Change, Draft, Removal } from "./change.ts";
import type { Selection } from "./selection.ts";
import type { Stored } from "./stored.ts";

/** The order a query asks for. RFC 7644 §3.4.2.3. */
export interface Sort {
  /** What to order by; for a multi-valued attribute the primary value counts, else the first. */
  readonly path: AttributePath;
  /** Resources without a value come last when ascending, first when descending. */
  readonly descending: boolean;
}

/** Which part of the results is wanted. RFC 7644 §3.4.2.4, RFC 9865. */
export type Window =
  | {
      readonly by: "index";
      /** 1-based, at least 1. */
      readonly startIndex: number;
      /** At most this many resources; 0 asks for the total alone. */
      readonly count: number;
    }
  | {
      readonly by: "cursor";
      /** A position that an earlier {@link Page} gave as `next` or `previous`; undefined asks for the first page. */
      readonly position: string | undefined;
      /** At most this many resources, at least 1. */
      readonly count: number;
    };

/** One query, for {@link ResourceStore.list}. */
export interface ListQuery {
  /** Undefined: everything in the tenant. */
  readonly filter: Filter | undefined;
  /** Undefined: any order that is total and stable between pages. */
  readonly sort: Sort | undefined;
  readonly window: Window;
  readonly want: Selection;
}

/** One page of results. */
export interface Page<R extends Resource = Resource> {
  readonly resources: readonly Stored<R>[];
  /** How many resources match in all, whatever the window. By cursor, it may be how many did on the first page. */
  readonly total: number;
  /** Cursor windows only: where the next page begins; absent on the last page. Any text. */
  readonly next?: string | undefined;
  /** Cursor windows only: where the page before begins, if the store can go back and there is one. */
  readonly previous?: string | undefined;
}

/** What a store says of itself when `createScim` connects it to its resource type. */
export interface StoreCapabilities {
  /** Whether the store keeps an attribute; what it does not keep is not advertised. Default: it keeps all. */
  readonly holds?: (path: AttributePath) => boolean;
  /** Whether `list` serves cursor windows. Default false: cursor paging is answered as not supported. */
  readonly cursors?: boolean;
  /** Whether `list` serves `sort`. Default true. */
  readonly sort?: boolean;
  /**
   * Whether a frozen object that the store returns is frozen to its depths, and so never changes. Then its JSON text is
   * kept, within a bound, and not made again while the same object is returned. Default false.
   */
  readonly frozen?: boolean;
  /** Whether independent bulk operations may run at the same time. Default false: one after the other. */
  readonly concurrent?: boolean;
}

/**
 * Where resources of one type live. Implement it on any ORM or database; `examples/bare-store.ts` is the template,
 * `storeContract` from `scimkit/testing` is the examination.
 *
 * What an implementer guarantees:
 *
 * 1. Every statement is confined to the tenant that `ctx` names, as `tenant AND (filter)`. Nothing else names a tenant.
 * 2. `update` runs `change.apply` on the current state with the row locked (`SELECT … FOR UPDATE`), or writes by
 *    compare-and-swap on the version and starts again if it lost. Two updates never start from the same state.
 * 3. A write happens whole or not at all; what is thrown from it rolls everything back, `beforeCommit` included.
 * 4. Uniqueness is decided by the database inside the write and thrown as `ScimError.uniqueness("userName")`.
 * 5. `list` returns exactly the matches, or throws `ScimError.invalidFilter`; never more, never everything.
 * 6. Without a `sort`, order is total and stable between pages (by creation, say).
 * 7. Deactivated resources stay readable and listed. Deleted ones are gone, and free their unique values.
 * 8. Anything thrown that is not a ScimError is answered as 500; a store says "not found" by returning `undefined` or
 *    `false`, never by throwing.
 *
 * `Tx` is whatever the store hands to `beforeCommit` hooks as its transaction.
 */
export interface ResourceStore<R extends Resource = Resource, Ctx = unknown, Tx = unknown> {
  /**
   * Called once, by `createScim`: the resource type as it will be served, extensions included. May throw an Error
   * that says what in the mapping cannot work.
   */
  connect?(type: ResourceType): StoreCapabilities;

  /**
   * Creates a resource: mints its id, stores `draft.resource`, calls `draft.beforeCommit`, commits.
   *
   * @throws ScimError 409 `uniqueness` for a taken value; 400 `invalidValue` for a reference (a member, a manager the
   *   store insists on) that is not in the tenant, naming the ids
   */
  create(draft: Draft<R, Tx>, want: Selection, ctx: Ctx): Promise<Stored<R>>;

  /** Reads one resource; undefined if the tenant has none with this id. An id may be any text. */
  get(id: string, want: Selection, ctx: Ctx): Promise<Stored<R> | undefined>;

  /**
   * Finds resources.
   *
   * @throws ScimError 400 `invalidFilter` for a filter or sort the store cannot serve, naming the attribute; 400
   *   `invalidCursor` for a position it cannot read
   */
  list(query: ListQuery, ctx: Ctx): Promise<Page<R>>;

  /**
   * Changes one resource: locks it, calls `change.apply`, applies `change.members`, writes what changed, calls
   * `change.beforeCommit`, commits. Nothing is written, and `version` and `lastModified` stay, if nothing changed.
   *
   * @returns the new state, as far as `want` asks for it; undefined if the tenant has none with this id
   * @throws ScimError as `create`, and whatever `change.apply` throws
   */
  update(id: string, change: Change<R, Tx>, want: Selection, ctx: Ctx): Promise<Stored<R> | undefined>;

  /**
   * Deletes one resource: locks it, calls `removal.check`, removes it (and its memberships), calls
   * `removal.beforeCommit`, commits.
   *
   * @returns false if the tenant has none with this id
   */
  delete(id: string, removal: Removal<R, Tx>, ctx: Ctx): Promise<boolean>;
}

/** One group that a user belongs to. RFC 7643 §4.1.2 `groups`. */
export interface GroupMembership {
  /** The group's id. */
  readonly value: string;
  /** The group's displayName. */
  readonly display?: string | undefined;
  /** `indirect` when the user belongs to it through a nested group. */
  readonly type: "direct" | "indirect";
}

/** What a store of groups may offer beside the five methods. */
export interface GroupCapabilities<Ctx = unknown> {
  /**
   * The groups of each of these users, for one page of users at once; absent users have none. Without it
   * `User.groups` is left to the user store.
   */
  groupsOf?(userIds: readonly string[], ctx: Ctx): Promise<ReadonlyMap<string, readonly GroupMembership[]>>;
}
