/** SqlLayout: one way to keep a million users, and the statements that somebody would write by hand for it. */
import type { CompiledQuery, LogEvent, PostgresPool } from "kysely";
import { PostgresDialect } from "kysely";
import type { GroupStore, UserStore } from "scimkit";

/** What the stores need to know of a request. */
export interface Ctx {
  readonly workspaceId: number;
}

/** A statement with its values, as `pg` takes them. */
export interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
}

/** How much there is. */
export interface Size {
  /** Users of the tenant that is measured; a tenth as many belong to another one. */
  readonly users: number;
  /** Members of the large group. */
  readonly members: number;
}

/** The members of the small group. */
export const fewMembers = 100;

/** What is where, once it is there. Ids. */
export interface Filled {
  readonly large: string;
  readonly small: string;
  /** A user who is in neither group. */
  readonly outsider: string;
}

/** Statements that ask what the store is asked, and nothing more. */
export interface ByHand {
  readonly userName: (value: string) => Statement;
  readonly externalId: (value: string) => Statement;
  /** `count` users after a key, in the order of the keys. */
  readonly page: (after: string | undefined, count: number) => Statement;
  readonly total: () => Statement;
  readonly emailsStartingWith: (prefix: string, count: number) => Statement;
  readonly emailsStartingWithTotal: (prefix: string) => Statement;
  /** Locks the group, puts the user in, and counts the change. */
  readonly add: (group: string, user: string) => readonly Statement[];
  readonly remove: (group: string, user: string) => readonly Statement[];
  /** The key at a place in the order of the keys, from 0. */
  readonly keyAt: (place: number) => Statement;
}

/** A layout on a database. */
export interface OpenLayout {
  readonly users: UserStore<Ctx>;
  readonly groups: GroupStore<Ctx>;
  /** Creates tables and indexes, and fills them by statements on sets. */
  fill(size: Size): Promise<Filled>;
}

/** One layout. */
export interface SqlLayout {
  readonly name: string;
  readonly byHand: ByHand;
  /** @param hear - is told of every statement that the stores send */
  open(pool: PostgresPool, hear: (query: CompiledQuery) => void): OpenLayout;
}

/** What makes a Kysely on a pool. */
export function kyselyConfig(pool: PostgresPool, hear: (query: CompiledQuery) => void) {
  return { dialect: new PostgresDialect({ pool }), log: (event: LogEvent): void => hear(event.query) };
}
