/** Revert: taking writes back, one resource after the other, through the host's own hooks. */
import type { Connection, ConnectionContext } from "../connections/connection.ts";
import { patchOpUrn } from "../patch/operations.ts";
import type { ScimResponse } from "../request.ts";
import type { Resource } from "../schema/attribute.ts";
import { isRecord } from "../schema/data-type.ts";
import type { ResourceStore } from "../store/store.ts";
import type { AccessUnit } from "./access-store.ts";
import type { RequestMarks } from "./journal.ts";
import type { JournalEntry } from "./journal-entry.ts";
import type { Settings } from "./settings.ts";
import { type NetChange, netChanges, type RevertSelection, type RevertStep, stepOf, valueAtPath } from "./undo-plan.ts";

/** Entries that are read at a time. */
const page = 1_000;
/** Operations in one PATCH. */
const operations = 1_000;

/** What a revert needs beside the settings. */
export interface RevertParts {
  readonly marks: RequestMarks;
  /** The host's store of a resource type, and its endpoint; undefined if it has none. */
  storeOf(
    resourceType: string,
  ): { readonly store: ResourceStore<Resource, ConnectionContext>; readonly endpoint: string } | undefined;
}

const withoutMembers = { has: (name: string) => name !== "members" && name !== "groups" };

/** What taking back would do; nothing is written. */
export async function previewRevert(
  connection: Connection,
  selection: RevertSelection,
  settings: Settings,
  parts: RevertParts,
): Promise<readonly RevertStep[]> {
  const steps: RevertStep[] = [];
  const ctx = await contextFor(connection, settings);
  for (const change of await changesOf(connection, selection, settings)) {
    steps.push(stepOf(change, await currentOf(change, ctx, parts)));
  }
  return steps;
}

/** Takes back, and says of each resource what became of it. What conflicts is left as it is. */
export async function revert(
  connection: Connection,
  selection: RevertSelection,
  settings: Settings,
  parts: RevertParts,
): Promise<readonly RevertStep[]> {
  const steps: RevertStep[] = [];
  const ctx = await contextFor(connection, settings);
  const renamed = new Map<string, string>();
  for (const change of await changesOf(connection, selection, settings)) {
    const version = await versionOf(connection, change, settings, parts);
    const work = { connection, change, settings, parts, renamed, version };
    const step = stepOf(change, await currentOf(change, ctx, parts));
    const conflict = step.conflict ?? (await takeBack(step, work));
    steps.push(conflict === undefined ? step : { ...step, conflict });
  }
  return steps;
}

async function contextFor(
  { id, organisation, workspace }: Connection,
  { connections }: Settings,
): Promise<ConnectionContext> {
  return { organisation, workspace, connection: id, defaultRole: await connections.givenRole(organisation, id) };
}

async function changesOf(
  { id }: Connection,
  selection: RevertSelection,
  { store }: Settings,
): Promise<readonly NetChange[]> {
  const entries: JournalEntry[] = [];
  for (let before: number | undefined; ; before = entries.at(-1)?.sequence) {
    const query = { ...selection, before, limit: page };
    const found = await store.within(id, undefined, "shared", (unit) => unit.journal(query));
    entries.push(...found);
    if (found.length < page) return netChanges(entries);
  }
}

async function currentOf(
  { resourceType, resourceId }: NetChange,
  ctx: ConnectionContext,
  { storeOf }: RevertParts,
): Promise<Resource | undefined> {
  return await storeOf(resourceType)?.store.get(resourceId, withoutMembers, ctx);
}

interface Work {
  readonly connection: Connection;
  readonly change: NetChange;
  readonly settings: Settings;
  readonly parts: RevertParts;
  /** New ids by the old ones of what was made again. */
  readonly renamed: Map<string, string>;
  /** The entity tag from before the resource was looked at. */
  readonly version: string | undefined;
}

/** The reason for which it could not be taken back; undefined if it was. */
async function takeBack(step: RevertStep, work: Work): Promise<string | undefined> {
  switch (step.action) {
    case "nothing":
      return undefined;
    case "delete":
      return problemOf(await send(work, "DELETE", urlOf(work), undefined, work.version));
    case "restore":
      return restore(step, work);
    case "recreate":
      return recreate(work);
  }
}

