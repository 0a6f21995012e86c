/** AccessStore: what is known of a connection's users, groups and memberships, its rules, journal, jobs and receipts. */
import type { Job } from "./job.ts";
import type { JournalEntry, NewJournalEntry } from "./journal-entry.ts";
import type { Receipt } from "./receipt.ts";
import type { Rule } from "./rule.ts";

/** A user whom a connection manages. */
export interface KnownUser {
  readonly id: string;
  readonly active: boolean;
  /** The roles last handed to the host, `workspace/role` in percent-encoding, sorted. */
  readonly granted: readonly string[];
  /** Which job has left the roles as they were, since the host's guard keeps them, and why; absent if none has. */
  readonly blocked?: { readonly job: string; readonly detail: string } | undefined;
}

/** A group that a connection manages. */
export interface KnownGroup {
  readonly id: string;
  readonly displayName: string;
}

/** That a user or group is in a group. */
export interface Membership {
  /** The group's id. */
  readonly group: string;
  /** The id of a user or group. */
  readonly member: string;
  readonly since: Date;
  readonly request: string | undefined;
}

/** Which entries of a journal are wanted. */
export interface JournalQuery {
  /** Only those of this request. */
  readonly request?: string | undefined;
  /** Only those that took back this request. */
  readonly revertOf?: string | undefined;
  /** Only those at or after this time. */
  readonly since?: Date | undefined;
  /** Only those with a lower sequence. */
  readonly before?: number | undefined;
  /** At most this many. */
  readonly limit: number;
}

/** What can be done within one transaction, for one connection; it sees nothing of any other. */
export interface AccessUnit {
  /** The transaction, as the host's hooks are given it; undefined where the store has none. */
  readonly tx: unknown;

  rules(): Promise<readonly Rule[]>;
  saveRule(rule: Rule): Promise<void>;
  removeRule(id: string): Promise<boolean>;

  /** The users among these ids, each locked until the end of the transaction; locks are taken in the order of ids. */
  lockUsers(ids: readonly string[]): Promise<readonly KnownUser[]>;
  /** As {@link lockUsers}, without locks. */
  users(ids: readonly string[]): Promise<readonly KnownUser[]>;
  /** Users with a greater id, in the order of ids. */
  usersAfter(after: string | undefined, limit: number): Promise<readonly KnownUser[]>;
  /** Users whose roles a job has left as they were, in the order of ids. */
  blockedUsers(limit: number): Promise<readonly KnownUser[]>;
  countUsers(which: "all" | "active"): Promise<number>;
  saveUsers(users: readonly KnownUser[]): Promise<void>;
  removeUser(id: string): Promise<void>;

  groups(ids: readonly string[]): Promise<readonly KnownGroup[]>;
  /** Groups of this name, whatever its case. */
  groupsNamed(displayName: string): Promise<readonly KnownGroup[]>;
  saveGroup(group: KnownGroup): Promise<void>;
  removeGroup(id: string): Promise<void>;

  /** The memberships of these users and groups. */
  membershipsOf(members: readonly string[]): Promise<readonly Membership[]>;
  /** Ids of the direct members of a group greater than `after`, in order. */
  membersOf(group: string, after: string | undefined, limit: number): Promise<readonly string[]>;
  /** The groups that are direct members of these groups. */
  innerGroups(groups: readonly string[]): Promise<readonly string[]>;
  /** Adds memberships; one that is there stays as it is. */
  join(memberships: readonly Membership[]): Promise<void>;
  /** Removes members of a group. */
  leave(group: string, members: readonly string[]): Promise<void>;

  /** Numbers an entry and appends it; drops those before `oldest`. */
  record(entry: NewJournalEntry, oldest: Date): Promise<JournalEntry>;
  /** Entries of the journal, newest first. */
  journal(query: JournalQuery): Promise<readonly JournalEntry[]>;
  /** How many different users were deactivated or deleted since a time. */
  deactivatedSince(since: Date): Promise<number>;

  saveJob(job: Job): Promise<void>;
  /** Jobs in the order in which they were made; the finished among them for as long as the store cares to keep them. */
  jobs(): Promise<readonly Job[]>;

  /** Keeps a receipt; drops complete ones whose last attempt was before `oldest`, and none that is still tried again. */
  saveReceipt(receipt: Receipt, oldest: Date): Promise<void>;
  /** Receipts, newest first; `open`: those that are not complete. */
  receipts(which: "all" | "open", limit: number): Promise<readonly Receipt[]>;
}

/**
 * Where access is kept. `memoryAccess()` is one, `kyselyAccess(db)` of `scimkit/kysely` another.
 */
export interface AccessStore {
  /**
   * Runs work on one connection, whole or not at all.
   *
   * `exclusive` work of a connection runs alone; `shared` work runs beside other shared work. Either waits until it may.
   *
   * @param tx - the transaction of a SCIM write, as its store hands it to `beforeCommit`: the work is part of it, and the
   *   lock is held until it ends; undefined: a transaction of its own
   */
  within<T>(
    connection: string,
    tx: unknown,
    mode: "shared" | "exclusive",
    work: (unit: AccessUnit) => Promise<T>,
  ): Promise<T>;
  /** Connections with jobs that are not finished, or receipts that are not complete. */
  waiting(): Promise<readonly string[]>;
  /** Removes everything that is kept of a connection. */
  forget(connection: string): Promise<void>;
}
