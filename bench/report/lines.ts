/** Samples to lines: medians, and ratios between samples of the same round. */
import type { Measured, Sample } from "../measure.ts";
import type { Scenario } from "../scenarios/scenario.ts";
import { yardstick } from "../targets/all.ts";
import { type Line, median } from "./results.ts";

/** One line for each target that was measured. */
export function linesOf(scenario: Scenario, { samples }: Measured): Line[] {
  const base = samples.get(yardstick) ?? [];
  const baseCpu = leastCpu(base);
  return [...samples].map(([target, taken]) => ({
    scenario: scenario.name,
    target,
    ratio: ratio(taken, base),
    cpuRatio: significant(baseCpu / leastCpu(taken)),
    requestsPerSecond: significant(median(taken.map((sample) => sample.requestsPerSecond))),
    cpuMicroseconds: significant(leastCpu(taken)),
    p50: significant(median(taken.map((sample) => sample.p50))),
    p99: significant(median(taken.map((sample) => sample.p99))),
    max: significant(Math.max(...taken.map((sample) => sample.max))),
    blocked: significant(median(taken.map((sample) => sample.blocked))),
    rounds: taken.length,
  }));
}

/** The median of the ratios within each round. */
function ratio(own: readonly Sample[], base: readonly Sample[]): number {
  const ratios = own.flatMap((sample, round) => {
    const other = base[round];
    return other === undefined ? [] : [sample.requestsPerSecond / other.requestsPerSecond];
  });
  return significant(median(ratios));
}

/** The least of the rounds: whatever else runs on the machine only ever adds to it. */
function leastCpu(samples: readonly Sample[]): number {
  return Math.min(...samples.map((sample) => sample.cpuMicroseconds));
}

/** Three digits are all that a benchmark knows. */
export function significant(value: number): number {
  return Number(value.toPrecision(3));
}
