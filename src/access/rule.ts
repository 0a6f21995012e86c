/** Rule: what being in a group of the identity provider grants. */

/** The group of a rule: one that is there, or every one that has this name, whenever it is made. */
export type GroupReference = { readonly id: string } | { readonly displayName: string };

/** What a rule says. */
export interface RuleSettings {
  readonly group: GroupReference;
  /** One of the host's roles, not above the connection's ceiling; another grants nothing, and says so. */
  readonly role: string;
  /** The workspace in which the role is given. Default: that of the connection. */
  readonly workspace?: string | undefined;
}

/** A rule of a connection: members of the group, and of the groups in it, have the role while they are active. */
export interface Rule extends RuleSettings {
  /** A UUID. */
  readonly id: string;
  /** The connection's id. */
  readonly connection: string;
  readonly created: Date;
}

/** Whether a rule is about this group; names compare without their case, as `displayName` does in filters. */
export function isAbout({ group }: RuleSettings, id: string, displayName: string): boolean {
  return "id" in group ? group.id === id : group.displayName.toLowerCase() === displayName.toLowerCase();
}
