/** ConnectionsOptions: what createConnections takes. */
import type { ScimOptions } from "../options.ts";
import type { MaybePromise } from "../protocol/bearer.ts";
import type { ScimRequest } from "../request.ts";
import type { Resource } from "../schema/attribute.ts";
import type { Extension } from "../schema/define-extension.ts";
import type { ResourceType } from "../schema/resource-type.ts";
import type { UserWith } from "../schema/user-type.ts";
import type { Stored } from "../store/stored.ts";
import type { Choice, ConnectionContext, Management } from "./connection.ts";
import type { ConnectionEvent } from "./connection-event.ts";
import type { SignInOptions } from "./sign-in.ts";
import type { ConnectionStore } from "./store.ts";

/** Whether an organisation's plan includes SCIM; `detail` says why not, to its admin and to its identity provider. */
export type Entitlement = boolean | { readonly detail: string };

/** A user or group that is there already, and that a connection would create or change without managing it. */
export interface LinkCandidate {
  /** `User` or `Group`. */
  readonly resourceType: string;
  /** The resource as it is. */
  readonly present: Stored<Resource>;
  /**
   * What gives it away: a `userName` or an `email` that the identity provider wants a new user to have; or its `id`, that
   * the identity provider has found by looking, and now writes to.
   */
  readonly by: "userName" | "email" | "id";
  /** The other connection that manages it; undefined for somebody who signed up or was invited. */
  readonly management: Management | undefined;
}

/**
 * What becomes of a user (or group) that is there already and that the connection does not manage, when an identity
 * provider wants to create, change or delete it.
 *
 * - `never`: 409 `uniqueness`; the detail says what an admin can do
 * - `same-workspace`: linked, if it is in the workspace of the connection and no other connection manages it
 * - a function: linked if it returns true
 *
 * Linking writes what was sent, but neither userName nor emails nor password, gives no role, and is in the log. What a
 * connection of the same organisation managed before it was deleted needs no permission.
 */
export type LinkPolicy =
  | "never"
  | "same-workspace"
  | ((candidate: LinkCandidate, ctx: ConnectionContext) => MaybePromise<boolean>);

/** A number, or one for each organisation: by its plan, say. */
export type Limit = number | ((organisation: string) => MaybePromise<number>);

/** What {@link createConnections} takes. */
export interface ConnectionsOptions {
  readonly store: ConnectionStore;
  /**
   * May this organisation use SCIM? Asked before a connection is made and for every request of one; not entitled is
   * answered with 403 and the detail. Default: every organisation may.
   */
  entitled?(organisation: string): MaybePromise<Entitlement>;
  /**
   * The workspaces that an organisation may choose from. Their ids differ from those of all other organisations.
   * Default: one workspace, whose id is the organisation's.
   */
  workspaces?(organisation: string): MaybePromise<readonly Choice[]>;
  /**
   * The roles of a workspace, lowest first; a connection gives no other, and none above its ceiling. Asked when a
   * connection is made or changed, and for every request that can create users. Default: `member` alone.
   */
  roles?(organisation: string, workspace: string): MaybePromise<readonly Choice[]>;
  /**
   * What users are given when a connection's default role has vanished. It is given only if it was not above that role
   * when the role was chosen, and is not above the ceiling. Default, and otherwise: the lowest role that was not.
   */
  readonly fallbackRole?: string;
  /** Connections that a workspace may have; whole, at least 1. Default 1. */
  readonly connectionsPerWorkspace?: Limit;
  /** Workspaces that an organisation may connect; whole, at least 1. Default 1. */
  readonly workspacesPerOrganisation?: Limit;
  /** Tokens of one connection that are usable at the same time, at the most; whole, at least 2. Default 20. */
  readonly tokensPerConnection?: number;
  /** What tokens begin with; up to 20 letters, digits, `_`, `-`, `.`, `~`. Default `scim_`. */
  readonly tokenPrefix?: string;
  /** Seconds after which the identity provider of a paused connection may come back. Default 300. */
  readonly retryAfter?: number;
  readonly log?: {
    /** Entries kept of each connection; whole, 1 to 100,000. Default 1,000. */
    readonly entries?: number;
  };
  /** Users that are there already. Default `never`. */
  readonly link?: LinkPolicy;
  /** Groups that are there already: found by an identity provider, and then written to. Default `never`. */
  readonly linkGroups?: LinkPolicy;
  /** What {@link Connections.signInRoute} asks. Default: it cannot be called. */
  readonly signIn?: SignInOptions;
  /** After it has happened. What it throws reaches `onError`. */
  onEvent?(event: ConnectionEvent): MaybePromise<void>;
  /** What went wrong aside of a request: an entry that could not be logged, a hook that threw. Default: nothing. */
  onError?(error: unknown): void;
  /** The clock. Default: the system's. */
  now?(): Date;
}

/** What {@link Connections.scim} takes: the options of `createScim` that connections do not answer themselves. */
export type ConnectedOptions<
  UE extends readonly Extension[] = [],
  GE extends readonly Extension[] = [],
  Tx = unknown,
  Types extends readonly ResourceType[] = readonly ResourceType[],
> = Omit<ScimOptions<ConnectionContext, UE, GE, Tx, Types>, "authenticate" | "tenant"> & {
  /**
   * Before anything else is done for a request that is let in, the host's own included: the place to read what the other
   * hooks need, which must not wait for a second database connection. What it throws is the answer.
   */
  beforeRequest?(ctx: ConnectionContext, request: ScimRequest): MaybePromise<void>;
  /**
   * Gives a user that has just been created the default role, inside the transaction that creates it; for stores where
   * a role is not a column of the user's row. Not called for linked users, nor where there is no role to give.
   */
  giveRole?(user: Stored<UserWith<UE>>, role: string, ctx: ConnectionContext, tx: Tx): MaybePromise<void>;
};
