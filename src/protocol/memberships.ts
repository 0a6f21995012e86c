/** User.groups: the groups of a page of users, from the store of groups. RFC 7643 §4.1.2. */
import type { Selection } from "../store/selection.ts";
import type { Stored } from "../store/stored.ts";
import type { Call } from "./call.ts";
import type { Endpoint } from "./endpoint.ts";

/** The same users with `groups`, where the response wants it and the group store can tell; asked once for all. */
export async function fillGroups(
  call: Call,
  endpoint: Endpoint,
  users: readonly Stored[],
  want: Selection,
): Promise<readonly Stored[]> {
  if (endpoint.groupsOf === undefined || users.length === 0 || !want.has("groups")) return users;
  const ids = users.map(({ id }) => id);
  const groups = await endpoint.groupsOf(ids, call.context);
  if (groups.size === 0) return users;
  return users.map((user) => {
    const memberships = groups.get(user.id);
    return memberships === undefined ? user : { ...user, groups: memberships };
  });
}
