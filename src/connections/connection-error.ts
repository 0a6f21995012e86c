/** ConnectionError: why a connection or token could not be made or changed, in words for the customer's admin. */

/** What was wrong, for a page that has its own words. */
export type ConnectionErrorCode =
  /** 404: the organisation has no such connection or token. */
  | "notFound"
  /** 403: the organisation's plan does not include SCIM. */
  | "notEntitled"
  /** 400: a value is missing, too long, or of the wrong type. */
  | "invalidValue"
  /** 400: the workspace is none of the organisation's. */
  | "workspaceNotAllowed"
  /** 400: the role is none of the host's, or above the ceiling. */
  | "roleNotAllowed"
  /** 409: the workspace has as many connections as it may have. */
  | "workspaceTaken"
  /** 409: the organisation connects as many workspaces as it may. */
  | "tooManyWorkspaces"
  /** 409: the connection has as many usable tokens as it may have. */
  | "tooManyTokens"
  /** 409: the token has expired or been revoked, and cannot be rotated. */
  | "tokenEnded"
  /** 409: some users could not be deactivated, so the connection is paused and still there. */
  | "usersRemain";

const statuses: Readonly<Record<ConnectionErrorCode, number>> = {
  notFound: 404,
  notEntitled: 403,
  invalidValue: 400,
  workspaceNotAllowed: 400,
  roleNotAllowed: 400,
  workspaceTaken: 409,
  tooManyWorkspaces: 409,
  tooManyTokens: 409,
  tokenEnded: 409,
  usersRemain: 409,
};

const brand = Symbol.for("scimkit.ConnectionError");

/**
 * Why a connection or token could not be made or changed. Two copies of the package (ESM beside CommonJS) recognise
 * each other's errors with `instanceof`.
 */
export class ConnectionError extends Error {
  override readonly name = "ConnectionError";
  readonly code: ConnectionErrorCode;
  /** The HTTP status that an admin API answers with: 400, 403, 404 or 409. */
  readonly status: number;
  /** What was wrong and what to do about it. Repeats nothing of what was sent. */
  readonly detail: string;
  readonly [brand] = true;

  constructor(code: ConnectionErrorCode, detail: string) {
    super(detail);
    this.code = code;
    this.status = statuses[code];
    this.detail = detail;
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    return typeof value === "object" && value !== null && brand in value;
  }
}
