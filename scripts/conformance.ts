/** docs/conformance.md against what the tests did: rows, named tests, and what is wrong with them. */

/** A test as a row names it. */
export interface NamedTest {
  /** Below `test/`: `rfc7644/3.7-bulk.test.ts`. */
  readonly file: string;
  /** The test's own title, or that of its suites before it, joined by ` > `. */
  readonly title: string;
}

/** One row of one table. */
export interface ConformanceRow {
  /** `RFC 7644 §3.7.1 (line 120)`: for messages. */
  readonly place: string;
  readonly status: string;
  readonly tests: readonly NamedTest[];
}

/** A test that vitest knows of. */
export interface RanTest {
  readonly file: string;
  /** Suites, outermost first, without their mounts; then the test itself. */
  readonly path: readonly string[];
  /** The mount that its suite is titled after; long names are cut by vitest and end in `…`. */
  readonly mount: string | undefined;
  readonly state: string;
}

/** What was read, and what could not be. */
interface Reading {
  readonly rows: readonly ConformanceRow[];
  readonly problems: readonly string[];
}

const titleRow = "| section | statement | status | test |";
const statusForm = /^(?:holds(?:: .+)?|(?:option|host|departs): .+)$/s;
const mountForm = / over '+(.+?)'+$/;

/** The rows of every table below a heading `## RFC …`, and what is wrong with their form. */
export function readRows(markdown: string): Reading {
  const rows: ConformanceRow[] = [];
  const problems: string[] = [];
  let rfc: string | undefined;
  markdown.split("\n").forEach((line, index) => {
    if (line.startsWith("## ")) rfc = /^## (RFC \d+)$/.exec(line)?.[1];
    if (rfc === undefined || !line.startsWith("|") || line === titleRow || /^[|\s-]+$/.test(line)) return;
    const cells = line
      .split(/(?<!\\)\|/)
      .slice(1, -1)
      .map((cell) => cell.replaceAll("\\|", "|").trim());
    const [section = "", statement = "", status = "", test = ""] = cells;
    const place = `${rfc} §${section} (line ${index + 1})`;
    if (cells.length !== 4) problems.push(`${place}: a row has 4 cells; this has ${cells.length}.`);
    if (section === "" || statement === "") problems.push(`${place}: a row needs a section and a statement.`);
    if (!statusForm.test(status)) {
      problems.push(`${place}: "${status}" is no status: holds, or option, host or departs with a colon and a reason.`);
    }
    const tests = readTests(test);
    if (tests === undefined) problems.push(`${place}: the test column takes \`file.test.ts: title\` and nothing else.`);
    else rows.push({ place, status, tests });
  });
  return { rows, problems };
}

/** Undefined if there is anything but code spans in the right form. */
function readTests(cell: string): readonly NamedTest[] | undefined {
  if (cell.replace(/`[^`]+`/g, "").replace(/<br>|[\s,]/g, "") !== "") return undefined;
  const tests: NamedTest[] = [];
  for (const [, span = ""] of cell.matchAll(/`([^`]+)`/g)) {
    const [, file, title] = /^(\S+\.test\.ts): (.+)$/.exec(span) ?? [];
    if (file === undefined || title === undefined) return undefined;
    tests.push({ file, title });
  }
  return tests;
}

/**
 * The tests in vitest's JSON report.
 *
 * @param folder - the absolute path of `test/`, with a slash at its end
 * @throws TypeError if it is no such report
 */
export function readReport(report: unknown, folder: string): readonly RanTest[] {
  return listAt(report, "testResults").flatMap((result) => {
    const name = textAt(result, "name").replaceAll("\\", "/");
    const file = name.startsWith(folder) ? name.slice(folder.length) : name;
    return listAt(result, "assertionResults").map((assertion) => {
      const suites = listAt(assertion, "ancestorTitles").map(String);
      const mount = suites.flatMap((suite) => mountForm.exec(suite)?.[1] ?? [])[0];
      const path = [...suites.map((suite) => suite.replace(mountForm, "")), textAt(assertion, "title")];
      return { file, path, mount, state: textAt(assertion, "status") };
    });
  });
}

/**
 * What the rows claim and the tests do not show.
 *
 * @param mounts - the names of the mounts on which every test below `test/conformance/` has to run
 */
export function problemsOf(
  rows: readonly ConformanceRow[],
  ran: readonly RanTest[],
  mounts: readonly string[],
): readonly string[] {
  const byFile = new Map<string, RanTest[]>();
  for (const test of ran) {
    const known = byFile.get(test.file);
    if (known === undefined) byFile.set(test.file, [test]);
    else known.push(test);
  }
  return rows.flatMap(({ place, status, tests }) => {
    const isShown = status.startsWith("holds") || status.startsWith("option");
    const untested = isShown && tests.length === 0 ? [`${place}: no test.`] : [];
    const wrong = tests.flatMap((test) =>
      problemsOfTest(test, byFile.get(test.file) ?? [], mounts).map(
        (problem) => `${place}: ${test.file}: "${test.title}" ${problem}`,
      ),
    );
    return [...untested, ...wrong];
  });
}

function problemsOfTest(test: NamedTest, inFile: readonly RanTest[], mounts: readonly string[]): readonly string[] {
  const found = inFile.filter(({ path }) => path.some((_, from) => path.slice(from).join(" > ") === test.title));
  if (found.length === 0) return ["does not exist, or its file could not be run."];
  const required = test.file.startsWith("conformance/") ? mounts : [];
  const missing = required.filter(
    (name) => !found.some(({ mount, state }) => state === "passed" && mount !== undefined && isMount(mount, name)),
  );
  const failed = found.filter(({ state }) => state === "failed");
  return [
    ...(failed.length > 0 ? [`failed${over(failed)}.`] : []),
    ...(missing.length > 0 ? [`did not pass over ${missing.join("; ")}.`] : []),
    ...(found.some(({ state }) => state === "passed") ? [] : ["did not run."]),
  ];
}

function isMount(shown: string, name: string): boolean {
  return shown === name || (shown.endsWith("…") && name.startsWith(shown.slice(0, -1)));
}

function over(tests: readonly RanTest[]): string {
  const mounts = tests.flatMap(({ mount }) => mount ?? []);
  return mounts.length === 0 ? "" : ` over ${mounts.join("; ")}`;
}

function at(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null
    ? Object.entries(value).find(([key]) => key === name)?.[1]
    : undefined;
}

function listAt(value: unknown, name: string): readonly unknown[] {
  const list = at(value, name);
  if (!Array.isArray(list)) throw new TypeError(`The test report has no list "${name}".`);
  return list;
}

function textAt(value: unknown, name: string): string {
  const text = at(value, name);
  if (typeof text !== "string") throw new TypeError(`The test report has no text "${name}".`);
  return text;
}
