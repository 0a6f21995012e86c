/** The groups of a connection's workspace, for rules. */
import { useEffect, useState } from "preact/hooks";
import type { GroupMessage, GroupsMessage, NamedMessage } from "../access-messages.ts";
import { call } from "./call.ts";

/**
 * The groups by name; none while they are unknown.
 *
 * @param version - asks again when it changes; not at all while it is undefined
 */
export function useGroups(connection: string, version: number | undefined): readonly NamedMessage[] {
  const [groups, setGroups] = useState<readonly NamedMessage[]>([]);
  useEffect(() => {
    if (version === undefined) return;
    let current = true;
    call<GroupsMessage>("GET", `/connections/${encodeURIComponent(connection)}/groups`).then(
      (answer) => current && setGroups(answer.groups),
      // Rules show the ids of their groups then, and names can be typed.
      () => {},
    );
    return () => {
      current = false;
    };
  }, [connection, version]);
  return groups;
}

/** What people call the group of a rule. */
export function groupName(group: GroupMessage, groups: readonly NamedMessage[]): string {
  if ("displayName" in group) return group.displayName;
  return groups.find(({ id }) => id === group.id)?.name ?? group.id;
}
