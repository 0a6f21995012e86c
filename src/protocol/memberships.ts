/** User.groups: the groups of a page of users, from the store of groups. RFC 7643 §4.1.2. */
import type { Selection } from "../store/selection.ts";
import type { GroupMembership } from "../store/store.ts";
import type { Stored } from "../store/stored.ts";
import type { Call } from "./call.ts";
import type { Endpoint } from "./endpoint.ts";

/** The groups of each of these users, where the response wants them and the group store can tell; asked once for all. */
export async function groupsFor(
  call: Call,
  endpoint: Endpoint,
  users: readonly Stored[],
  want: Selection,
): Promise<ReadonlyMap<string, readonly GroupMembership[]> | undefined> {
  if (endpoint.groupsOf === undefined || users.length === 0 || !want.has("groups")) return undefined;
  const groups = await endpoint.groupsOf(
    users.map(({ id }) => id),
    call.context,
  );
  return groups.size === 0 ? undefined : groups;
}
