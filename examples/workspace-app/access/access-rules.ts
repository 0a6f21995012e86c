/** What the product says about access: roles by groups, seats, the last owner, and where access must end. */
import type { Kysely, Transaction } from "kysely";
import type { AccessEvent, AccessOptions } from "scimkit/access";
import type { Database } from "../database/tables.ts";
import { writeGrants } from "./grants.ts";
import { keepLastOwner } from "./last-owner.ts";
import { requireSeat, seatsOf } from "./seats.ts";
import { surfaces } from "./surfaces.ts";

/**
 * The options of `createAccess`, but for connections and the store.
 *
 * What is asked of the database goes through the transaction of the SCIM write, where there is one: it is committed, or
 * rolled back, with it.
 */
export function accessRules(
  db: Kysely<Database>,
  hear: (event: AccessEvent) => Promise<void>,
): Omit<AccessOptions<Transaction<Database>>, "connections" | "store"> {
  return {
    reconcileAccess: (desired, _context, trx) => writeGrants(trx ?? db, desired),
    admit: ({ id }, { organisation }, trx) => requireSeat(trx, organisation, id),
    guard: (loss, { organisation }, trx) => keepLastOwner(trx ?? db, organisation, loss),
    surfaces: surfaces(db),
    seats: (organisation) => seatsOf(db, organisation),
    onEvent: hear,
    onError: (error) => console.error(error),
  };
}
