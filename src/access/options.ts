/** AccessOptions: what createAccess takes. */
import type { ConnectionContext } from "../connections/connection.ts";
import type { Connections } from "../connections/connections.ts";
import type { MaybePromise } from "../protocol/bearer.ts";
import type { PendingChange } from "../protocol/event.ts";
import type { Resource } from "../schema/attribute.ts";
import type { Stored } from "../store/stored.ts";
import type { AccessEvent } from "./access-event.ts";
import type { AccessStore } from "./access-store.ts";
import type { DesiredAccess } from "./desired.ts";

/** A place where somebody who is signed in, or holds a key, has access: sessions, API keys, refresh tokens. */
export interface Surface<Tx = unknown> {
  /**
   * Ends all access of a user here. Doing it again does no harm.
   *
   * @param tx - the transaction of the SCIM write at the first attempt; that of the {@link AccessStore} when it is tried
   *   again, undefined if it has none
   * @returns how many were ended, if it is a number
   */
  revoke(user: string, tx: Tx | undefined): MaybePromise<unknown>;
  /** How many are left. Default: none, once `revoke` has returned. */
  remaining?(user: string, tx: Tx | undefined): MaybePromise<number>;
}

/** Why a write is looked at before it is let through. */
export interface Loss {
  readonly kind: "deactivation" | "deletion" | "role";
  readonly user: string;
  /** The roles that the user has by this connection and would lose; with `deactivation` and `deletion`, all of them. */
  readonly roles: readonly { readonly role: string; readonly workspace: string }[];
  /** The write that would do it; undefined for a change of rules. */
  readonly change: PendingChange | undefined;
}

/** How many seats there are, for people to see. */
export interface Seats {
  readonly used: number;
  /** Undefined: as many as wanted. */
  readonly limit: number | undefined;
}

/** What {@link createAccess} takes. */
export interface AccessOptions<Tx = unknown> {
  readonly connections: Connections;
  readonly store: AccessStore;
  /**
   * Gives a user exactly these roles, and takes all others that this connection has given. Runs in the transaction of
   * the write that made it so, or in a job's (`tx` is then that of the {@link AccessStore}, undefined if it has none, and
   * throwing has the batch tried again). It is called for each user whose access may have changed, and may be called
   * with what the user already has.
   *
   * Not called while a connection has no rules and never had any: the default role at creation is all there is then.
   */
  reconcileAccess(desired: DesiredAccess, ctx: ConnectionContext, tx: Tx | undefined): MaybePromise<void>;
  /**
   * May this user take a seat? Called when a user is created active, or reactivated, inside the transaction, and for one
   * user of a connection at a time: a count read through `tx` cannot be outrun. Throw a ScimError with a `detail` for the
   * admin to refuse. Default: everybody may.
   */
  admit?(user: Stored<Resource>, ctx: ConnectionContext, tx: Tx): MaybePromise<void>;
  /**
   * May this access be taken away? Called before a deactivation, a deletion, or the loss of a role, for one loss of a
   * connection at a time. Throw a ScimError (`new ScimError(409, "…")`) to keep the last owner, say. Default: it may.
   */
  guard?(loss: Loss, ctx: ConnectionContext, tx: Tx | undefined): MaybePromise<void>;
  /** Where access must end when somebody is deactivated or deleted, by names for the receipts. Default: nowhere. */
  readonly surfaces?: Readonly<Record<string, Surface<Tx>>>;
  /**
   * When a deactivation is done. `"complete"` (the default): once every surface has nothing left; otherwise the write is
   * rolled back and answered with 503, so that the identity provider tries again. `"started"`: at once; what is left is
   * tried again by {@link Access.work}.
   */
  readonly deactivation?: "complete" | "started";
  /** Seats, for the portal. Default: not shown. */
  seats?(organisation: string, workspace: string): MaybePromise<Seats>;
  /** Users reconciled inside one request at the most; more become a job. Whole, at least 1. Default 500. */
  readonly usersPerRequest?: number;
  /** Users of a batch of a job. Whole, at least 1. Default 200. */
  readonly usersPerBatch?: number;
  /** Seconds that a hook may take before the write is rolled back and answered with 503. Above 0. Default 10. */
  readonly hookTimeout?: number;
  /** Days for which the journal is kept. Above 0. Default 30. */
  readonly journalDays?: number;
  /** Days for which receipts are kept once they are complete; until then they always are. Above 0. Default 365. */
  readonly receiptDays?: number;
  /** When a connection deactivates so many that a mistake is likely. Default: 20 % of its users within 60 minutes, and at least 5. */
  readonly alarm?: {
    /** Above 0, at most 1. */
    readonly share?: number;
    readonly minutes?: number;
    readonly least?: number;
  };
  /** After it has happened. What it throws reaches `onError`. */
  onEvent?(event: AccessEvent): MaybePromise<void>;
  /** What went wrong aside of a request. Default: nothing. */
  onError?(error: unknown): void;
  /** The clock. Default: the system's. */
  now?(): Date;
}
