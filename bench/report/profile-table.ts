/** A CPU profile as two tables: by part of the house, and by function. */
import { readFileSync } from "node:fs";
import { z } from "zod";
import { aligned } from "./table.ts";

const Profile = z.object({
  nodes: z.array(
    z.object({
      id: z.number(),
      callFrame: z.object({ functionName: z.string(), url: z.string(), lineNumber: z.number() }),
    }),
  ),
  samples: z.array(z.number()),
  timeDeltas: z.array(z.number()),
});

/** Functions in the second table. */
const shown = 40;

/**
 * @param text - the content of a `.cpuprofile`
 * @param bundle - the file that was profiled
 * @param cpu - microseconds of CPU while the requests were answered
 * @param microseconds - how long that took; before it, the server filled itself
 */
export function profileTables(
  text: string,
  bundle: string,
  requests: number,
  cpu: number,
  microseconds: number,
): string {
  const profile = Profile.parse(JSON.parse(text));
  const moduleOf = moduleFinder(bundle);
  const frames = new Map(profile.nodes.map(({ id, callFrame }) => [id, callFrame]));
  const loaded = lastSamples(profile, microseconds);
  const parts = new Map<string, number>();
  const functions = new Map<string, number>();
  let busy = 0;
  for (const sample of loaded) {
    const frame = frames.get(sample);
    if (frame === undefined || frame.functionName === "(idle)") continue;
    const module = frame.url.endsWith(bundle) ? moduleOf(frame.lineNumber) : packageOf(frame.url);
    busy++;
    add(parts, module === "" ? frame.functionName || "(native)" : partOf(module));
    add(functions, `${frame.functionName || "(anonymous)"}  ${module}`);
  }
  const row = ([label, count]: [string, number]): string[] => [
    label,
    ((count / busy) * (cpu / requests)).toFixed(2),
    `${((count / busy) * 100).toFixed(1)} %`,
  ];
  const sorted = (counts: Map<string, number>): string[][] => [...counts].sort((a, b) => b[1] - a[1]).map(row);
  return `${aligned([["part", "µs", ""], ...sorted(parts)])}\n\n${aligned([["function", "µs", ""], ...sorted(functions).slice(0, shown)])}`;
}

/** The samples of the last so many microseconds. */
function lastSamples({ samples, timeDeltas }: z.infer<typeof Profile>, microseconds: number): number[] {
  let first = samples.length;
  for (let left = microseconds; left > 0 && first > 0; first--) left -= timeDeltas[first - 1] ?? 0;
  return samples.slice(first);
}

function add(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

/** esbuild names each module in a comment in front of it. */
function moduleFinder(bundle: string): (line: number) => string {
  const modules: string[] = [];
  let current = "";
  for (const line of readFileSync(bundle, "utf8").split("\n")) {
    if (/^\/\/ \S+\.ts$/.test(line)) current = line.slice(3);
    modules.push(current);
  }
  return (line) => modules[line] ?? "";
}

function packageOf(url: string): string {
  const found = /node_modules\/((?:@[^/]+\/)?[^/]+)\/(?!.*node_modules)/.exec(url)?.[1];
  return found ?? url;
}

/** `src/protocol/get.ts` → `src/protocol`; `node:internal/url` → `node:internal`. */
function partOf(module: string): string {
  if (module.startsWith("node:"))
    return module.startsWith("node:_http") || module.startsWith("node:net") ? "node:http, net" : "node: other";
  return module.includes("/") && module.endsWith(".ts") ? module.split("/").slice(0, 2).join("/") : module;
}
