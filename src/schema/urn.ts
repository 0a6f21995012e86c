/** What a schema may be called. RFC 7643 §7, §10.2. */

/** RFC 8141's namespace identifier and characters. */
const grammar = /^urn:[a-z0-9][a-z0-9-]{0,30}[a-z0-9]:[a-z0-9()+,\-.:=@;$_!*'%/~&]*[a-z0-9_]$/i;

/**
 * Checks the URN of a schema.
 *
 * @throws Error unless it is a URN
 */
export function checkUrn(urn: string): void {
  if (grammar.test(urn)) return;
  throw new Error(`"${urn}" is not a URN for a schema; it looks like "urn:acme:params:scim:schemas:badge:2.0:User".`);
}
