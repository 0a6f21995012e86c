/** Batches: one piece of a job, in one transaction. */
import type { ConnectionContext } from "../connections/connection.ts";
import type { AccessUnit, KnownUser } from "./access-store.ts";
import type { EffectiveRules } from "./effective-rules.ts";
import type { Job } from "./job.ts";
import { groupsWithin } from "./people.ts";
import { reconcileUsers } from "./reconcile.ts";
import type { Settings } from "./settings.ts";

/** What is known elsewhere of users of whom nothing is recorded, by id; undefined: the connection does not manage them. */
export type Strangers = ReadonlyMap<string, Pick<KnownUser, "id" | "active"> | undefined>;

/**
 * Does the next batch of a job that reconciles, and keeps how far it is.
 *
 * @returns the job; or ids, if somebody must be asked about first, outside of the transaction: one that waits for another
 *   database connection may wait for ever
 */
export async function nextBatch(
  unit: AccessUnit,
  job: Job,
  rules: EffectiveRules,
  ctx: ConnectionContext,
  settings: Settings,
  strangers: Strangers,
): Promise<Job | readonly string[]> {
  const { ids, cursor } = await idsOf(unit, job, settings.usersPerBatch);
  const unknown = await unknownAmong(unit, ids);
  const unasked = unknown.filter((id) => !strangers.has(id));
  if (unasked.length > 0) return unasked;
  const found = unknown.flatMap((id) => strangers.get(id) ?? []);
  await unit.saveUsers(found.map((user) => ({ ...user, granted: [] })));
  const occasion = { ctx, tx: unit.tx, cause: job, cleared: new Set<string>() };
  await reconcileUsers(unit, ids, rules, occasion, settings);
  const next: Job = {
    ...job,
    done: job.done + ids.length,
    total: job.total ?? (job.what.kind === "reconcileAll" ? await unit.countUsers("all") : undefined),
    cursor,
    finished: cursor === undefined ? settings.now() : undefined,
    problem: undefined,
  };
  await unit.saveJob(next);
  return next;
}

/** Of whom nothing is recorded: the connection had them before there were rules. */
async function unknownAmong(unit: AccessUnit, ids: readonly string[]): Promise<readonly string[]> {
  const known = new Set([...(await unit.users(ids)), ...(await unit.groups(ids))].map(({ id }) => id));
  return ids.filter((id) => !known.has(id));
}

interface Batch {
  readonly ids: readonly string[];
  /** Undefined: there is no next batch. */
  readonly cursor: string | undefined;
}

async function idsOf(unit: AccessUnit, { what, cursor }: Job, limit: number): Promise<Batch> {
  if (what.kind === "reconcile") return peopleAfter(unit, what.groups, cursor, limit);
  const ids = (await unit.usersAfter(cursor, limit)).map(({ id }) => id);
  return { ids, cursor: ids.length < limit ? undefined : ids.at(-1) };
}

/** People of groups, group by group; somebody who is in two of them comes twice, which does no harm. */
async function peopleAfter(
  unit: AccessUnit,
  groups: readonly string[],
  cursor: string | undefined,
  limit: number,
): Promise<Batch> {
  const [from = "", member] = cursor === undefined ? [] : cursor.split("/").map(decodeURIComponent);
  const waiting = (await groupsWithin(unit, groups)).filter((group) => group >= from);
  for (const [index, group] of waiting.entries()) {
    const ids = await unit.membersOf(group, group === from ? member : undefined, limit);
    if (ids.length === 0) continue;
    const last = ids.at(-1);
    const isLast = index === waiting.length - 1 && ids.length < limit;
    const here = [group, last ?? ""].map(encodeURIComponent).join("/");
    return { ids, cursor: isLast ? undefined : here };
  }
  return { ids: [], cursor: undefined };
}
