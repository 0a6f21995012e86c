/** Samples to lines: medians, and ratios between samples of the same round. */
import type { Measured, Sample } from "../measure.ts";
import type { Scenario } from "../scenarios/scenario.ts";
import { yardstick } from "../targets/all.ts";
import { type Line, median } from "./results.ts";

/** One line for each target that was measured. */
export function linesOf(scenario: Scenario, { samples }: Measured): Line[] {
  const base = samples.get(yardstick) ?? [];
  return [...samples].map(([target, taken]) => ({
    scenario: scenario.name,
    target,
    ratio: ratio(taken, base, (own, other) => own.requestsPerSecond / other.requestsPerSecond),
    cpuRatio: ratio(taken, base, (own, other) => other.cpuMicroseconds / own.cpuMicroseconds),
    requestsPerSecond: significant(median(taken.map((sample) => sample.requestsPerSecond))),
    cpuMicroseconds: significant(median(taken.map((sample) => sample.cpuMicroseconds))),
    p50: significant(median(taken.map((sample) => sample.p50))),
    p99: significant(median(taken.map((sample) => sample.p99))),
    max: significant(Math.max(...taken.map((sample) => sample.max))),
    blocked: significant(median(taken.map((sample) => sample.blocked))),
    rounds: taken.length,
  }));
}

function ratio(
  own: readonly Sample[],
  base: readonly Sample[],
  between: (own: Sample, other: Sample) => number,
): number {
  const ratios = own.flatMap((sample, round) => {
    const other = base[round];
    return other === undefined ? [] : [between(sample, other)];
  });
  return significant(median(ratios));
}

/** Three digits are all that a benchmark knows. */
export function significant(value: number): number {
  return Number(value.toPrecision(3));
}
