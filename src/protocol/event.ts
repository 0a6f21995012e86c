/** Events and pending changes: what the host is told of a write, inside the transaction and after it. */
import type { Resource } from "../schema/attribute.ts";
import type { Group } from "../schema/group.ts";
import type { ResourceType } from "../schema/resource-type.ts";
import type { User } from "../schema/user.ts";
import type { MembersOutcome } from "../store/change.ts";
import type { Stored } from "../store/stored.ts";

/** What happened to a resource. `deactivated` and `reactivated` come beside the `replaced` or `patched` they are part of. */
export type EventVerb = "created" | "replaced" | "patched" | "deactivated" | "reactivated" | "deleted";

/** One thing that happened to one resource, after the commit. Never holds a password. */
export interface ResourceEvent<Prefix extends string, R extends Resource, Name extends string = string> {
  /** `user.created`, `group.patched`; of a custom resource type `resource.created`. */
  readonly type: `${Prefix}.${EventVerb}`;
  /** `User`, `Group`, `Device`. */
  readonly resourceType: Name;
  readonly id: string;
  /** The state after; absent for `deleted`. Without members where the write did not need them. */
  readonly resource?: Stored<R> | undefined;
  /** The state before; absent for `created`. */
  readonly before?: Stored<R> | undefined;
  /** The paths whose values changed, as in `Applied.changed`, and `members`; empty for `created` and `deleted`. */
  readonly changed: readonly string[];
}

/** Members who joined or left a group, after the commit. Only those who really did. */
export interface MembersEvent {
  readonly type: "group.members.added" | "group.members.removed";
  readonly resourceType: string;
  /** The group's id. */
  readonly id: string;
  /** Ids of users and groups. */
  readonly members: readonly string[];
}

/** What `onEvent` is told; `Types` are the custom resource types, as a union. */
export type ScimEvent<
  U extends Resource = User,
  G extends Resource = Group,
  Types extends ResourceType = ResourceType,
> = ResourceEvent<"user", U, "User"> | ResourceEvent<"group", G, "Group"> | CustomEvent<Types> | MembersEvent;

type CustomEvent<T extends ResourceType> =
  T extends ResourceType<infer R, infer Name> ? ResourceEvent<"resource", R, Name> : never;

/** What `beforeCommit` is told, inside the store's transaction. Throwing rolls the write back. */
export interface PendingChange<R extends Resource = Resource, Name extends string = string> {
  readonly operation: "create" | "replace" | "patch" | "delete";
  /** `User`, `Group`, `Device`. */
  readonly resourceType: Name;
  readonly id: string;
  /** Absent on creation. Without members where the write did not need them. */
  readonly before?: Stored<R> | undefined;
  /** Absent on deletion. */
  readonly after?: Stored<R> | undefined;
  /** The paths whose values change, and `members`; empty for `create` and `delete`. */
  readonly changed: readonly string[];
  /** Who joins and leaves a group. */
  readonly members: MembersOutcome;
}

const verbs = { create: "created", replace: "replaced", patch: "patched", delete: "deleted" } as const;

/** A change of a user, a group, or a resource of one of the custom `Types`: `resourceType` tells which. */
export type AnyChange<U extends Resource, G extends Resource, Types extends ResourceType> =
  | PendingChange<U, "User">
  | PendingChange<G, "Group">
  | CustomChange<Types>;

type CustomChange<T extends ResourceType> =
  T extends ResourceType<infer R, infer Name> ? PendingChange<R, Name> : never;

/** The events of a change, the general one first. */
export function eventsOf(change: PendingChange): readonly ScimEvent[] {
  const { id, resourceType, after, changed, members } = change;
  const events: ScimEvent[] = [resourceEvent(verbs[change.operation], change)];
  if (changed.includes("active")) {
    events.push(resourceEvent(after?.active === true ? "reactivated" : "deactivated", change));
  }
  if (members.added.length > 0) {
    events.push({ type: "group.members.added", resourceType, id, members: members.added });
  }
  if (members.removed.length > 0) {
    events.push({ type: "group.members.removed", resourceType, id, members: members.removed });
  }
  return events;
}

function resourceEvent(verb: EventVerb, change: PendingChange): ScimEvent {
  const { id, changed } = change;
  const common = { id, changed };
  if (isOf<User, "User">(change, "User")) {
    const { resourceType, after, before } = change;
    return { type: `user.${verb}`, resourceType, ...common, resource: after, before };
  }
  if (isOf<Group, "Group">(change, "Group")) {
    const { resourceType, after, before } = change;
    return { type: `group.${verb}`, resourceType, ...common, resource: after, before };
  }
  const { resourceType, after, before } = change;
  return { type: `resource.${verb}`, resourceType, ...common, resource: after, before };
}

/** The store of a resource type returns resources of that type. */
function isOf<R extends Resource, Name extends string>(
  change: PendingChange,
  name: Name,
): change is PendingChange<R, Name> {
  return change.resourceType === name;
}
