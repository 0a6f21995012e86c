/** What a 401 says of the ways to authenticate. RFC 7644 §2, RFC 7235 §4.1. */
import { ScimError } from "../error.ts";
import type { AuthenticationScheme } from "../schema/service-provider-config.ts";

/** The HTTP authentication scheme of each kind; Digest needs a nonce, which only the host can make. RFC 7643 §5. */
const schemes: ReadonlyMap<AuthenticationScheme["type"], string> = new Map([
  ["oauthbearertoken", "Bearer"],
  ["oauth2", "Bearer"],
  ["oauth", "OAuth"],
  ["httpbasic", "Basic"],
]);

/** The 401 for a request that nobody knows the sender of: one challenge per scheme that the service offers. */
export function challenge(offered: readonly AuthenticationScheme[]): ScimError {
  const names = new Set(offered.flatMap(({ type }) => schemes.get(type) ?? []));
  if (names.size === 0) names.add("Bearer");
  const detail = names.has("Bearer")
    ? "Send a valid token as `Authorization: Bearer <token>`."
    : "Send valid credentials in the Authorization header.";
  return ScimError.unauthorized(detail, [...names].map((name) => `${name} realm="SCIM"`).join(", "));
}
