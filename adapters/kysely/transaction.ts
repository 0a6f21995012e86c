/** Transactions that are run again when the database asks for it, and errors that say whether to come back. */
import type { Kysely, Transaction } from "kysely";
import { ScimError } from "scimkit";
import { isConflict, isUnavailable } from "./database-error.ts";

/** How often a transaction is run before its client is told to come back. */
const attempts = 25;

/**
 * Runs `work` in a transaction; once more, after a short and random wait, for every serialisation failure or deadlock.
 *
 * @throws ScimError 503 when the database is out of reach, or still in conflict after 25 attempts; else what `work` throws
 */
export async function inTransaction<Database, Result>(
  db: Kysely<Database>,
  work: (trx: Transaction<Database>) => Promise<Result>,
): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await db.transaction().execute(work);
    } catch (thrown) {
      if (!isConflict(thrown)) throw unavailableOr(thrown);
      if (attempt === attempts) {
        throw ScimError.unavailable("Too many changes at once: nothing was written. Send the request again.", 1, {
          cause: thrown,
        });
      }
      await pause(Math.random() * Math.min(400, 5 * 2 ** attempt));
    }
  }
}

/** @throws ScimError 503 when the database is out of reach; else what `work` throws */
export async function reading<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (thrown) {
    throw unavailableOr(thrown);
  }
}

function unavailableOr(thrown: unknown): unknown {
  if (thrown instanceof ScimError || !isUnavailable(thrown)) return thrown;
  return ScimError.unavailable("The database is out of reach at the moment. Send the request again later.", 5, {
    cause: thrown,
  });
}

async function pause(milliseconds: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
}
