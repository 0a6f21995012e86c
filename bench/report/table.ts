/** Results as text. */
import { scenarios } from "../scenarios/all.ts";
import { yardstick } from "../targets/all.ts";
import type { EngineLine, Line } from "./results.ts";

/** The target whose ratios have aims. */
export const judged = "scimkit on Express";

/** A ratio, as short as it can be: `1.32`, `0.085`, `0.0002`. */
export const shortRatio = (ratio: number): string =>
  ratio >= 0.995 ? ratio.toFixed(2) : String(Number(ratio.toPrecision(2)));

/** A table of ratios: scenarios down, targets across; requests per second, and CPU beside it for the target with aims. */
export function ratioTable(lines: readonly Line[]): string {
  const names = [...new Set(lines.map((line) => line.target))].filter((name) => name !== yardstick);
  const head = ["speed against raw Express", "aim", ...names, "by CPU", "µs: raw Express", "µs: scimkit"];
  const rows = scenarios.flatMap((scenario) => {
    const own = lines.filter((line) => line.scenario === scenario.name);
    if (own.length === 0) return [];
    const of = (target: string): Line | undefined => own.find((line) => line.target === target);
    const short = (ratio: number | undefined): string => (ratio === undefined ? "–" : shortRatio(ratio));
    const ratios = names.map((name) => short(of(name)?.ratio));
    const cpu = [yardstick, judged].map((name) => String(of(name)?.cpuMicroseconds ?? "–"));
    const aim = scenario.aim === undefined ? "" : `≥ ${scenario.aim}`;
    return [[scenario.name, aim, ...ratios, short(of(judged)?.cpuRatio), ...cpu]];
  });
  return aligned([head, ...rows]);
}

/** Latencies, where they are the point: everywhere beside something big, and p99 on every line. */
export function latencyTable(lines: readonly Line[]): string {
  const rows = lines
    .filter((line) => line.target === yardstick || line.target === judged)
    .map(({ scenario, target, p50, p99, max, blocked }) => [
      scenario,
      target,
      p50.toFixed(2),
      p99.toFixed(2),
      max.toFixed(1),
      blocked === 0 ? "" : blocked.toFixed(1),
    ]);
  return aligned([["latency in ms", "target", "p50", "p99", "max", "loop blocked"], ...rows]);
}

export function engineTable(engines: readonly EngineLine[]): string {
  const rows = engines.map(({ name, amount, unit, against, ratio }) => [
    name,
    `${amount} ${unit}`,
    against === "" ? "" : `${shortRatio(ratio)} × ${against}`,
  ]);
  return aligned([["engine", "", "speed against"], ...rows]);
}

/** Rows as columns of equal width: the first to the left, the others to the right. */
export function aligned(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  return rows
    .map((row) =>
      row
        .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
