/** Settings: the options of createAccess with every default, and hooks that cannot hang. */
import type { ConnectionContext } from "../connections/connection.ts";
import type { Connections } from "../connections/connections.ts";
import { ScimError } from "../error.ts";
import type { MaybePromise } from "../protocol/bearer.ts";
import type { AccessEvent } from "./access-event.ts";
import type { AccessStore } from "./access-store.ts";
import type { DesiredAccess } from "./desired.ts";
import type { AccessOptions, Surface } from "./options.ts";

/** What the parts of createAccess are given. */
export interface Settings {
  readonly connections: Connections;
  readonly store: AccessStore;
  reconcile(desired: DesiredAccess, ctx: ConnectionContext, tx: unknown): Promise<void>;
  readonly admit: ((...parameters: Parameters<NonNullable<AccessOptions["admit"]>>) => Promise<void>) | undefined;
  readonly guard: ((...parameters: Parameters<NonNullable<AccessOptions["guard"]>>) => Promise<void>) | undefined;
  readonly surfaces: ReadonlyMap<string, Surface>;
  readonly mustBeComplete: boolean;
  readonly usersPerRequest: number;
  readonly usersPerBatch: number;
  readonly journalDays: number;
  readonly receiptDays: number;
  readonly alarm: { readonly share: number; readonly minutes: number; readonly least: number };
  /** Runs a hook of the host's. @throws ScimError 503 if it takes too long or throws anything but a ScimError */
  bounded<T>(name: string, work: () => MaybePromise<T>): Promise<T>;
  /** Never throws. */
  tell(event: AccessEvent): Promise<void>;
  /** Never throws. */
  fail(error: unknown): void;
  now(): Date;
}

/** Seconds after which a write that a hook has failed may be tried again. */
const retryAfter = 30;

/**
 * Fills in the defaults.
 *
 * @throws TypeError or RangeError naming the option that makes no sense
 */
export function resolveSettings<Tx>(options: AccessOptions<Tx>): Settings;
export function resolveSettings(options: AccessOptions): Settings {
  if (typeof options.connections?.scim !== "function") {
    throw new TypeError("createAccess: `connections` must be what createConnections returned.");
  }
  if (typeof options.store?.within !== "function") {
    throw new TypeError("createAccess: `store` must be an AccessStore, such as `memoryAccess()`.");
  }
  if (typeof options.reconcileAccess !== "function") {
    throw new TypeError("createAccess: `reconcileAccess` must be a function (desired, ctx, tx).");
  }
  const { connections, store, admit, guard, deactivation = "complete" } = options;
  if (deactivation !== "complete" && deactivation !== "started") {
    throw new TypeError('createAccess: `deactivation` must be "complete" or "started".');
  }
  const milliseconds = above("hookTimeout", options.hookTimeout ?? 10) * 1_000;
  const bounded: Settings["bounded"] = (name, work) => withinTime(name, work, milliseconds);
  const fail = (error: unknown): void => {
    try {
      options.onError?.(error);
    } catch {
      // There is nobody left to tell.
    }
  };
  return {
    connections,
    store,
    reconcile: (desired, ctx, tx) => bounded("reconcileAccess", () => options.reconcileAccess(desired, ctx, tx)),
    admit: admit && ((user, ctx, tx) => bounded("admit", () => admit.call(options, user, ctx, tx))),
    guard: guard && ((loss, ctx, tx) => bounded("guard", () => guard.call(options, loss, ctx, tx))),
    surfaces: surfacesOf(options.surfaces ?? {}),
    mustBeComplete: deactivation === "complete",
    usersPerRequest: whole("usersPerRequest", options.usersPerRequest ?? 500),
    usersPerBatch: whole("usersPerBatch", options.usersPerBatch ?? 200),
    journalDays: above("journalDays", options.journalDays ?? 30),
    receiptDays: above("receiptDays", options.receiptDays ?? 365),
    alarm: {
      share: above("alarm.share", options.alarm?.share ?? 0.2, 1),
      minutes: above("alarm.minutes", options.alarm?.minutes ?? 60),
      least: whole("alarm.least", options.alarm?.least ?? 5),
    },
    bounded,
    async tell(event) {
      try {
        await options.onEvent?.(event);
      } catch (error) {
        fail(error);
      }
    },
    fail,
    now: () => options.now?.() ?? new Date(),
  };
}

function surfacesOf(given: Readonly<Record<string, Surface>>): ReadonlyMap<string, Surface> {
  for (const [name, surface] of Object.entries(given)) {
    if (typeof surface?.revoke !== "function") {
      throw new TypeError(`createAccess: the surface \`${name}\` must have a function \`revoke(user, tx)\`.`);
    }
  }
  return new Map(Object.entries(given));
}

async function withinTime<T>(name: string, work: () => MaybePromise<T>, milliseconds: number): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`The hook \`${name}\` has not ended in time.`)), milliseconds);
  });
  try {
    return await Promise.race([(async () => await work())(), late]);
  } catch (thrown) {
    if (thrown instanceof ScimError) throw thrown;
    throw new ScimError(503, "The application could not apply this change to people's access. Try again later.", {
      cause: thrown,
      headers: { "Retry-After": String(retryAfter) },
    });
  } finally {
    clearTimeout(timer);
  }
}

function whole(name: string, value: number): number {
  if (Number.isSafeInteger(value) && value >= 1) return value;
  throw new RangeError(`createAccess: \`${name}\` must be a whole number of at least 1.`);
}

function above(name: string, value: number, most = Number.MAX_SAFE_INTEGER): number {
  if (Number.isFinite(value) && value > 0 && value <= most) return value;
  throw new RangeError(`createAccess: \`${name}\` must be a number above 0${most === 1 ? " and at most 1" : ""}.`);
}
