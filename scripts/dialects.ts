/** Writes docs/dialects.md from the list of dialects: `npx tsx scripts/dialects.ts`. */
import { writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { allDialects } from "../src/dialects/all.ts";
import type { Dialect, DialectExample } from "../src/dialects/dialect.ts";

/** A run of rows that need no dialect: `D16`, or `Q62`–`Q65`. */
interface Elsewhere {
  readonly rows: readonly string[];
  readonly what: string;
  readonly where: string;
}

const run = (letter: string, from: number, to: number): readonly string[] =>
  Array.from({ length: to - from + 1 }, (_, index) => `${letter}${from + index}`);

const patch = "`src/patch/`";
const schema = "`src/schema/`";
const filter = "`src/filter/`";
const protocol = "`src/protocol/`";
const store = "the store";

/** What clients do that RFC 7644 already allows, or that is a matter of other parts. */
export const elsewhere: readonly Elsewhere[] = [
  { rows: ["D4"], what: '`"$ref": null` in a member; members are told apart by `value`', where: patch },
  { rows: ["D16"], what: "an extension nested in a PATCH value without a path", where: patch },
  { rows: ["D23"], what: "keys that a PATCH message does not have (`name`, `id`) are ignored", where: patch },
  { rows: ["D26", "D27"], what: "`replace members`, empty or large, with or without a path", where: patch },
  { rows: ["D29"], what: "`add` on a present value replaces it, `replace` on an absent one adds it", where: patch },
  { rows: ["D30"], what: "`replace` of a complex value keeps what it does not name", where: patch },
  { rows: ["D31"], what: "`operations`, `Op`, `Path`, `Value`: keys in any case", where: patch },
  { rows: ["D35"], what: "adding who is there, removing who is not: success, and no change", where: patch },
  { rows: ["D36"], what: "attribute names in any case", where: schema },
  { rows: ["D37"], what: "a removal and an addition in one body, in order and as one", where: patch },
  { rows: ["D38"], what: "`remove members` without filter and value removes all", where: patch },
  { rows: ["D40"], what: "the newest primary element is the primary one", where: patch },
  { rows: run("Q", 1, 10), what: "URLs, headers, media types, the scheme of a token", where: protocol },
  { rows: run("Q", 12, 14), what: "single discovery documents; errors and empty answers", where: protocol },
  {
    rows: ["Q15", "Q16", "Q18", "Q21", "Q24", "Q25", "Q26"],
    what: "filters of the RFC that servers get wrong",
    where: filter,
  },
  { rows: run("Q", 28, 37), what: "lists: paging, order, numbers, inactive resources", where: `${protocol}, ${store}` },
  { rows: ["Q39", "Q41"], what: "null and `[]` are no value", where: schema },
  { rows: ["Q44"], what: "attributes that no schema has: `unknownAttributes`", where: schema },
  { rows: ["Q45"], what: "readOnly attributes in a body are ignored", where: schema },
  { rows: ["Q46"], what: "`password` is taken, and never returned or logged", where: schema },
  { rows: ["Q52"], what: "equal elements are one, and one of them is primary", where: schema },
  { rows: ["Q54"], what: "sub-attribute names in any case", where: schema },
  { rows: ["Q55"], what: "what was sent is kept; nothing is computed over it", where: schema },
  { rows: ["Q56", "Q57"], what: "PUT of what GET answered changes nothing; PUT of members", where: patch },
  { rows: ["Q59", "Q60"], what: "members that are unknown, or groups", where: store },
  { rows: run("Q", 62, 65), what: "conflicts: 409, and the resource findable", where: store },
  { rows: ["Q66"], what: "bodies that are no JSON object", where: protocol },
  { rows: run("Q", 67, 78), what: "what answers look like", where: protocol },
];

/** What is not accepted, and what is answered instead. */
export const leftOut: readonly Elsewhere[] = [
  {
    rows: ["D32"],
    what: 'SCIM 1.1\'s PATCH (`{"members": [{"operation": "delete", …}]}`)',
    where: "400 `invalidSyntax`: the body must have `Operations`",
  },
  { rows: ["Q11"], what: "SCIM 1.1's `/ServiceProviderConfigs`, and `/serviceConfiguration`", where: "404" },
];

/** The page, from the list. */
export function renderDialects(dialects: readonly Dialect[]): string {
  return [
    "# Dialects",
    "",
    "<!-- Written by scripts/dialects.ts from src/dialects/all.ts. -->",
    "",
    "What identity providers send that RFC 7644 does not allow, or leaves open, and what scimkit reads it as. Each dialect",
    "is one quirk, since vendors share them and mix them in one request. All are on unless `dialects` says otherwise:",
    "",
    "```ts",
    "createScim({ dialects: [], … });                                                  // strict RFC 7644",
    'createScim({ dialects: allDialects.filter(({ name }) => name !== "empty-strings"), … });  // all but one',
    "createScim({ dialects: [...allDialects, ours], … });                              // and one of your own",
    "```",
    "",
    "The numbers (D1, Q38) are those in the titles of `test/dialects/`, which hold the requests as they were seen. Where a",
    "quirk could cost data if it were read literally, such as a `remove` of members with a list of them, reading it is the",
    "default; where a guess could, it is refused with a `detail` that says what to send.",
    "",
    "| dialect | rows | seen from |",
    "| --- | --- | --- |",
    ...dialects.map(({ name, rows, seenFrom }) => `| [${name}](#${name}) | ${rows.join(", ")} | ${seenFrom} |`),
    "",
    ...dialects.flatMap(renderDialect),
    "## Rows without a dialect",
    "",
    "Legal, or a matter of parts that are right without one.",
    "",
    "| rows | what | where |",
    "| --- | --- | --- |",
    ...elsewhere.map(renderRow),
    "",
    "## Left out",
    "",
    "| rows | what | answer |",
    "| --- | --- | --- |",
    ...leftOut.map(renderRow),
    "",
  ].join("\n");
}

function renderDialect({ name, summary, example }: Dialect): readonly string[] {
  return [`## ${name}`, "", summary, "", ...renderExample(example), ""];
}

const titles: Readonly<Record<DialectExample["of"], string>> = {
  operations: "PATCH, `Operations`",
  message: "PATCH",
  body: "POST or PUT",
  filter: "`filter`",
  attributes: "`attributes`",
};

function renderExample({ of, resource, sent, read }: DialectExample): readonly string[] {
  const isText = of === "filter" || of === "attributes";
  const block = (value: unknown): readonly string[] =>
    isText ? ["```", String(value), "```"] : ["```json", ...renderJson(value), "```"];
  const outcome = typeof read === "string" && !isText ? [read] : block(read);
  return [`${titles[of]} of a ${resource}:`, "", ...block(sent), "", "read as:", "", ...outcome];
}

/** One line for each element or member, which is as long as examples get. */
function renderJson(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.length === 0 ? ["[]"] : ["[", ...joined(value.map(inline)), "]"];
  if (typeof value !== "object" || value === null) return [inline(value)];
  const members = Object.entries(value).map(([key, inner]) => `${JSON.stringify(key)}: ${inline(inner)}`);
  return ["{", ...joined(members), "}"];
}

function joined(lines: readonly string[]): readonly string[] {
  return lines.map((line, index) => `  ${line}${index < lines.length - 1 ? "," : ""}`);
}

function inline(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inline).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  return `{ ${Object.entries(value)
    .map(([key, inner]) => `${JSON.stringify(key)}: ${inline(inner)}`)
    .join(", ")} }`;
}

function renderRow({ rows, what, where }: Elsewhere): string {
  return `| ${renderRows(rows)} | ${what} | ${where} |`;
}

/** `Q1–Q10` for a run of more than two, else one by one. */
function renderRows(rows: readonly string[]): string {
  const numbers = rows.map((row) => Number(row.slice(1)));
  const isRun = rows.length > 2 && numbers.every((number, index) => number === (numbers[0] ?? 0) + index);
  return isRun ? `${rows[0]}–${rows.at(-1)}` : rows.join(", ");
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  writeFileSync(new URL("../docs/dialects.md", import.meta.url), renderDialects(allDialects));
}
