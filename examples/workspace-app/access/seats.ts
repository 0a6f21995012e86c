/** Seats: how many active people an organisation pays for, in all of its workspaces. */
import type { Kysely } from "kysely";
import { ScimError } from "scimkit";
import type { Seats } from "scimkit/access";
import type { Database } from "../database/tables.ts";
import { lockOrganisation } from "../organisations.ts";

/** Seats used, and how many there are. */
export async function seatsOf(db: Kysely<Database>, organisation: string): Promise<Seats> {
  const { seats } = await db
    .selectFrom("organisations")
    .where("id", "=", organisation)
    .select("seats")
    .executeTakeFirstOrThrow();
  return { used: await countActive(db, organisation), limit: seats ?? undefined };
}

/**
 * Refuses somebody for whom there is no seat. A connection admits one at a time; the lock is for all others who change
 * the organisation's people: another workspace's connection, say.
 *
 * @param user - whose row is written already, and is not counted
 * @throws ScimError 403
 */
export async function requireSeat(trx: Kysely<Database>, organisation: string, user: string): Promise<void> {
  const { name, seats } = await lockOrganisation(trx, organisation);
  if (seats === null || (await countActive(trx, organisation, user)) < seats) return;
  throw new ScimError(
    403,
    `All ${seats} seats of ${name} are taken. Add seats, or assign fewer people; then provision this person again.`,
  );
}

async function countActive(db: Kysely<Database>, organisation: string, except?: string): Promise<number> {
  const people = db
    .selectFrom("users")
    .innerJoin("workspaces", "workspaces.id", "users.workspace_id")
    .where("organisation_id", "=", organisation)
    .where("disabled_at", "is", null);
  const counted = except === undefined ? people : people.where("users.id", "!=", except);
  const { count } = await counted.select((of) => of.fn.countAll().as("count")).executeTakeFirstOrThrow();
  return Number(count);
}
