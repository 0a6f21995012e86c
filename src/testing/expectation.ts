/** What a check of the store contract expects, and how it says that it was disappointed. */
import { ScimError, type ScimType } from "../error.ts";
import { isRecord } from "../filter/present.ts";

/** A broken promise of a store: what was expected, and what came. */
export class ContractError extends Error {
  override readonly name = "ContractError";
}

/**
 * @param what - the sentence that is to be true
 * @throws ContractError if `holds` is false
 */
export function expectThat(holds: boolean, what: string): asserts holds {
  if (!holds) throw new ContractError(`Expected: ${what}.`);
}

/**
 * Compares JSON: members in any order, undefined ones left out.
 *
 * @throws ContractError showing both
 */
export function expectEqual(actual: unknown, expected: unknown, what: string): void {
  const [came, wanted] = [canonical(actual), canonical(expected)];
  if (came !== wanted) throw new ContractError(`Expected ${what} to be ${shown(wanted)}; it was ${shown(came)}.`);
}

/** As {@link expectEqual}, of two lists whose order does not matter. */
export function expectSameElements(actual: readonly unknown[], expected: readonly unknown[], what: string): void {
  const sorted = (list: readonly unknown[]): readonly string[] => list.map(canonical).sort();
  expectEqual(sorted(actual), sorted(expected), what);
}

/**
 * @returns the error
 * @throws ContractError if `work` succeeds, or throws anything but a ScimError of that status and scimType
 */
export async function expectScimError(
  work: Promise<unknown>,
  status: number,
  scimType: ScimType | undefined,
  what: string,
): Promise<ScimError> {
  const thrown = await thrownBy(work, what);
  const wanted = `${status}${scimType === undefined ? "" : ` ${scimType}`}`;
  if (!(thrown instanceof ScimError)) {
    throw new ContractError(`Expected ${what} to be refused with a ScimError ${wanted}; it threw ${String(thrown)}.`, {
      cause: thrown,
    });
  }
  const came = `${thrown.status}${thrown.scimType === undefined ? "" : ` ${thrown.scimType}`}`;
  if (thrown.status === status && (scimType === undefined || thrown.scimType === scimType)) return thrown;
  throw new ContractError(`Expected ${what} to be refused with ${wanted}; it was ${came}: ${thrown.detail}`, {
    cause: thrown,
  });
}

/**
 * @returns what `work` throws
 * @throws ContractError if it succeeds
 */
export async function thrownBy(work: Promise<unknown>, what: string): Promise<unknown> {
  try {
    await work;
  } catch (thrown) {
    return thrown;
  }
  throw new ContractError(`Expected ${what} to be refused; it succeeded.`);
}

/** How many of `works` succeeded, and what the others threw. */
export async function settle(
  works: readonly Promise<unknown>[],
): Promise<{ readonly succeeded: number; readonly thrown: readonly unknown[] }> {
  const results = await Promise.allSettled(works);
  const thrown = results.flatMap((result) => (result.status === "rejected" ? [result.reason] : []));
  return { succeeded: results.length - thrown.length, thrown };
}

/** JSON text with members in alphabetical order. */
function canonical(value: unknown): string {
  const text = JSON.stringify(value, (_, held: unknown) => {
    if (!isRecord(held) || held instanceof Date) return held;
    return Object.fromEntries(Object.entries(held).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
  return text ?? "undefined";
}

function shown(text: string): string {
  return text.length > 1_000 ? `${text.slice(0, 1_000)}…` : text;
}
