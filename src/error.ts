/** ScimError: the one error that reaches the wire. RFC 7644 §3.12. */

/** A SCIM detail error keyword. RFC 7644 table 9; the last three are RFC 9865 §2.1's. */
export type ScimType =
  | "invalidFilter"
  | "tooMany"
  | "uniqueness"
  | "mutability"
  | "invalidSyntax"
  | "invalidPath"
  | "noTarget"
  | "invalidValue"
  | "invalidVers"
  | "sensitive"
  | "invalidCursor"
  | "expiredCursor"
  | "invalidCount";

/** What a {@link ScimError} carries beside its status and detail. */
export interface ScimErrorOptions {
  /** The detail keyword of RFC 7644 table 9, where one fits. */
  readonly scimType?: ScimType;
  /** What was thrown underneath. Reaches `onError`, never the wire. */
  readonly cause?: unknown;
  /** Response headers the status calls for: `WWW-Authenticate`, `Allow`, `Retry-After`. */
  readonly headers?: Readonly<Record<string, string>>;
}

const brand = Symbol.for("scimkit.ScimError");

/**
 * An error that becomes a SCIM error response.
 *
 * Stores and hooks throw it to answer a request with a chosen status; whatever else they throw becomes a 500 that
 * leaks nothing. Two copies of the package (ESM beside CommonJS) recognise each other's errors with `instanceof`.
 *
 * @see RFC 7644 §3.12
 */
export class ScimError extends Error {
  override readonly name = "ScimError";
  /** HTTP status, 400–599. */
  readonly status: number;
  readonly scimType: ScimType | undefined;
  /** For the admin who reads the IdP's log: what was wrong, where, what to send instead. */
  readonly detail: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly [brand] = true;

  constructor(status: number, detail: string, options: ScimErrorOptions = {}) {
    super(detail, options.cause === undefined ? undefined : { cause: options.cause });
    this.status = status;
    this.scimType = options.scimType;
    this.detail = detail;
    this.headers = options.headers ?? {};
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    return typeof value === "object" && value !== null && brand in value;
  }

  /** 400 `invalidFilter`: the filter does not parse, or asks what the attribute's type or the store cannot answer. */
  static invalidFilter(detail: string, options?: ScimErrorOptions): ScimError {
    return new ScimError(400, detail, { ...options, scimType: "invalidFilter" });
  }

  /** 400 `tooMany`: the query yields more than the server is willing to return. */
  static tooMany(detail: string, options?: ScimErrorOptions): ScimError {
    return new ScimError(400, detail, { ...options, scimType: "tooMany" });
  }

  /** 409 `uniqueness`: the value of `attribute` is taken. Names the attribute, never the resource that has it. */
  static uniqueness(attribute: string, options?: ScimErrorOptions & { readonly detail?: string }): ScimError {
    const detail = options?.detail ?? `The value of "${attribute}" is already in use; it must be unique.`;
    return new ScimError(409, detail, { ...options, scimType: "uniqueness" });
  }

  /** 400 `mutability`: the change is not compatible with the attribute's mutability or current state. */
  static mutability(detail: string, options?: ScimErrorOptions): ScimError {
    return new ScimError(400, detail, { ...options, scimType: "mutability" });
  }

  /** 400 `invalidSyntax`: the body's structure does not conform to the request's schema. */
  static invalidSyntax(detail: string, options?: ScimErrorOptions): ScimError {
    return new ScimError(400, detail, { ...options, scimType: "invalidSyntax" });
  }

  /** 400 `invalidPath`: a PATCH `path` is malformed or names no attribute. */
  static invalidPath(detail: string, options?: ScimErrorOptions): ScimError {
    return new ScimError(400, detail, { ...options, scimType: "invalidPath" });
  }

  /** 400 `noTarget`: a PATCH `path` yields nothing that could be operated on. */
  static noTarget(detail: string, options?: ScimErrorOptions): ScimError {
    return new ScimError(400, detail, { ...options, scimType: "noTarget" });
  }

