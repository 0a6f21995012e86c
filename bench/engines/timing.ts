/** Times two functions side by side. */
import { do_not_optimize, measure } from "mitata";
import { significant } from "../report/lines.ts";
import { type EngineLine, median } from "../report/results.ts";

/** How one engine is measured beside another. */
export interface Contest {
  readonly name: string;
  /** What one call is, if not one operation: the figure is divided by it. */
  readonly operations?: number;
  readonly own: () => unknown;
  /** What a host would use instead; absent where there is nothing. */
  readonly other?: { readonly name: string; readonly run: () => unknown };
}

/** Interleaved runs of each. */
const rounds = 5;
const seconds = (full: boolean): number => (full ? 0.4 : 0.06);

/** Runs own, other, own, other …; medians. */
export async function contest({ name, operations = 1, own, other }: Contest, full: boolean): Promise<EngineLine> {
  const mine: number[] = [];
  const theirs: number[] = [];
  for (let round = 0; round < rounds; round++) {
    mine.push(await nanoseconds(own, full));
    if (other !== undefined) theirs.push(await nanoseconds(other.run, full));
  }
  const amount = median(mine) / operations / 1_000;
  return {
    name,
    against: other?.name ?? "",
    ratio: other === undefined ? 0 : significant(median(theirs.map((time, round) => time / (mine[round] ?? time)))),
    amount: significant(amount),
    unit: "µs",
  };
}

async function nanoseconds(run: () => unknown, full: boolean): Promise<number> {
  const stats = await measure(() => do_not_optimize(run()), { min_cpu_time: seconds(full) * 1e9, min_samples: 5 });
  return stats.p50;
}
