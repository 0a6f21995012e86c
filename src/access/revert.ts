/** Revert: taking writes back, one resource after the other, through the host's own hooks. */
import type { Connection } from "../connections/connection.ts";
import { turn } from "../protocol/breather.ts";
import { presentId, presentIds, revertPlan } from "./revert-plan.ts";
import { insideOf, missingOf, type RevertParts, type RevertRun, thereAmong } from "./revert-run.ts";
import type { Settings } from "./settings.ts";
import { takeBack, versionOf } from "./take-back.ts";
import { isDeletion, type NetChange, type RevertSelection, type RevertStep, stepOf } from "./undo-plan.ts";

/** Resources between two pauses. */
const perTurn = 50;

const withoutMembers = { has: (name: string) => name !== "members" && name !== "groups" };

/** What taking back would do; nothing is written. */
export async function previewRevert(
  connection: Connection,
  selection: RevertSelection,
  settings: Settings,
  parts: RevertParts,
): Promise<readonly RevertStep[]> {
  const run = await openRun(connection, selection, settings, parts);
  return await eachChange(run, (change) => stepNow(change, run, run.plan.deletions));
}

/**
 * Takes back, and says of each resource what became of it. What conflicts is left as it is, and what is taken back
 * already too: a revert that was interrupted is finished by another of the same selection. One of a connection at a time.
 */
export async function revert(
  connection: Connection,
  selection: RevertSelection,
  settings: Settings,
  parts: RevertParts,
): Promise<readonly RevertStep[]> {
  return await parts.turns.run(connection.id, async () => {
    const run = await openRun(connection, selection, settings, parts);
    return await eachChange(run, async (change) => {
      const version = await versionOf(change, run);
      // Whoever is to come back comes back before the groups that are still there.
      const step = await stepNow(change, run, isDeletion(change) ? run.plan.deletions : new Set());
      const conflict = step.conflict ?? (await takeBack(step, { ...run, change, version }));
      return conflict === undefined ? step : { ...step, conflict };
    });
  });
}

async function openRun(
  connection: Connection,
  selection: RevertSelection,
  settings: Settings,
  parts: RevertParts,
): Promise<RevertRun> {
  const { id, organisation, workspace } = connection;
  const defaultRole = await settings.connections.givenRole(organisation, id);
  const ctx = { organisation, workspace, connection: id, defaultRole };
  return { connection, ctx, settings, parts, plan: await revertPlan(id, selection, settings.store) };
}

async function eachChange(
  { plan: { changes } }: RevertRun,
  step: (change: NetChange) => Promise<RevertStep>,
): Promise<readonly RevertStep[]> {
  const steps: RevertStep[] = [];
  for (const change of changes) {
    steps.push(await step(change));
    if (steps.length % perTurn === 0) await turn();
  }
  return steps;
}

/** @param coming - the old ids of what counts as there, though it has yet to be made again */
async function stepNow(change: NetChange, run: RevertRun, coming: ReadonlySet<string>): Promise<RevertStep> {
  const { resourceType, resourceId, name } = change;
  const id = presentId(run.plan, resourceId);
  const current = await run.parts.storeOf(resourceType)?.store.get(id, withoutMembers, run.ctx);
  const isAgain = isDeletion(change) && run.plan.again.has(resourceId);
  if (!isAgain) return stepOf(change, current, await membersBack(change, run, coming));
  const done: RevertStep = {
    resourceType,
    resourceId,
    name,
    action: "nothing",
    paths: [],
    members: { add: [], remove: [] },
  };
  if (current === undefined) {
    return run.plan.deletions.has(id) ? done : { ...done, conflict: "It was made again, and has been deleted since." };
  }
  const { groups, members } = await missingOf(change, run);
  if (groups.length + members.length === 0) return done;
  return { ...done, action: "restore", members: { add: members, remove: [] } };
}

/** Who is to join and to leave a group, by present ids: those who have not done so already. */
async function membersBack(
  { resourceId, before, after, members }: NetChange,
  run: RevertRun,
  coming: ReadonlySet<string>,
): Promise<RevertStep["members"]> {
  if (before === undefined) return { add: [], remove: [] };
  const { plan } = run;
  const add = presentIds(plan, after === undefined ? plan.lost.membersOf(resourceId) : members.removed);
  const remove = after === undefined ? [] : presentIds(plan, members.added);
  const inside = await insideOf(resourceId, [...add, ...remove], run);
  const outside = add.filter((id) => !inside.has(id));
  const there = await thereAmong(outside, run);
  return {
    add: outside.filter((id) => there.has(id) || coming.has(id)),
    remove: remove.filter((id) => inside.has(id)),
  };
}
