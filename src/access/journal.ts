/** The journal of a connection: what each write made of a resource. */
import type { ConnectionContext } from "../connections/connection.ts";
import type { PendingChange } from "../protocol/event.ts";
import type { Stored } from "../store/stored.ts";
import type { NewJournalEntry, Snapshot } from "./journal-entry.ts";
import { endingOf } from "./losses.ts";
import type { Affected } from "./mirror.ts";

/** What is known of a request while it is under way. */
export interface RequestMark {
  /** The same for all writes of one request. */
  readonly request: string;
  /** The request that this one takes back. */
  readonly revertOf: string | undefined;
  /** The id that the resource had which this one makes again. */
  readonly recreates: string | undefined;
}

/** The marks of requests, by the Context that each has for itself. */
export class RequestMarks {
  readonly #marks = new WeakMap<ConnectionContext, RequestMark>();

  of(ctx: ConnectionContext): RequestMark {
    return this.#marks.get(ctx) ?? this.begin(ctx);
  }

  begin(ctx: ConnectionContext, revertOf?: string, recreates?: string): RequestMark {
    const mark = { request: crypto.randomUUID(), revertOf, recreates };
    this.#marks.set(ctx, mark);
    return mark;
  }
}

/** The entry of a write. Members are kept as who came and went. */
export function entryOf(
  change: PendingChange,
  { connection }: ConnectionContext,
  { request, revertOf, recreates }: RequestMark,
  at: Date,
  { members, within }: Pick<Affected, "members" | "within">,
): NewJournalEntry {
  const { operation, resourceType, id, before, after, changed } = change;
  const isDeleted = operation === "delete";
  return {
    connection,
    request,
    at,
    operation,
    resourceType,
    resourceId: id,
    name: nameOf(after ?? before) ?? id,
    ...(before === undefined ? {} : { before: snapshot(before) }),
    ...(after === undefined ? {} : { after: snapshot(after) }),
    changed: changed.filter((path) => path !== "members"),
    members: isDeleted ? { added: [], removed: members } : change.members,
    groups: isDeleted ? within : [],
    deactivation: endingOf(change) !== undefined,
    ...(revertOf === undefined ? {} : { revertOf }),
    ...(recreates === undefined ? {} : { recreates }),
  };
}

function snapshot({ id, meta, members, groups, schemas, ...attributes }: Stored): Snapshot {
  return attributes;
}

function nameOf(resource: Stored | undefined): string | undefined {
  const name = resource?.userName ?? resource?.displayName;
  return typeof name === "string" ? name : undefined;
}
