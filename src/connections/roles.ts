/** Which roles a connection may give: none above its ceiling, and for a vanished one none that was above it. */
import type { Choice } from "./connection.ts";
import type { ConnectionRecord } from "./store.ts";

/** The roles up to one of them, which is the last; empty if it is none of them. */
export function rolesUpTo(role: string, roles: readonly Choice[]): readonly Choice[] {
  return roles.slice(0, roles.findIndex(({ id }) => id === role) + 1);
}

/**
 * The roles that a connection may give, lowest first.
 *
 * @param roles - the host's, lowest first. Where the ceiling has vanished from them, what was not above it still counts
 */
export function allowedRoles(
  { ceiling, upToCeiling }: Pick<ConnectionRecord, "ceiling" | "upToCeiling">,
  roles: readonly Choice[],
): readonly Choice[] {
  if (ceiling === undefined) return roles;
  const upTo = rolesUpTo(ceiling, roles);
  return upTo.length > 0 ? upTo : roles.filter(({ id }) => upToCeiling.includes(id));
}

/** What a new user is given. */
export interface GivenRole {
  /** `""`: none. */
  readonly role: string;
  /** Whether it stands in for the default role, which has vanished or is above the ceiling now. */
  readonly isStandIn: boolean;
}

/**
 * The role for new users: the default role, or the fallback if that is not known to be higher, or the lowest role that is
 * known not to be.
 */
export function givenRole(
  connection: ConnectionRecord,
  roles: readonly Choice[],
  fallback: string | undefined,
): GivenRole {
  const { defaultRole, upToDefault } = connection;
  const allowed = allowedRoles(connection, roles);
  if (allowed.some(({ id }) => id === defaultRole)) return { role: defaultRole, isStandIn: false };
  const notHigher = allowed.filter(({ id }) => upToDefault.includes(id));
  const standIn = notHigher.find(({ id }) => id === fallback) ?? notHigher[0];
  return { role: standIn?.id ?? "", isStandIn: true };
}
