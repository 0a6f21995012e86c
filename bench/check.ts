/** `npm run bench:check`: measures again in quick mode, and fails when a ratio got 25 % worse than the committed one. */
import { benchmark } from "./benchmark.ts";
import { type EngineLine, type Line, readResults, resultsFile } from "./report/results.ts";
import { judged } from "./report/table.ts";

/** The part of a committed ratio that has to be left. */
const tolerated = 0.75;

interface Compared {
  readonly name: string;
  readonly committed: number;
  readonly now: number;
}

const committed = readResults(resultsFile);
const now = await benchmark({ full: false, only: undefined, targets: undefined });
const compared = [...compareLines(committed.lines, now.lines), ...compareEngines(committed.engines, now.engines)];
const worse = compared.filter((one) => one.now < one.committed * tolerated);

for (const one of compared) {
  const mark = worse.includes(one) ? "WORSE" : "ok   ";
  console.log(`${mark}  ${one.name}: ${one.now} (committed: ${one.committed})`);
}
if (worse.length > 0) {
  console.error(`${worse.length} of ${compared.length} ratios got more than 25 % worse.`);
  process.exitCode = 1;
}

/** Requests and CPU: a line is worse only if both are, since either may suffer from the neighbours on the machine. */
function compareLines(before: readonly Line[], after: readonly Line[]): Compared[] {
  return before.flatMap((line) => {
    const found = after.find(({ scenario, target }) => scenario === line.scenario && target === line.target);
    if (line.target !== judged || found === undefined) return [];
    const share = Math.max(found.ratio / line.ratio, found.cpuRatio / line.cpuRatio);
    return [{ name: line.scenario, committed: line.ratio, now: Number((line.ratio * share).toPrecision(3)) }];
  });
}

function compareEngines(before: readonly EngineLine[], after: readonly EngineLine[]): Compared[] {
  return before.flatMap((line) => {
    const found = after.find(({ name }) => name === line.name);
    if (line.against === "" || found === undefined) return [];
    return [{ name: line.name, committed: line.ratio, now: found.ratio }];
  });
}
