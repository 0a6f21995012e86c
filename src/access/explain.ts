/** Explain: why somebody has a role, down to the request that put them there. */
import type { AccessUnit } from "./access-store.ts";
import { deriveAccess } from "./derive.ts";
import type { DesiredAccess } from "./desired.ts";
import { effectiveRules, type Offer } from "./effective-rules.ts";
import type { JournalEntry } from "./journal-entry.ts";
import { surroundings } from "./people.ts";

/** Everything that is known of a user's access by one connection. */
export interface Explanation extends DesiredAccess {
  /** The writes that made the memberships in it, newest first, as far as the journal goes back. */
  readonly requests: readonly JournalEntry[];
}

/** The explanation of a user's access; undefined for one whom the connection does not manage. */
export async function explain(unit: AccessUnit, user: string, offer: Offer): Promise<Explanation | undefined> {
  const [known] = await unit.users([user]);
  if (known === undefined) return undefined;
  const { rules, defaultRole } = effectiveRules(await unit.rules(), offer);
  const around = await surroundings(unit, [user]);
  const desired = deriveAccess(known, { ...around, rules, defaultRole, workspace: offer.workspace });
  const steps = desired.roles.flatMap(({ because }) =>
    because.flatMap((reason) => (reason.kind === "rule" ? reason.chain : [])),
  );
  const requests = new Map<number, JournalEntry>();
  for (const { request, group } of steps) {
    if (request === undefined) continue;
    for (const entry of await unit.journal({ request, limit: 1_000 })) {
      if (entry.resourceId === group) requests.set(entry.sequence, entry);
    }
  }
  return { ...desired, requests: [...requests.values()].sort((one, other) => other.sequence - one.sequence) };
}
