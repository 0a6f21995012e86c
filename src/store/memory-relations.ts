/** Relations: what the memory store keeps outside of a resource's own row, and shows with it. */
import type { FilterValue } from "../filter/filter.ts";
import type { AttributePath, Resource } from "../schema/attribute.ts";
import type { MembersDelta } from "./change.ts";
import type { PlannedMembers } from "./memory-member-plan.ts";
import type { Attributes, Row } from "./memory-table.ts";
import type { Selection } from "./selection.ts";
import type { Stored } from "./stored.ts";

/** What is to be written of one resource. */
export interface Split<R extends Resource> {
  /** For the row. */
  readonly own: Attributes<R>;
  /** For its members. */
  readonly members: PlannedMembers | undefined;
}

/** How the rows of one table are related to other rows: nothing, `groups` of users, `members` of groups. */
export interface Relations<R extends Resource> {
  /** The top-level attribute that rows do not hold because it is in the relations. */
  readonly attribute: string | undefined;
  /** A row's state with that attribute, for a predicate or a sort key. */
  view(stored: Stored<R>): Resource;
  /** A row's state with all that {@link Change.apply} may change. */
  load(stored: Stored<R>): Stored<R>;
  /** A row's state as a response needs it. */
  read(stored: Stored<R>, want: Selection): Stored<R>;
  /** The rows that have `value` at `path`, in any order; undefined if that is not known without looking at all. */
  find(path: AttributePath, value: FilterValue): readonly Row<R>[] | undefined;
  /**
   * Splits what is to be written.
   *
   * @param row - undefined for a resource that is being created
   * @param members - the change's delta; or undefined where the members are among the attributes
   * @throws ScimError 400 `invalidValue` for members that do not exist
   */
  split(attributes: Attributes<R>, row: Row<R> | undefined, members: MembersDelta | undefined): Split<R>;
  /** A state as it will be with members that are planned and not written. */
  foresee(stored: Stored<R>, row: Row<R> | undefined, members: PlannedMembers): Stored<R>;
  /** Writes the members. Cannot fail. */
  commit(row: Row<R>, members: PlannedMembers): void;
  /** Ends the relations of a row that has been deleted. */
  forget(row: Row<R>): void;
}

/** The relations of a type that has none. */
export function noRelations<R extends Resource>(): Relations<R> {
  return {
    attribute: undefined,
    view: (stored) => stored,
    load: (stored) => stored,
    read: (stored) => stored,
    find: () => undefined,
    split: (own) => ({ own, members: undefined }),
    foresee: (stored) => stored,
    commit: () => {},
    forget: () => {},
  };
}
