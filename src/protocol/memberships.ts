/** User.groups: the groups of a page of users, from the store of groups. RFC 7643 §4.1.2. */
import type { Selection } from "../store/selection.ts";
import type { GroupMembership } from "../store/store.ts";
import type { Stored } from "../store/stored.ts";
import type { Call } from "./call.ts";
import type { Endpoint } from "./endpoint.ts";

/** The groups of some users, by id. */
export type GroupsById = ReadonlyMap<string, readonly GroupMembership[]>;

/** The groups of each of these users, asked once for all; undefined where the response does not want them, or nobody can tell. */
export function groupsFor(
  call: Call,
  endpoint: Endpoint,
  users: readonly Stored[],
  want: Selection,
): Promise<GroupsById> | undefined {
  if (endpoint.groupsOf === undefined || users.length === 0 || !want.has("groups")) return undefined;
  return endpoint.groupsOf(
    users.map(({ id }) => id),
    call.context,
  );
}
