/** DesiredAccess: all that a user is to have, and why. */

/** One link of the chain from a user to the group of a rule: being in this group. */
export interface Step {
  /** The group's id. */
  readonly group: string;
  readonly displayName: string;
  /** When the user, or the group before it in the chain, was put into this group. */
  readonly since: Date;
  /** The request that did so, as in {@link JournalEntry.request}; undefined if it was before anything was recorded. */
  readonly request: string | undefined;
}

/** Why somebody has a role: it is what everybody is given, or a rule grants it. */
export type Because =
  | { readonly kind: "default" }
  | {
      readonly kind: "rule";
      /** The rule's id. */
      readonly rule: string;
      /** From a group that the user is in to the group of the rule; one step unless groups lie in groups. */
      readonly chain: readonly Step[];
    };

/** A role that a user is to have. */
export interface DesiredRole {
  readonly role: string;
  readonly workspace: string;
  /** At least one reason. */
  readonly because: readonly Because[];
}

/**
 * All that a user is to have by one connection: a function of who is in which group and of the rules, not of what has
 * happened. Handing it over twice, or later than another one, ends the same.
 */
export interface DesiredAccess {
  /** The user's id in the user store. */
  readonly user: string;
  readonly active: boolean;
  /** Empty for a user who is not active. In the order of workspaces and roles by name. */
  readonly roles: readonly DesiredRole[];
}

/** A rule that grants nothing, and why. */
export interface IneffectiveRule {
  /** The rule's id. */
  readonly rule: string;
  readonly detail: string;
}
