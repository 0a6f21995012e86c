/** Revocation: ending somebody's access at every surface of the host's, with a receipt for each. */
import { ScimError } from "../error.ts";
import type { AccessUnit } from "./access-store.ts";
import { daysBefore } from "./days-before.ts";
import type { Surface } from "./options.ts";
import type { Receipt } from "./receipt.ts";
import type { Settings } from "./settings.ts";

/** Whose access ends, and by what. */
export interface Ending {
  readonly connection: string;
  readonly organisation: string;
  readonly user: string;
  readonly request: string;
}

/**
 * Ends access at all surfaces, and keeps the receipts.
 *
 * @returns receipts of surfaces where something is left
 * @throws ScimError 503 if something is left and the host wants it complete
 */
export async function revokeAccess(
  unit: AccessUnit,
  ending: Ending,
  tx: unknown,
  settings: Settings,
): Promise<readonly Receipt[]> {
  const open: Receipt[] = [];
  for (const [name, surface] of settings.surfaces) {
    const first = { id: crypto.randomUUID(), ...ending, surface: name, attempts: 0 };
    const receipt = await attempt(first, surface, tx, settings);
    if (!receipt.complete && settings.mustBeComplete) throw incomplete(receipt);
    await save(unit, receipt, settings);
    if (!receipt.complete) open.push(receipt);
  }
  return open;
}

/** Tries once more what is not complete; a surface that the host has given up is let go. */
export async function retryRevocations(unit: AccessUnit, settings: Settings): Promise<readonly Receipt[]> {
  const tried: Receipt[] = [];
  for (const receipt of await unit.receipts("open", settings.usersPerBatch)) {
    const surface = settings.surfaces.get(receipt.surface);
    const next: Receipt =
      surface === undefined
        ? { ...receipt, complete: true, problem: "The application has no such surface any more." }
        : await attempt(receipt, surface, unit.tx, settings);
    await save(unit, next, settings);
    tried.push(next);
  }
  return tried;
}

function save(unit: AccessUnit, receipt: Receipt, { now, receiptDays }: Settings): Promise<void> {
  return unit.saveReceipt(receipt, daysBefore(now(), receiptDays));
}

type Begun = Pick<Receipt, "id" | "connection" | "organisation" | "user" | "request" | "surface" | "attempts"> &
  Partial<Receipt>;

async function attempt(begun: Begun, surface: Surface, tx: unknown, settings: Settings): Promise<Receipt> {
  const { id, connection, organisation, user, request, surface: name, attempts } = begun;
  const at = settings.now();
  const started = Date.now();
  const outcome = await outcomeOf(user, surface, tx, settings);
  const duration = Date.now() - started;
  return {
    id,
    connection,
    organisation,
    user,
    request,
    surface: name,
    at,
    duration,
    attempts: attempts + 1,
    ...outcome,
  };
}

async function outcomeOf(
  user: string,
  surface: Surface,
  tx: unknown,
  { bounded, fail }: Settings,
): Promise<Pick<Receipt, "ended" | "remaining" | "complete" | "problem">> {
  try {
    const ended = await bounded("revoke", () => surface.revoke(user, tx));
    const remaining =
      surface.remaining === undefined ? 0 : await bounded("remaining", () => surface.remaining?.(user, tx));
    return {
      ended: typeof ended === "number" ? ended : undefined,
      remaining,
      complete: remaining === 0,
      problem: remaining === 0 ? undefined : "Some access is left.",
    };
  } catch (thrown) {
    fail(thrown);
    const problem = thrown instanceof ScimError && thrown.status < 500 ? thrown.detail : "The application failed.";
    return { ended: undefined, remaining: undefined, complete: false, problem };
  }
}

function incomplete({ surface }: Receipt): ScimError {
  return new ScimError(503, `The user's access has not ended everywhere yet ("${surface}"). Try again later.`, {
    headers: { "Retry-After": "30" },
  });
}
