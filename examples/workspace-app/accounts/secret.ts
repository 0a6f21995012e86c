/** Secrets that are handed out once and kept as digests: session cookies, reset links. */
import { createHash, randomBytes } from "node:crypto";

/** 256 random bits, as text for a cookie or a URL. */
export function newSecret(): string {
  return randomBytes(32).toString("base64url");
}

/** What is kept of a secret. Looking digests up leaks nothing of the secrets. */
export function digest(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}
