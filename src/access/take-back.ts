/** takeBack: the requests by which one resource is made what it was. */
import { patchOpUrn } from "../patch/operations.ts";
import { turn } from "../protocol/breather.ts";
import type { ScimResponse } from "../request.ts";
import { isRecord } from "../schema/data-type.ts";
import { presentId, presentIds } from "./revert-plan.ts";
import { missingOf, type RevertRun, thereAmong } from "./revert-run.ts";
import { type NetChange, type RevertStep, valueAtPath } from "./undo-plan.ts";

/** Members that one request brings or takes. */
const most = 1_000;
/** Requests between two pauses. */
const perTurn = 50;

/** A resource that is to be taken back. */
export interface RevertWork extends RevertRun {
  readonly change: NetChange;
  /** The entity tag from before the resource was looked at. */
  readonly version: string | undefined;
}

/** The reason for which it could not be taken back; undefined if it was. */
export async function takeBack(step: RevertStep, work: RevertWork): Promise<string | undefined> {
  switch (step.action) {
    case "nothing":
      return undefined;
    case "delete":
      return problemOf(await send(work, { method: "DELETE", url: urlOf(work) }, work.version));
    case "restore":
      return work.plan.again.has(work.change.resourceId) ? rejoin(work) : restore(step, work);
    case "recreate":
      return recreate(work);
  }
}

async function restore({ paths, members: { add, remove } }: RevertStep, work: RevertWork): Promise<string | undefined> {
  const { change, version } = work;
  const attributes = paths.map((path) => {
    const value = change.before === undefined ? undefined : valueAtPath(change.before, path);
    return value === undefined ? { op: "remove", path } : { op: "replace", path, value };
  });
  for (let at = 0; at === 0 || at < Math.max(add.length, remove.length); at += most) {
    const edits = [
      ...(at === 0 ? attributes : []),
      ...remove.slice(at, at + most).map((id) => ({ op: "remove", path: `members[value eq ${JSON.stringify(id)}]` })),
      ...joining(add.slice(at, at + most)),
    ];
    if (at > 0) await turn();
    const problem = problemOf(await patch(work, urlOf(work), edits, at === 0 ? version : undefined));
    if (problem !== undefined) return problem;
  }
  return undefined;
}

async function recreate(work: RevertWork): Promise<string | undefined> {
  const { change, parts, plan } = work;
  const { resourceType, resourceId } = change;
  const url = parts.storeOf(resourceType)?.endpoint;
  if (url === undefined) return `There is no store of ${resourceType} resources.`;
  const members = presentIds(plan, plan.lost.membersOf(resourceId));
  const there = await thereAmong(members, work);
  const first = members.filter((id) => there.has(id)).slice(0, most);
  const json = { ...change.before, ...(first.length > 0 ? { members: first.map((value) => ({ value })) } : {}) };
  const answer = await send(work, { method: "POST", url, json, recreates: resourceId });
  const problem = problemOf(answer);
  if (problem !== undefined) return problem;
  const created: unknown = JSON.parse(answer.body ?? "{}");
  plan.again.set(resourceId, isRecord(created) && typeof created.id === "string" ? created.id : "");
  return await rejoin(work);
}

/** Memberships come back with whichever of the two comes back last. */
async function rejoin(work: RevertWork): Promise<string | undefined> {
  const { groups, members } = await missingOf(work.change, work);
  for (let at = 0; at < members.length; at += most) {
    if (at > 0) await turn();
    const joined = problemOf(await patch(work, urlOf(work), joining(members.slice(at, at + most))));
    if (joined !== undefined) return `It is there again, but without all of its members: ${joined}`;
  }
  const id = presentId(work.plan, work.change.resourceId);
  for (const [index, group] of groups.entries()) {
    if (index > 0 && index % perTurn === 0) await turn();
    const url = `${work.parts.storeOf("Group")?.endpoint}/${encodeURIComponent(group)}`;
    const joined = problemOf(await patch(work, url, joining([id])));
    if (joined !== undefined) return `It is there again, but not in all of its groups: ${joined}`;
  }
  return undefined;
}

function joining(ids: readonly string[]): readonly object[] {
  return ids.length === 0 ? [] : [{ op: "add", path: "members", value: ids.map((value) => ({ value })) }];
}

/** What a write must still find, so that nothing that comes between is lost. */
export async function versionOf(change: NetChange, run: RevertRun): Promise<string | undefined> {
  const { connection, settings } = run;
  const url = `${urlOf({ ...run, change })}?attributes=id`;
  const { headers } = await settings.connections.send(connection.organisation, connection.id, { method: "GET", url });
  return headers.ETag;
}

function urlOf({ change: { resourceType, resourceId }, parts, plan }: RevertRun & Pick<RevertWork, "change">): string {
  return `${parts.storeOf(resourceType)?.endpoint ?? ""}/${encodeURIComponent(presentId(plan, resourceId))}`;
}

function patch(work: RevertWork, url: string, edits: readonly object[], version?: string): Promise<ScimResponse> {
  return send(work, { method: "PATCH", url, json: { schemas: [patchOpUrn], Operations: edits } }, version);
}

interface Sent {
  readonly method: string;
  readonly url: string;
  readonly json?: object;
  /** The former id of what is made again. */
  readonly recreates?: string;
}

async function send(
  { connection: { organisation, id }, change, settings, parts }: RevertWork,
  { method, url, json, recreates }: Sent,
  version?: string,
): Promise<ScimResponse> {
  const headers = version === undefined ? {} : { "if-match": version };
  return await settings.connections.send(organisation, id, { method, url, headers, ...(json && { json }) }, (ctx) => {
    parts.marks.begin(ctx, change.request, recreates);
  });
}

function problemOf({ status, body }: ScimResponse): string | undefined {
  if (status < 300) return undefined;
  if (status === 412) return "Changed while it was being taken back.";
  const error: unknown = body === undefined ? undefined : JSON.parse(body);
  return isRecord(error) && typeof error.detail === "string" ? error.detail : "The application could not do it.";
}
