/** Selection: which attributes a response needs, so that a store reads no more. RFC 7644 §3.4.2.5, §3.9. */

/**
 * What the response will show of a resource.
 *
 * It speaks of top-level attributes only: an attribute is wanted if any part of it is. Reading more than is wanted is
 * always correct, since the core projects what it is given; reading less is not.
 */
export interface Selection {
  /**
   * Whether the response needs `attribute`.
   *
   * @param attribute - a top-level attribute in canonical case: `members`, `emails`, or, of an extension,
   *   `urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager`
   */
  has(attribute: string): boolean;
}

/** The selection of everything. */
export const everything: Selection = { has: () => true };
