/** readGroup: who was in a group before anything of it was recorded. */
import type { ConnectionContext } from "../connections/connection.ts";
import type { Resource } from "../schema/attribute.ts";
import { isRecord } from "../schema/data-type.ts";
import { everything } from "../store/selection.ts";
import type { ResourceStore } from "../store/store.ts";
import type { AccessUnit } from "./access-store.ts";

/**
 * Reads a group whole and records who is in it.
 *
 * The unit is exclusive: no write of the connection commits between the reading and the recording.
 *
 * @returns whether the group is there
 */
export async function readGroup(
  unit: AccessUnit,
  id: string,
  groups: ResourceStore<Resource, ConnectionContext>,
  ctx: ConnectionContext,
  now: Date,
): Promise<boolean> {
  const group = await groups.get(id, everything, ctx);
  if (group === undefined) return false;
  const displayName = typeof group.displayName === "string" ? group.displayName : "";
  await unit.saveGroup({ id, displayName });
  const members = membersOf(group);
  await unit.join(members.map((member) => ({ group: id, member, since: now, request: undefined })));
  return true;
}

function membersOf({ members }: Resource): readonly string[] {
  if (!Array.isArray(members)) return [];
  return members.flatMap((member: unknown) =>
    isRecord(member) && typeof member.value === "string" ? [member.value] : [],
  );
}
