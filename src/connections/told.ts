/** What the host is told of a link: not that somebody was created, but what of somebody changed. */
import type { PendingChange, ScimEvent } from "../protocol/event.ts";
import { eventsOf } from "../protocol/event.ts";
import type { Link } from "./request-state.ts";

/** A pending change as the host and the other steps see it. */
export function toldChange(change: PendingChange, link: Link | undefined): PendingChange {
  if (link === undefined || change.operation === "delete") return change;
  const operation = change.operation === "create" ? "patch" : change.operation;
  return { ...change, operation, changed: withMembers(link, change.changed) };
}

/** The events to tell the host in the place of one. */
export function toldEvents(event: ScimEvent, link: Link | undefined): readonly ScimEvent[] {
  if (link === undefined || !("changed" in event) || event.type.endsWith(".deleted")) return [event];
  if (event.type === "user.created") {
    if (link.changed.length === 0) return [];
    const { id, resourceType, before, resource: after } = event;
    const members = { added: [], removed: [] };
    return eventsOf({ operation: "patch", resourceType, id, before, after, changed: link.changed, members });
  }
  const changed = withMembers(link, event.changed);
  return changed.length === 0 ? [] : [{ ...event, changed }];
}

/** Members change beside the attributes that a link speaks of. */
function withMembers({ changed }: Link, reported: readonly string[]): readonly string[] {
  return reported.includes("members") && !changed.includes("members") ? [...changed, "members"] : changed;
}
