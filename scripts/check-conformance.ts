/** `npm run check:conformance`, after `npm test`: every row of docs/conformance.md has its test, which ran and passed. */
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { mounts } from "../test/mounts.ts";
import { problemsOf, readReport, readRows } from "./conformance.ts";

const root = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url));
const report = root("node_modules/.cache/vitest-report.json");

if (!existsSync(report)) throw new Error("There is no report of the tests; run `npm test` first.");
const { rows, problems } = readRows(readFileSync(root("docs/conformance.md"), "utf8"));
const ran = readReport(JSON.parse(readFileSync(report, "utf8")), root("test/").replaceAll("\\", "/"));
const overHttp = mounts.filter(({ readsBodies }) => readsBodies).map(({ name }) => name);
const all = [...problems, ...problemsOf(rows, ran, overHttp)];
for (const problem of all) console.log(`  ${problem}`);
console.log(`${rows.length} statements, ${all.length} problems in docs/conformance.md.`);
if (all.length > 0) process.exitCode = 1;
