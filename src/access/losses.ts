/** What a write gives and takes, before anything is recorded of it. */
import type { PendingChange } from "../protocol/event.ts";
import type { Loss } from "./options.ts";

/** Whether a write brings somebody in: a user is created active, or active again. */
export function isAdmission({ operation, resourceType, before, after }: PendingChange): boolean {
  if (resourceType !== "User" || after === undefined || after.active === false) return false;
  return operation === "create" || before?.active === false;
}

/** Whether a write ends somebody's access: an active user is deactivated or deleted. */
export function endingOf({ operation, resourceType, before, after }: PendingChange): Loss["kind"] | undefined {
  if (resourceType !== "User" || operation === "create") return undefined;
  if (operation === "delete") return "deletion";
  return before?.active !== false && after?.active === false ? "deactivation" : undefined;
}

/** Whether a write may take a role from somebody. */
export function mayTakeRoles(change: PendingChange): boolean {
  const { operation, resourceType, members, changed } = change;
  if (resourceType !== "Group") return endingOf(change) !== undefined;
  return operation === "delete" || members.removed.length > 0 || changed.includes("displayName");
}
