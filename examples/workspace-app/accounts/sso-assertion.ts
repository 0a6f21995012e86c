/** SSO assertions: what an identity provider says of who has signed in, as a JWT under a secret that both sides know. */
import { createHmac, timingSafeEqual } from "node:crypto";

/** Who has signed in. */
export interface Assertion {
  /** The identity provider's own id of the person, which never changes: SCIM's `externalId`. */
  readonly subject: string;
  readonly email: string | undefined;
}

/** What an assertion must be about. */
export interface Expected {
  readonly secret: string;
  /** The URL that it was meant for. */
  readonly audience: string;
  /** What this browser was sent away with; it makes an assertion good for one sign-in of one browser. */
  readonly state: string;
}

/** Seconds for which an assertion is good, and by which clocks may differ. */
const goodFor = 120;

/**
 * Reads a JWT: HS256, with `sub`, `aud`, `iat` and `nonce`.
 *
 * @returns undefined for whatever is not exactly that
 */
export function readAssertion(jwt: unknown, { secret, audience, state }: Expected): Assertion | undefined {
  if (typeof jwt !== "string" || jwt.length > 4096) return undefined;
  const [header = "", payload = "", signature = "", ...more] = jwt.split(".");
  if (more.length > 0 || !isSigned(`${header}.${payload}`, signature, secret)) return undefined;
  if (record(header)?.alg !== "HS256") return undefined;
  const { sub, aud, iat, nonce, email } = record(payload) ?? {};
  const age = Date.now() / 1000 - Number(iat);
  if (typeof sub !== "string" || sub === "" || aud !== audience || nonce !== state) return undefined;
  if (typeof iat !== "number" || !(Math.abs(age) <= goodFor)) return undefined;
  return { subject: sub, email: typeof email === "string" ? email : undefined };
}

function isSigned(text: string, signature: string, secret: string): boolean {
  const expected = createHmac("sha256", secret).update(text).digest();
  const given = Buffer.from(signature, "base64url");
  return given.length === expected.length && timingSafeEqual(given, expected);
}

function record(part: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, "base64url").toString());
    return typeof value === "object" && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
