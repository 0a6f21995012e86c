/** Connections: what a host does with the connections of its customers. */
import type { ScimOptions } from "../options.ts";
import type { ScimRequest, ScimResponse } from "../request.ts";
import type { Extension } from "../schema/define-extension.ts";
import type { ResourceType } from "../schema/resource-type.ts";
import type {
  Choice,
  Connection,
  ConnectionContext,
  ConnectionSettings,
  IssuedToken,
  Management,
  Token,
} from "./connection.ts";
import type { InsideRequest } from "./inside.ts";
import type { Health, LogEntry, LogQuery } from "./log.ts";
import type { ConnectedOptions } from "./options.ts";
import type { SignInRoute, SsoMatch, SsoSubject } from "./sign-in.ts";

/** What becomes of the users that a connection manages when it is deleted. */
export interface DeleteOptions {
  /** `keep`: they stay as they are, and nobody manages them until the
   * organisation connects their workspace again. `deactivate`: `active` becomes false. */
  readonly users: "keep" | "deactivate";
}

/** A new token. */
export interface TokenSettings {
  /** What the admin calls it; up to 100 characters. Default: none. */
  readonly label?: string | undefined;
  /** When it stops letting requests in; in the future. Default: never. */
  readonly expires?: Date | undefined;
}

/**
 * The connections of a host's customers.
 *
 * Every method that takes an organisation is confined to it: an id of another organisation's is one that nobody has.
 * What cannot be done is thrown as a {@link ConnectionError}, whose `detail` is for the customer's admin.
 */
export interface Connections {
  /**
   * Whether the organisation may use SCIM.
   *
   * @returns the reason for which it may not; undefined if it may
   */
  refusal(organisation: string): Promise<string | undefined>;
  /** The workspaces that an organisation may choose from, connected ones included. */
  workspaces(organisation: string): Promise<readonly Choice[]>;
  /**
   * The workspaces among them in which {@link create} would make one more connection now; none once the organisation or
   * all of its workspaces have as many as they may have.
   */
  available(organisation: string): Promise<readonly Choice[]>;
  /**
   * The roles that may be chosen in a workspace, lowest first.
   *
   * @param ceiling - none above it; default: all
   * @throws ConnectionError `workspaceNotAllowed`
   */
  roles(organisation: string, workspace: string, ceiling?: string): Promise<readonly Choice[]>;

  /**
   * The role that new users of a connection are given: its default role, or what takes its place since it vanished.
   *
   * @returns `""` if none may be given
   * @throws ConnectionError `notFound`
   */
  givenRole(organisation: string, id: string): Promise<string>;

  /** @throws ConnectionError `notEntitled`, `workspaceNotAllowed`, `roleNotAllowed`, `workspaceTaken`, `tooManyWorkspaces` */
  create(organisation: string, settings: ConnectionSettings): Promise<Connection>;
  get(organisation: string, id: string): Promise<Connection | undefined>;
  /** In order of creation. */
  list(organisation: string): Promise<readonly Connection[]>;
  /**
   * Changes what is named. People who are there keep their roles; users of a workspace that is left stay as they are.
   *
   * @throws ConnectionError as {@link create}, and `notFound`
   */
  update(organisation: string, id: string, settings: ConnectionSettings): Promise<Connection>;
  /** Answers the identity provider with 503 from now on. @throws ConnectionError `notFound` */
  pause(organisation: string, id: string): Promise<Connection>;
  /** @throws ConnectionError `notFound` */
  resume(organisation: string, id: string): Promise<Connection>;
  /**
   * Deletes a connection, its tokens and its log. Users that are to be deactivated are so first, a hundred at a time and
   * through the store that {@link scim} was given, with the host's hooks and events; meanwhile the connection is paused.
   * Called again, it goes on where it was interrupted.
   *
   * @throws ConnectionError `notFound`; `usersRemain` if the host's rules kept some users active: the connection stays,
   *   paused
   * @throws Error if users are to be deactivated and {@link scim} was not called
   */
  delete(organisation: string, id: string, options: DeleteOptions): Promise<void>;

  /** The tokens of a connection, the ended ones included, in order of creation. @throws ConnectionError `notFound` */
  tokens(organisation: string, id: string): Promise<readonly Token[]>;
  /** @throws ConnectionError `notFound`, `invalidValue`, `tooManyTokens` */
  issueToken(organisation: string, id: string, settings?: TokenSettings): Promise<IssuedToken>;
  /**
   * Makes a token with the label of an old one, which goes on working for `overlap` seconds (0 to 31,536,000), or until
   * its own end if that is earlier.
   *
   * @throws ConnectionError as {@link issueToken}, and `tokenEnded`
   */
  rotateToken(
    organisation: string,
    id: string,
    token: string,
    options: { readonly overlap: number; readonly expires?: Date | undefined },
  ): Promise<IssuedToken>;
  /** Ends a token at once. @throws ConnectionError `notFound` */
  revokeToken(organisation: string, id: string, token: string): Promise<Token>;

  /**
   * Who is asking? For `createScim`; {@link scim} plugs it in. Null for a token that nobody has.
   *
   * @throws ScimError 401 for a token that has expired or was revoked; 403 if the organisation is not entitled; 503 with
   *   `Retry-After` while the connection is paused
   */
  authenticate(request: ScimRequest): Promise<ConnectionContext | null>;
  /**
   * The options of `createScim`, with everything that connections do plugged in around the host's own stores and hooks:
   * authentication, the tenant of cursors, linking, marks of what is managed, the log.
   *
   * @example
   * const scim = createScim(connections.scim({ users, groups, onEvent }));
   */
  scim<
    const UE extends readonly Extension[] = [],
    const GE extends readonly Extension[] = [],
    Tx = unknown,
    const Types extends readonly ResourceType[] = [],
  >(options: ConnectedOptions<UE, GE, Tx, Types>): ScimOptions<ConnectionContext, UE, GE, Tx, Types>;

  /**
   * Makes a SCIM request of the host's own in a connection's name, whatever its state: through its stores, its hooks and
   * its events, and without a token. It is in the log if it writes.
   *
   * @param begun - is given the request's Context before anything else happens, so that hooks can be told it apart
   * @throws ConnectionError `notFound`
   * @throws Error if {@link scim} was not called
   */
  send(
    organisation: string,
    id: string,
    request: InsideRequest,
    begun?: (ctx: ConnectionContext) => void,
  ): Promise<ScimResponse>;

  /** The provisioning log, newest first. @throws ConnectionError `notFound`, `invalidValue` */
  log(organisation: string, id: string, query?: LogQuery): Promise<readonly LogEntry[]>;
  /** @throws ConnectionError `notFound` */
  health(organisation: string, id: string): Promise<Health>;
  /** Waits until everything answered so far is in the log: before a process ends, say. */
  flush(): Promise<void>;

  /** Who manages a user; undefined if no connection of its workspace does. */
  managedBy(workspace: string, user: string): Promise<Management | undefined>;
  /**
   * What a sign-in page does with an email.
   *
   * @throws Error if the option `signIn` was not given
   */
  signInRoute(email: string): Promise<SignInRoute>;
  /**
   * The users that an SSO subject is, among those whom connections of the organisation manage.
   *
   * @throws Error if {@link scim} was not called with a store of users
   */
  signIn(subject: SsoSubject): Promise<SsoMatch>;
}
