/** withBlocked: jobs, with those whose roles they have left as they were. */
import type { AccessUnit } from "./access-store.ts";
import type { Job } from "./job.ts";

/** Blocked users that are looked at, and that each job names. */
const examined = 1_000;
const named = 100;

/** Jobs with the users of whom it is still so that the host's guard keeps their roles. */
export async function withBlocked(unit: AccessUnit, jobs: readonly Job[]): Promise<readonly Job[]> {
  const byJob = new Map<string, Job["blocked"][number][]>();
  for (const { id: user, blocked } of await unit.blockedUsers(examined)) {
    if (blocked === undefined) continue;
    const { job, detail } = blocked;
    const known = byJob.get(job);
    if (known === undefined) byJob.set(job, [{ user, detail }]);
    else if (known.length < named) known.push({ user, detail });
  }
  return jobs.map((job) => ({ ...job, blocked: byJob.get(job.id) ?? [] }));
}
