/** RevertRun: what a revert works with, and what is there of what it is about. */
import type { Connection, ConnectionContext } from "../connections/connection.ts";
import { turn } from "../protocol/breather.ts";
import type { Resource } from "../schema/attribute.ts";
import type { ResourceStore } from "../store/store.ts";
import type { AccessUnit } from "./access-store.ts";
import type { RequestMarks } from "./journal.ts";
import { presentId, presentIds, type RevertPlan } from "./revert-plan.ts";
import type { Settings } from "./settings.ts";
import type { Turns } from "./turns.ts";
import type { NetChange } from "./undo-plan.ts";

/** Ids that are looked for at a time. */
const most = 1_000;

/** What a revert needs beside the settings. */
export interface RevertParts {
  readonly marks: RequestMarks;
  /** Reverts, by connections. */
  readonly turns: Turns;
  /** The host's store of a resource type, and its endpoint; undefined if it has none. */
  storeOf(
    resourceType: string,
  ): { readonly store: ResourceStore<Resource, ConnectionContext>; readonly endpoint: string } | undefined;
}

/** One revert, or the preview of one. */
export interface RevertRun {
  readonly connection: Connection;
  readonly ctx: ConnectionContext;
  readonly settings: Settings;
  readonly parts: RevertParts;
  readonly plan: RevertPlan;
}

/** The users and groups among these ids that are there. */
export function thereAmong(ids: readonly string[], run: RevertRun): Promise<ReadonlySet<string>> {
  return among(ids, run, async (unit, some) =>
    [...(await unit.users(some)), ...(await unit.groups(some))].map(({ id }) => id),
  );
}

/** Those of these ids that are in a group. */
export function insideOf(group: string, ids: readonly string[], run: RevertRun): Promise<ReadonlySet<string>> {
  return among(ids, run, async (unit, some) =>
    (await unit.membershipsOf(some)).filter((each) => each.group === group).map(({ member }) => member),
  );
}

/** The memberships that something that was made again does not have yet, by present ids; of what is not there, none. */
export async function missingOf(
  { resourceId }: NetChange,
  run: RevertRun,
): Promise<{ readonly groups: readonly string[]; readonly members: readonly string[] }> {
  const { plan } = run;
  const { lost, returned } = plan;
  const mine = presentId(plan, resourceId);
  const groups = presentIds(plan, lost.groupsOf(resourceId)).filter((group) => !returned.has(group, mine));
  const members = presentIds(plan, lost.membersOf(resourceId)).filter((member) => !returned.has(mine, member));
  if (groups.length + members.length === 0) return { groups, members };
  const there = await thereAmong([...groups, ...members], run);
  const inside = await insideOf(mine, members, run);
  const within = await among([mine], run, async (unit, some) =>
    (await unit.membershipsOf(some)).map(({ group }) => group),
  );
  return {
    groups: groups.filter((id) => there.has(id) && !within.has(id)),
    members: members.filter((id) => there.has(id) && !inside.has(id)),
  };
}

async function among(
  ids: readonly string[],
  { connection, settings: { store } }: RevertRun,
  find: (unit: AccessUnit, some: readonly string[]) => Promise<readonly string[]>,
): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  for (let at = 0; at < ids.length; at += most) {
    if (at > 0) await turn();
    const some = ids.slice(at, at + most);
    const here = await store.within(connection.id, undefined, "shared", (unit) => find(unit, some));
    for (const id of here) found.add(id);
  }
  return found;
}