  /** 400 `invalidValue`: a required value is missing, or a value does not fit its attribute. */
  static invalidValue(detail: string, options?: ScimErrorOptions): ScimError {
    return new ScimError(400, detail, { ...options, scimType: "invalidValue" });
  }

  /** 400 `invalidVers`: the SCIM protocol version in the URL is not supported. */
  static invalidVers(detail: string, options?: ScimErrorOptions): ScimError {
    return new ScimError(400, detail, { ...options, scimType: "invalidVers" });
  }

  /** 403 `sensitive`: the request passes sensitive information in its URL. RFC 7644 §7.5.2. */
  static sensitive(detail: string, options?: ScimErrorOptions): ScimError {
    return new ScimError(403, detail, { ...options, scimType: "sensitive" });
  }

  /** 400 `invalidCursor`: the cursor is not one of ours, or belongs to another query or tenant. RFC 9865 §2.1. */
  static invalidCursor(detail: string, options?: ScimErrorOptions): ScimError {
    return new ScimError(400, detail, { ...options, scimType: "invalidCursor" });
  }

  /** 400 `expiredCursor`: the cursor was ours, and its time is over. RFC 9865 §2.1. */
  static expiredCursor(detail: string, options?: ScimErrorOptions): ScimError {
    return new ScimError(400, detail, { ...options, scimType: "expiredCursor" });
  }

  /** 400 `invalidCount`: the page size of a cursor query is not acceptable. RFC 9865 §2.1. */
  static invalidCount(detail: string, options?: ScimErrorOptions): ScimError {
    return new ScimError(400, detail, { ...options, scimType: "invalidCount" });
  }

  /** 401 with a `WWW-Authenticate` challenge (default `Bearer`). RFC 7644 §2. */
  static unauthorized(detail: string, challenge = "Bearer"): ScimError {
    return new ScimError(401, detail, { headers: { "WWW-Authenticate": challenge } });
  }

  /** 403: authenticated, and not permitted. */
  static forbidden(detail: string, options?: ScimErrorOptions): ScimError {
    return new ScimError(403, detail, options);
  }

  /** 404: the resource or endpoint does not exist. The only way for a store to say so. */
  static notFound(detail: string, options?: ScimErrorOptions): ScimError {
    return new ScimError(404, detail, options);
  }

  /** 405 with `Allow`: the endpoint exists and does not take this method. */
  static methodNotAllowed(method: string, allowed: readonly string[]): ScimError {
    const allow = allowed.join(", ");
    return new ScimError(405, `${method} is not allowed here; use ${allow}.`, { headers: { Allow: allow } });
  }

  /** 412: the resource has changed since the version named in `If-Match`. RFC 7644 §3.14. */
  static preconditionFailed(detail: string, options?: ScimErrorOptions): ScimError {
    return new ScimError(412, detail, options);
  }

  /** 413: the body is over the limit, in bytes. */
  static payloadTooLarge(limit: number): ScimError {
    return new ScimError(413, `The request body is larger than the ${limit} bytes accepted here.`);
  }

  /** 501: the operation is switched off or not offered. */
  static notImplemented(detail: string): ScimError {
    return new ScimError(501, detail);
  }

  /** 503 with `Retry-After` in whole seconds (default 5): try again later, nothing was written. */
  static unavailable(detail: string, retryAfter = 5, options?: ScimErrorOptions): ScimError {
    return new ScimError(503, detail, {
      ...options,
      headers: { ...options?.headers, "Retry-After": String(Math.max(1, Math.ceil(retryAfter))) },
    });
  }

  /** Turns whatever was thrown into a ScimError: itself, or a 500 that says nothing about its cause. */
  static from(thrown: unknown): ScimError {
    if (thrown instanceof ScimError) return thrown;
    return new ScimError(500, "The server could not process the request.", { cause: thrown });
  }
}
