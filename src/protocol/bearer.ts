/** bearer: authentication by a bearer token. RFC 7644 §2, RFC 6750 §2.1. */
import type { ScimRequest } from "../request.ts";

/** A value, or the promise of one. */
export type MaybePromise<T> = T | Promise<T>;

const scheme = /^bearer +([A-Za-z0-9\-._~+/]+=*) *$/i;

/**
 * An `authenticate` that reads `Authorization: Bearer <token>` and asks `verify` whose token it is.
 *
 * A missing, repeated or malformed header is refused without asking. The token is never logged.
 *
 * @param verify - returns the Context of a token, or null (undefined) if it is nobody's; compare digests, not tokens
 * @see RFC 6750 §2.1
 */
export function bearer<Ctx>(
  verify: (token: string, request: ScimRequest) => MaybePromise<Ctx | null | undefined>,
): (request: ScimRequest) => MaybePromise<Ctx | null | undefined> {
  if (typeof verify !== "function")
    throw new TypeError("bearer: `verify` must be a function (token) => context | null.");
  return (request) => {
    const authorization = request.headers.authorization;
    if (typeof authorization !== "string") return null;
    const token = scheme.exec(authorization)?.[1];
    return token === undefined ? null : verify(token, request);
  };
}
