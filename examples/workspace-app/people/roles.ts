/** The product's roles, and what each may do. */

/** A role in a workspace. */
export interface Role {
  readonly id: string;
  readonly name: string;
}

/** Lowest first. */
export const roles: readonly Role[] = [
  { id: "guest", name: "Guest" },
  { id: "member", name: "Member" },
  { id: "admin", name: "Admin" },
  { id: "owner", name: "Owner" },
];

/** What an identity provider may make of somebody: an owner is made by an owner, in the product. */
export const provisionedRoles: readonly Role[] = roles.filter(({ id }) => id !== "owner");

/** What people are shown of a role. */
export function roleName(id: string): string {
  return roles.find((role) => role.id === id)?.name ?? id;
}

/** Whether this role opens the organisation's settings, and every workspace of it. */
export function isOwner({ role }: { readonly role: string }): boolean {
  return role === "owner";
}

/** Whether this role gives roles to the people of its workspace. */
function givesRoles({ role }: { readonly role: string }): boolean {
  return role === "admin" || role === "owner";
}

/** Whether somebody may make a person of one role a person of another: nobody touches a role above their own. */
export function mayChangeRole(actor: { readonly role: string }, from: string, to: string): boolean {
  const rank = (id: string): number => roles.findIndex((role) => role.id === id);
  return givesRoles(actor) && rank(to) >= 0 && rank(from) <= rank(actor.role) && rank(to) <= rank(actor.role);
}
