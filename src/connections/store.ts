/** ConnectionStore: where connections, their tokens, marks and logs live. */
import type { Connection, Management, Token } from "./connection.ts";
import type { IdentityProvider, LogEntry } from "./log.ts";

/** A connection as it is kept. */
export interface ConnectionRecord extends Connection {
  /**
   * The roles that were not above the default role when it was chosen, lowest first, itself last: what may take its
   * place when it vanishes.
   */
  readonly upToDefault: readonly string[];
  /** The roles that were not above the ceiling when it was chosen; empty without a ceiling. */
  readonly upToCeiling: readonly string[];
}

/** A token as it is kept. */
export interface TokenRecord extends Token {
  /** The connection's id. */
  readonly connection: string;
  /** SHA-256 of the token, 64 hexadecimal digits in lower case. */
  readonly hash: string;
}

/** That a connection manages a resource, or did: deleting a connection leaves its marks behind, released. */
export interface Mark extends Omit<Management, "connection"> {
  /** The connection's id; undefined once it is deleted. */
  readonly connection: string | undefined;
  /** The organisation of the connection. */
  readonly organisation: string;
  readonly workspace: string;
  /** `User` or `Group`. */
  readonly resourceType: string;
  /** The resource's id in its store. */
  readonly resourceId: string;
}

/** A page of marks. */
export interface MarkPage {
  readonly marks: readonly Mark[];
  /** Where the next page begins; absent on the last one. Any text. */
  readonly next?: string | undefined;
}

/** An entry that has not been numbered. */
export type NewLogEntry = Omit<LogEntry, "sequence">;

/** What is kept of a connection's traffic beside the log. */
export interface Traffic {
  readonly connected?: Date | undefined;
  readonly lastRequest?: Date | undefined;
  readonly lastError?: LogEntry | undefined;
  readonly identityProvider: IdentityProvider;
}

/**
 * Where connections live. `memoryConnections()` is one, `kyselyConnections(db)` of `scimkit/kysely` another.
 *
 * An implementer guarantees that each method happens whole or not at all, and that `insert` and `update` run their check
 * on a state that nobody changes before they have written. Ids are compared exactly. `undefined` is "not found".
 */
export interface ConnectionStore {
  /**
   * Adds a connection.
   *
   * @param check - throws to refuse; is given every connection of the same organisation or the same workspace, and no
   *   other call of `insert` or `update` that could change its mind gets between it and the write
   */
  insert(connection: ConnectionRecord, check: (others: readonly ConnectionRecord[]) => void): Promise<void>;
  find(id: string): Promise<ConnectionRecord | undefined>;
  /** The connections of an organisation, in order of creation. */
  list(organisation: string): Promise<readonly ConnectionRecord[]>;
  /**
   * Changes a connection: `change` is given the current state, and returns the next. It never changes `id`,
   * `organisation` and `created`.
   *
   * @param check - as for {@link insert}, once more for the next state; default: nothing is checked
   */
  update(
    id: string,
    change: (current: ConnectionRecord) => ConnectionRecord,
    check?: (next: ConnectionRecord, others: readonly ConnectionRecord[]) => void,
  ): Promise<ConnectionRecord | undefined>;
  /** Removes a connection with its tokens and log, and releases its marks. False if there is none. */
  delete(id: string): Promise<boolean>;

  /**
   * Adds a token, and perhaps changes one that is there in the same breath.
   *
   * @param check - throws to refuse; is given the connection's tokens, and no other call that changes them gets between
   *   it and the write. May return one of them in its next state: what a rotation makes of the old one
   * @returns false if the connection is gone
   */
  insertToken(token: TokenRecord, check: (tokens: readonly TokenRecord[]) => TokenRecord | undefined): Promise<boolean>;
  /** The token with this hash, and its connection: one look-up for each request. */
  findToken(hash: string): Promise<{ readonly token: TokenRecord; readonly connection: ConnectionRecord } | undefined>;
  /** The tokens of a connection, in order of creation. */
  tokens(connection: string): Promise<readonly TokenRecord[]>;
  /** Revokes a token of the connection; one that is revoked stays as it is. */
  revokeToken(connection: string, id: string, at: Date): Promise<TokenRecord | undefined>;
  /** Writes that a token was used at `at`, unless it was used after `notAfter`: so that it is written now and then only. */
  touchToken(id: string, at: Date, notAfter: Date): Promise<void>;

  /**
   * Keeps a mark, in the place of one that the resource may have. A connection is not paused or deleted between this and
   * the end of the transaction.
   *
   * @param tx - the transaction of the SCIM write, as its store hands it to `beforeCommit`: the mark belongs in it
   * @param evenPaused - default false: only an active connection marks; true for what the host itself asked for
   * @returns false if the connection is not active, or gone
   */
  mark(mark: Mark, tx: unknown, evenPaused?: boolean): Promise<boolean>;
  /** Removes the mark of a resource that is deleted. */
  unmark(workspace: string, resourceType: string, resourceId: string, tx: unknown): Promise<void>;
  /** The mark of a resource. */
  findMark(workspace: string, resourceType: string, resourceId: string): Promise<Mark | undefined>;
  /**
   * Marks of a connection, in all workspaces, in any order that is total and stable.
   *
   * @param after - what an earlier page gave as `next`; undefined for the first
   * @param limit - at most this many, at least 1
   */
  marks(connection: string, resourceType: string, after: string | undefined, limit: number): Promise<MarkPage>;
  /** How many resources of each type a connection manages in a workspace. */
  countMarks(connection: string, workspace: string): Promise<ReadonlyMap<string, number>>;

  /**
   * Numbers entries and appends them to a connection's log, in the order given; drops the oldest beyond `keep`; keeps
   * what {@link Traffic} says. Does nothing if the connection is gone.
   *
   * @param keep - entries that stay, at least 1
   */
  append(connection: string, entries: readonly NewLogEntry[], keep: number): Promise<void>;
  /** Entries of the log, newest first, below `before` if it is given. */
  entries(connection: string, limit: number, before: number | undefined): Promise<readonly LogEntry[]>;
  traffic(connection: string): Promise<Traffic | undefined>;
}
