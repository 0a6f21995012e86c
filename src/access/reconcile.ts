/** Users are handed to the host with all that they are to have. */
import type { ConnectionContext } from "../connections/connection.ts";
import { ScimError } from "../error.ts";
import type { PendingChange } from "../protocol/event.ts";
import type { AccessUnit, KnownUser } from "./access-store.ts";
import { deriveAccess, grantsOf } from "./derive.ts";
import type { EffectiveRules } from "./effective-rules.ts";
import type { Job } from "./job.ts";
import type { Loss } from "./options.ts";
import { surroundings } from "./people.ts";
import type { Settings } from "./settings.ts";

/** What a run of {@link reconcileUsers} is about. */
export interface Occasion {
  readonly ctx: ConnectionContext;
  /** The transaction, for the host's hooks. */
  readonly tx: unknown;
  /** The write, or the job. */
  readonly cause: PendingChange | Job;
  /** Of whom the guard has been asked already. */
  readonly cleared: ReadonlySet<string>;
}

/**
 * Works out what users are to have, and hands it to the host. Ids of nobody who is known are passed over. Whom the guard
 * keeps in a job stays as they are, and is marked; in a write it is refused.
 *
 * @throws ScimError what the guard threw in a write; 503 if the host could not reconcile
 */
export async function reconcileUsers(
  unit: AccessUnit,
  ids: Iterable<string>,
  { rules, defaultRole }: Pick<EffectiveRules, "rules" | "defaultRole">,
  occasion: Occasion,
  settings: Settings,
): Promise<void> {
  const users = await unit.lockUsers([...ids].sort());
  // Without rules there is nothing to take or give, but for what rules that are gone have given.
  const concerned = rules.length > 0 ? users : users.filter(({ granted }) => granted.length > 0);
  if (concerned.length === 0) return;
  const around = await surroundings(
    unit,
    concerned.map(({ id }) => id),
  );
  const saved: KnownUser[] = [];
  for (const user of concerned) {
    const desired = deriveAccess(user, { ...around, rules, defaultRole, workspace: occasion.ctx.workspace });
    const granted = grantsOf(desired);
    const blocked = await refusalOf(user, granted, occasion, settings);
    if (blocked !== undefined) {
      saved.push({ ...user, blocked });
      continue;
    }
    await settings.reconcile(desired, occasion.ctx, occasion.tx);
    const { id, active } = user;
    if (granted.join() !== user.granted.join() || user.blocked !== undefined) saved.push({ id, active, granted });
  }
  await unit.saveUsers(saved);
}

/** Why the host keeps a user's roles; undefined if it does not. */
async function refusalOf(
  { id, granted: present }: KnownUser,
  next: readonly string[],
  { ctx, tx, cause, cleared }: Occasion,
  { guard }: Settings,
): Promise<KnownUser["blocked"]> {
  const lost = present.filter((grant) => !next.includes(grant));
  if (guard === undefined || lost.length === 0 || cleared.has(id)) return undefined;
  const change = "operation" in cause ? cause : undefined;
  try {
    await guard({ kind: "role", user: id, roles: rolesOf(lost), change }, ctx, tx);
    return undefined;
  } catch (thrown) {
    const isKept = thrown instanceof ScimError && thrown.status < 500;
    if (isKept && !("operation" in cause)) return { job: cause.id, detail: thrown.detail };
    throw thrown;
  }
}

/** Remembered grants, as hooks are given them. */
export function rolesOf(granted: readonly string[]): Loss["roles"] {
  return granted.map((grant) => {
    const [workspace = "", role = ""] = grant.split("/").map(decodeURIComponent);
    return { workspace, role };
  });
}