async function restore({ paths, members }: RevertStep, work: Work): Promise<string | undefined> {
  const { before = {} } = work.change;
  const edits: object[] = paths.map((path) => {
    const value = valueAtPath(before, path);
    return value === undefined ? { op: "remove", path } : { op: "replace", path, value };
  });
  for (const id of members.remove) edits.push({ op: "remove", path: `members[value eq ${JSON.stringify(id)}]` });
  const back = await stillThere(members.add, work);
  if (back.length > 0) edits.push({ op: "add", path: "members", value: back.map((value) => ({ value })) });
  let version = work.version;
  for (let at = 0; at < edits.length; at += operations) {
    const answer = await patch(work, urlOf(work), edits.slice(at, at + operations), version);
    const problem = problemOf(answer);
    if (problem !== undefined) return problem;
    version = undefined;
  }
  return undefined;
}

async function recreate(work: Work): Promise<string | undefined> {
  const { change, parts, renamed } = work;
  const endpoint = parts.storeOf(change.resourceType)?.endpoint;
  if (endpoint === undefined) return `There is no store of ${change.resourceType} resources.`;
  const members = (await stillThere(change.members.removed, work)).map((value) => ({ value }));
  const answer = await send(work, "POST", endpoint, { ...change.before, ...(members.length > 0 ? { members } : {}) });
  const problem = problemOf(answer);
  if (problem !== undefined) return problem;
  const created: unknown = JSON.parse(answer.body ?? "{}");
  const id = isRecord(created) && typeof created.id === "string" ? created.id : "";
  renamed.set(change.resourceId, id);
  for (const group of await groupsThere(change.groups, work)) {
    const url = `${parts.storeOf("Group")?.endpoint}/${encodeURIComponent(group)}`;
    const joined = problemOf(await patch(work, url, [{ op: "add", path: "members", value: [{ value: id }] }]));
    if (joined !== undefined) return `It is there again, but not in all of its groups: ${joined}`;
  }
  return undefined;
}

/** Members who are still there, or there again, by their present ids. */
async function stillThere(ids: readonly string[], work: Work): Promise<readonly string[]> {
  const present = ids.map((id) => work.renamed.get(id) ?? id);
  return await read(work, async (unit) => {
    const known = [...(await unit.users(present)), ...(await unit.groups(present))];
    return known.map(({ id }) => id);
  });
}

async function groupsThere(ids: readonly string[], work: Work): Promise<readonly string[]> {
  return await read(work, async (unit) => (await unit.groups(ids)).map(({ id }) => id));
}

function read<T>({ connection, settings }: Work, work: (unit: AccessUnit) => Promise<T>): Promise<T> {
  return settings.store.within(connection.id, undefined, "shared", work);
}

function urlOf({ change, parts }: Pick<Work, "change" | "parts">): string {
  return `${parts.storeOf(change.resourceType)?.endpoint ?? ""}/${encodeURIComponent(change.resourceId)}`;
}

function patch(work: Work, url: string, edits: readonly object[], version?: string): Promise<ScimResponse> {
  return send(work, "PATCH", url, { schemas: [patchOpUrn], Operations: edits }, version);
}

async function send(
  { connection: { organisation, id }, change, settings, parts }: Work,
  method: string,
  url: string,
  json?: object,
  version?: string,
): Promise<ScimResponse> {
  const headers = version === undefined ? {} : { "if-match": version };
  return await settings.connections.send(organisation, id, { method, url, headers, ...(json && { json }) }, (ctx) => {
    parts.marks.begin(ctx, change.request);
  });
}

/** What a write must still find, so that nothing that comes between is lost. */
async function versionOf(
  { organisation, id }: Connection,
  change: NetChange,
  { connections }: Settings,
  parts: RevertParts,
): Promise<string | undefined> {
  const url = `${urlOf({ change, parts })}?attributes=id`;
  return (await connections.send(organisation, id, { method: "GET", url })).headers.ETag;
}

function problemOf({ status, body }: ScimResponse): string | undefined {
  if (status < 300) return undefined;
  if (status === 412) return "Changed while it was being taken back.";
  const error: unknown = body === undefined ? undefined : JSON.parse(body);
  return isRecord(error) && typeof error.detail === "string" ? error.detail : "The application could not do it.";
}
