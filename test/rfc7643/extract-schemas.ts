/**
 * Takes the schemas that RFC 7643 §8.7.1 and §8.7.2 print out of the RFC's text.
 *
 * `npx tsx test/rfc7643/extract-schemas.ts rfc7643.txt` writes the fixtures beside this file. The text is the one at
 * https://www.rfc-editor.org/rfc/rfc7643.txt.
 */
import { readFileSync, writeFileSync } from "node:fs";

/** Sections whose JSON is kept, and the file each goes to. */
const sections: readonly (readonly [section: string, file: string])[] = [
  ["8.7.1", "8.7.1-resource-schemas.json"],
  ["8.7.2", "8.7.2-service-provider-schemas.json"],
];

/** The text without page breaks, and the lines above and below them. */
function withoutPages(text: string): string {
  return text
    .replaceAll("\r", "")
    .replaceAll("\f", "")
    .split("\n")
    .filter((line) => !/^(?:RFC 7643 {2}|Hunt, et al\.)/.test(line))
    .join("\n");
}

/** The first JSON value of a section, which ends where its first bracket is closed. */
function jsonOf(text: string, section: string): unknown {
  const heading = text.search(new RegExp(`^${section.replaceAll(".", "\\.")}\\.  `, "m"));
  if (heading < 0) throw new Error(`There is no section ${section}.`);
  const start = heading + text.slice(heading).search(/^ *[[{]/m);
  let depth = 0;
  for (const { 0: token, index } of text.slice(start).matchAll(/"(?:[^"\\]|\\.)*"|[[\]{}]/gs)) {
    if (token === "[" || token === "{") depth++;
    if (token === "]" || token === "}") depth--;
    if (depth === 0) return JSON.parse(unfolded(text.slice(start, start + index + 1)));
  }
  throw new Error(`The JSON of section ${section} does not end.`);
}

/** The RFC folds strings at its right margin. */
function unfolded(json: string): string {
  return json.replace(/"(?:[^"\\]|\\.)*"/gs, (string) => string.replace(/\s*\n\s*/g, " "));
}

const [, , path] = process.argv;
if (path === undefined) throw new Error("Name the file that has the text of RFC 7643.");
const text = withoutPages(readFileSync(path, "utf8"));
for (const [section, file] of sections) {
  const json = JSON.stringify(jsonOf(text, section), undefined, 2);
  writeFileSync(new URL(file, import.meta.url), `${json}\n`);
}
