/**
 * `npm run bench`: measures scimkit beside what one would use instead, in one invocation, interleaved.
 *
 * Quick mode takes under two minutes; `-- --full` measures all targets, longer. `-- --only <text>` keeps the scenarios
 * whose name contains the text, `-- --targets raw-express,scimkit-node` those targets; both write no files.
 */
import { writeFileSync } from "node:fs";
import { benchmark, type Options } from "./benchmark.ts";
import { chart } from "./report/chart.ts";
import { chartFile, resultsFile } from "./report/results.ts";
import { engineTable, latencyTable, ratioTable } from "./report/table.ts";

const words = process.argv.slice(2);
const only = words.includes("--only") ? words[words.indexOf("--only") + 1] : undefined;
const targets = words.includes("--targets") ? words[words.indexOf("--targets") + 1] : undefined;
const options: Options = { full: words.includes("--full"), only: only?.toLowerCase(), targets: targets?.split(",") };

const results = await benchmark(options);
console.log(`\n${ratioTable(results.lines)}\n\n${latencyTable(results.lines)}\n\n${engineTable(results.engines)}\n`);
if (only === undefined && targets === undefined) {
  writeFileSync(resultsFile, `${JSON.stringify(results, null, 1)}\n`);
  writeFileSync(chartFile, chart(results.lines));
}
