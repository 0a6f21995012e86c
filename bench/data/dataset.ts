/** How much data a target is given. */

export type DatasetName = "small" | "large" | "users";

export interface Dataset {
  /** Users 0 … users − 1. */
  readonly users: number;
  /** More users after those, members of no group: the ones that the scenarios add and remove. */
  readonly spare: number;
  /** One group for each, whose members are the first so many users. */
  readonly groups: readonly number[];
}

/** `small` for scans, pages and writes; `large` for what has to stay flat; `users` for memory alone. */
export const datasets: Readonly<Record<DatasetName, Dataset>> = {
  small: { users: 10_000, spare: 0, groups: [100] },
  large: { users: 100_000, spare: 2_000, groups: [100, 10_000, 100_000] },
  users: { users: 100_000, spare: 0, groups: [] },
};

/** How many user ids a target reports, so that messages stay small. */
const reported = 2_000;

/** Ids as a target minted them. */
export interface Ids {
  /** The first users, by index. */
  readonly users: readonly string[];
  readonly spare: readonly string[];
  /** Groups by their size. */
  readonly groups: Readonly<Record<string, string>>;
  /** The entity tag that the target gives `/Schemas`; absent where it gives none. */
  readonly schemasTag?: string | undefined;
}

/** What a target does to take in a dataset; both return the new id. */
export interface Sink {
  user(index: number): string | Promise<string>;
  group(displayName: string, members: readonly string[]): string | Promise<string>;
}

/** Fills a target, one resource after the other. */
export async function fill(dataset: Dataset, sink: Sink): Promise<Ids> {
  const users: string[] = [];
  for (let index = 0; index < dataset.users + dataset.spare; index++) users.push(await sink.user(index));
  const groups: Record<string, string> = {};
  for (const size of dataset.groups) groups[size] = await sink.group(`Group of ${size}`, users.slice(0, size));
  return { users: users.slice(0, reported), spare: users.slice(dataset.users), groups };
}
