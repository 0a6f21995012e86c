/** The results of a run, as they are kept in `bench/results.json`. */
import { readFileSync } from "node:fs";
import { cpus } from "node:os";
import { fileURLToPath } from "node:url";
import { z } from "zod";

const Line = z.object({
  scenario: z.string(),
  target: z.string(),
  /** Requests per second against the yardstick, in the same rounds: the median over the rounds. */
  ratio: z.number(),
  /** The yardstick's CPU per request against this target's, least of the rounds: above 1 where this target needs less. */
  cpuRatio: z.number(),
  requestsPerSecond: z.number(),
  /** The server's CPU per request, the least of the rounds. */
  cpuMicroseconds: z.number(),
  /** Latencies in milliseconds. */
  p50: z.number(),
  p99: z.number(),
  max: z.number(),
  /** The longest block of the event loop in milliseconds, where it was watched; else 0. */
  blocked: z.number(),
  rounds: z.number(),
});
/** One scenario on one target. */
export type Line = z.infer<typeof Line>;

export const EngineLine = z.object({
  name: z.string(),
  /** What `ratio` compares with; empty when it stands for itself. */
  against: z.string(),
  /** How many times faster than `against`; 0 when there is nothing to compare with. */
  ratio: z.number(),
  amount: z.number(),
  unit: z.string(),
});
/** One figure of an engine, without HTTP. */
export type EngineLine = z.infer<typeof EngineLine>;

const Results = z.object({
  mode: z.enum(["quick", "full"]),
  machine: z.string(),
  node: z.string(),
  lines: z.array(Line),
  engines: z.array(EngineLine),
});
export type Results = z.infer<typeof Results>;

/** Where results are committed. */
export const resultsFile = fileURLToPath(new URL("../results.json", import.meta.url));
export const chartFile = fileURLToPath(new URL("../results.svg", import.meta.url));

export const machine = (): string => `${cpus().length} × ${cpus()[0]?.model ?? "unknown"}`;

/** @throws Error if there are none, or they are of another shape */
export function readResults(file: string): Results {
  return Results.parse(JSON.parse(readFileSync(file, "utf8")));
}

/** The middle of some numbers; 0 of none. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}
