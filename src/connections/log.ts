/** The provisioning log of a connection, and its health. */

/** Who is sending, guessed from the user agent and the payload. `unknown`: nothing gave it away. */
export type IdentityProvider =
  | "entra"
  | "okta"
  | "google"
  | "onelogin"
  | "jumpcloud"
  | "ping"
  | "authentik"
  | "unknown";

/**
 * What a request shows of how the identity provider is set up; for the doctor.
 *
 * - `oldPatch`: PATCH as Entra sends it without the `aadOptscim062020` flag: capitalised operations, booleans as text,
 *   members removed by a value list
 * - `externalIdIsUserName`, `externalIdIsEmail`: externalId follows something that people change: the userName or what
 *   stands before its @, or an email
 * - `noExternalId`: a user was created without one
 * - `foundUnmanaged`: the one user it looked for is there, and not managed by the connection: what comes next will be
 *   refused, or link it
 */
export type Trait = "oldPatch" | "externalIdIsUserName" | "externalIdIsEmail" | "noExternalId" | "foundUnmanaged";

/**
 * One answered request, as the log keeps it. No token, no password and no value of a filter is in it; no text is over
 * 500 characters.
 */
export interface LogEntry {
  /** Counts up within a connection; what {@link LogQuery.before} goes by. */
  readonly sequence: number;
  /** When the request came. */
  readonly at: Date;
  /** Milliseconds until it was answered. */
  readonly duration: number;
  /** The HTTP method. */
  readonly method: string;
  /** `create`, `list`, `patch`, …; absent when it was answered before it was routed: by its token, or a wrong URL. */
  readonly operation?: string | undefined;
  /** The path below the SCIM base, without query; only where the request could not be routed. */
  readonly path?: string | undefined;
  /** `User`, `Group`, …, where the request is about one type. */
  readonly resourceType?: string | undefined;
  /** The id in the path, or of the resource created. */
  readonly resourceId?: string | undefined;
  /** The HTTP status of the answer. */
  readonly status: number;
  /** `ok` below 400; `refused` below 500: the request has to change; `failed`: the server has to. */
  readonly outcome: "ok" | "refused" | "failed";
  readonly scimType?: string | undefined;
  /** What was wrong, and what to do about it. */
  readonly detail?: string | undefined;
  readonly identityProvider: IdentityProvider;
  readonly userAgent?: string | undefined;
  /** The id of the token that let it in, or would have. */
  readonly token?: string | undefined;
  /** What was done beside what was asked: that an existing user was linked, that a role had vanished. */
  readonly notes: readonly string[];
  readonly traits: readonly Trait[];
}

/** Which part of the log is wanted; newest first. */
export interface LogQuery {
  /** Entries at the most. 1 to 1,000, default 100. */
  readonly limit?: number | undefined;
  /** Only entries with a lower {@link LogEntry.sequence}: that of the last one on the page before. */
  readonly before?: number | undefined;
}

/** How a connection is doing. */
export interface Health {
  /** When the first request was let in and answered well; absent while the identity provider has yet to connect. */
  readonly connected?: Date | undefined;
  /** When the last request came, whatever its answer. */
  readonly lastRequest?: Date | undefined;
  /** The last request that was refused or failed. */
  readonly lastError?: LogEntry | undefined;
  /** Who sent the last request that gave itself away. */
  readonly identityProvider: IdentityProvider;
  /** How many users of its workspace the connection manages, the linked and the deactivated among them. */
  readonly users: number;
  /** How many groups of its workspace it manages. */
  readonly groups: number;
}
