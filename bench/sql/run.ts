/**
 * `npm run bench:sql`: what the stores of scimkit/kysely add to the database's own time, on a real server.
 *
 * 1,000,000 users and a group of 100,000 members, in mapped tables and in the ready-made ones; `-- --quick` takes a tenth
 * of it, `-- --layout mapped` one of the two; both write no files. Ends with 1 if a line misses its aim.
 */
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { CompiledQuery } from "kysely";
import pg from "pg";
import { startPostgres } from "../../test/postgres.ts";
import { machine } from "../report/results.ts";
import type { Size, SqlLayout } from "./layout.ts";
import { mapped } from "./mapped.ts";
import { type Measured, measure } from "./measure.ts";
import { type Plan, plansOf, scans } from "./plans.ts";
import { questionsFor } from "./questions.ts";
import { readyMade } from "./ready-made.ts";
import { aim, type LayoutResults, page, type SqlResults, table } from "./report.ts";

const words = process.argv.slice(2);
const quick = words.includes("--quick");
const only = words.includes("--layout") ? words[words.indexOf("--layout") + 1] : undefined;
const size: Size = quick ? { users: 100_000, members: 10_000 } : { users: 1_000_000, members: 100_000 };
const layouts = [mapped, readyMade].filter(({ name }) => name.startsWith(only ?? ""));

const server = await startPostgres();
if (server === undefined) process.exit(1);
const pool = new pg.Pool({ connectionString: server.url, max: 4 });
const { rows } = await pool.query("show server_version");
const results: SqlResults = {
  mode: quick ? "quick" : "full",
  machine: machine(),
  node: process.version,
  postgres: String(rows[0]?.server_version),
  ...size,
  layouts: [],
};
const layoutResults: LayoutResults[] = [];
for (const layout of layouts) layoutResults.push(await run(layout));
const whole: SqlResults = { ...results, layouts: layoutResults };
console.log(table(whole));
if (!quick && only === undefined) {
  const file = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
  writeFileSync(file("results.json"), `${JSON.stringify(whole, null, 1)}\n`);
  writeFileSync(file("README.md"), page(whole));
}
await pool.end();
await server.stop();
const missed = whole.layouts.flatMap(({ name, missed }) => missed.map((line) => `${name}: ${line}`));
for (const line of missed) console.log(`✗ ${line}`);
process.exitCode = missed.length > 0 ? 1 : 0;

async function run(layout: SqlLayout): Promise<LayoutResults> {
  const heard: CompiledQuery[] = [];
  const start = performance.now();
  const filled = await layout.open(pool, () => {}).fill(size);
  // As a host that starts when the indexes are there.
  let listening = true;
  const open = layout.open(pool, (query) => {
    if (listening) heard.push(query);
  });
  console.log(`${layout.name}: filled in ${Math.round((performance.now() - start) / 1000)} s`);
  const questions = await questionsFor(layout, open, pool, filled, size);
  const plans: (readonly Plan[])[] = [];
  for (const question of questions) plans.push(await plansOf(question, heard, pool));
  listening = false;
  const lines: Measured[] = [];
  for (const rounds of new Set(questions.map((question) => question.rounds))) {
    lines.push(...(await measure(questions.filter((question) => question.rounds === rounds))));
  }
  const scanning = questions.filter(({ mayScan }, at) => !mayScan && scans(plans[at] ?? []));
  const missed = [
    ...scanning.map(({ name }) => `${name} reads a whole table`),
    ...lines
      .filter(({ ratio }) => ratio >= aim)
      .map(({ name, ratio }) => `${name} takes ${ratio.toFixed(2)} times as long as by hand`),
    ...["add a member to", "remove a member from"].flatMap((what) => {
      const [small, large] = lines.filter(({ name }) => name.startsWith(what));
      return small !== undefined && large !== undefined && large.store > 1.5 * small.store
        ? [`${what} a group depends on its size`]
        : [];
    }),
  ];
  return {
    name: layout.name,
    lines: questions.flatMap((question, at) => {
      const line = lines.find(({ name }) => name === question.name);
      return line === undefined ? [] : [{ ...line, plans: plans[at] ?? [] }];
    }),
    missed,
  };
}
