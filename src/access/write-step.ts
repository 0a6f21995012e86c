/** writeStep: everything that access does inside the transaction of a SCIM write. */
import type { ConnectionContext } from "../connections/connection.ts";
import type { PendingChange } from "../protocol/event.ts";
import type { AccessUnit } from "./access-store.ts";
import type { Aftermath } from "./aftermath.ts";
import { daysBefore } from "./days-before.ts";
import { effectiveRules, type Offer } from "./effective-rules.ts";
import type { JobKind } from "./job.ts";
import { entryOf, type RequestMark, type RequestMarks } from "./journal.ts";
import { endingOf, isAdmission, mayTakeRoles } from "./losses.ts";
import { type Affected, mirror } from "./mirror.ts";
import { newJob } from "./new-job.ts";
import type { Offers } from "./offers.ts";
import { reconcileUsers, rolesOf } from "./reconcile.ts";
import { revokeAccess } from "./revocation.ts";
import type { Settings } from "./settings.ts";

/** A `beforeCommit`. */
export type WriteStep = (change: PendingChange, ctx: ConnectionContext, tx: unknown) => Promise<void>;

/** What writes share. */
export interface WriteParts {
  readonly marks: RequestMarks;
  readonly offers: Offers;
  readonly aftermath: Aftermath;
}

/**
 * The step: admission, guard, records, access, surfaces, journal; in this order, so that what refuses comes first.
 *
 * @throws ScimError what the host's hooks threw; 503 if one of them failed or took too long, or if access is left where
 *   it should have ended
 */
export function writeStep(settings: Settings, parts: WriteParts): WriteStep {
  return async (change, ctx, tx) => {
    // Only one admission, and one loss, of a connection is under way at a time: what the hooks count cannot change.
    const isAlone =
      (isAdmission(change) && settings.admit !== undefined) || (mayTakeRoles(change) && settings.guard !== undefined);
    const offer = await parts.offers.of(ctx);
    await settings.store.within(ctx.connection, tx, isAlone ? "exclusive" : "shared", (unit) =>
      write({ unit, change, ctx, tx: tx ?? unit.tx, mark: parts.marks.of(ctx), offer, settings, ...parts }),
    );
  };
}

interface Write {
  readonly unit: AccessUnit;
  readonly change: PendingChange;
  readonly ctx: ConnectionContext;
  readonly tx: unknown;
  readonly mark: RequestMark;
  readonly offer: Offer;
  readonly settings: Settings;
  readonly aftermath: Aftermath;
}

async function write(work: Write): Promise<void> {
  const { unit, change, ctx, tx, mark, settings, aftermath } = work;
  const at = settings.now();
  const ending = endingOf(change);
  await askHost(work);
  const all = await unit.rules();
  const cause = { at, request: mark.request };
  const affected = await mirror(unit, change, cause, all, settings.usersPerRequest);
  if (hasEffect(affected)) {
    const rules = effectiveRules(all, work.offer);
    aftermath.ineffective(ctx, rules.ineffective);
    const cleared = new Set(ending === undefined ? [] : [change.id]);
    if (affected.people !== undefined) {
      await reconcileUsers(unit, affected.people, rules, { ctx, tx, cause: change, cleared }, settings);
    }
    const isNew = all.length > 0 && (await bringsStrangers(unit, change));
    for (const what of jobsOf(affected, all.length > 0, isNew ? change.id : undefined)) {
      await unit.saveJob(newJob(ctx, what, at));
      aftermath.work(ctx);
    }
  }
  if (ending !== undefined) {
    const { connection, organisation } = ctx;
    const user = { connection, organisation, user: change.id, request: mark.request };
    aftermath.incomplete(ctx, await revokeAccess(unit, user, tx, settings));
    aftermath.alarm(ctx);
  }
  if (change.operation === "delete" && change.resourceType === "User") await unit.removeUser(change.id);
  await unit.record(entryOf(change, ctx, mark, at, affected), daysBefore(at, settings.journalDays));
}

async function askHost({ unit, change, ctx, tx, settings }: Write): Promise<void> {
  const kind = endingOf(change);
  if (isAdmission(change) && change.after !== undefined) await settings.admit?.(change.after, ctx, tx);
  if (kind === undefined || settings.guard === undefined) return;
  const [known] = await unit.users([change.id]);
  await settings.guard({ kind, user: change.id, roles: rolesOf(known?.granted ?? []), change }, ctx, tx);
}

function hasEffect({ people, unread }: Affected): boolean {
  return people === undefined || people.size > 0 || unread !== undefined;
}

/** Whether somebody joins of whom nothing is recorded: they were there before there were rules. */
async function bringsStrangers(unit: AccessUnit, { members: { added } }: PendingChange): Promise<boolean> {
  if (added.length === 0) return false;
  return (await unit.users(added)).length + (await unit.groups(added)).length < added.length;
}

/** What is left for later: people who are too many for one request, and members that were never read. */
function jobsOf(
  { people, groups, unread }: Affected,
  hasRules: boolean,
  strange: string | undefined,
): readonly JobKind[] {
  const jobs: JobKind[] = [];
  if (unread !== undefined) jobs.push({ kind: "readGroup", group: unread });
  else if (strange !== undefined && people !== undefined) jobs.push({ kind: "reconcile", groups: [strange] });
  if (people === undefined && hasRules) {
    jobs.push(groups === undefined ? { kind: "reconcileAll" } : { kind: "reconcile", groups });
  }
  return jobs;
}
