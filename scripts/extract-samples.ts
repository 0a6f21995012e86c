/**
 * Writes test/samples: the requests, responses and representations printed in RFC 7644 §3 and RFC 7643 §8, by section.
 *
 * Run: npx tsx scripts/extract-samples.ts <rfc7643.txt> <rfc7644.txt>
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { mends, names } from "./sample-names.ts";

/** One thing printed in an RFC. */
interface Printed {
  readonly section: string;
  readonly kind: "request" | "response" | "json";
  readonly method?: string;
  readonly path?: string;
  readonly status?: number;
  readonly headers: Readonly<Record<string, string>>;
  /** The JSON as printed, without the indentation and line breaks inside its strings. */
  readonly json: string | undefined;
}

const requestLine = /^\s+(GET|POST|PUT|PATCH|DELETE) (\/.*?)(?:\s+HTTP\/1\.1)?$/;
const statusLine = /^\s+HTTP\/1\.1 (\d{3}) /;
const headerLine = /^\s+([A-Z][A-Za-z-]*):\s*(.*)$/;
const heading = /^(\d+(?:\.\d+)*)\. {2}\S/;
const pageBreak = /^Hunt, et al\..*\[Page \d+\]$|^RFC 764[34] .*September 2015$|\f/;

/** The lines of an RFC by section number, page breaks taken out with the blank lines around them. */
function sections(text: string): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  let current: string[] = [];
  for (const line of text.split(/\r?\n/)) {
    if (pageBreak.test(line)) continue;
    const number = heading.exec(line)?.[1];
    if (number !== undefined) {
      current = [];
      found.set(number, current);
    }
    current.push(line);
  }
  return found;
}

/** Reads a JSON text that begins at a line: up to the bracket that closes it at the same indentation. */
function readJson(lines: readonly string[], from: number): { readonly json: string; readonly next: number } {
  const indent = /^ */.exec(lines[from] ?? "")?.[0] ?? "";
  const length = lines.slice(from + 1).findIndex((line) => [`${indent}}`, `${indent}}]`, `${indent}]`].includes(line));
  if (length === -1) throw new Error(`No end of the JSON that begins with ${lines[from]}`);
  const next = from + length + 2;
  return { json: joinStrings(lines.slice(from, next).join("\n")), next };
}

/** Takes line breaks, and the indentation after them, out of the strings of a JSON text. */
function joinStrings(json: string): string {
  return json.replace(/"(?:[^"\\]|\\.)*"/gs, (string) => string.replace(/\n\s*/g, ""));
}

function skipBlank(lines: readonly string[], from: number): number {
  let at = from;
  while (lines[at]?.trim() === "") at++;
  return at;
}

/** Reads header lines, with values that continue on the next line. */
function readHeaders(lines: readonly string[], from: number): { headers: Record<string, string>; next: number } {
  const headers: Record<string, string> = {};
  let at = from;
  for (; lines[at]?.trim() !== "" && at < lines.length; at++) {
    const [, name, value = ""] = headerLine.exec(lines[at] ?? "") ?? [];
    if (name === undefined) break;
    headers[name] = value === "" ? (lines[++at] ?? "").trim() : value;
  }
  return { headers, next: at };
}

/** Everything printed in a section, in order. */
function printedIn(section: string, lines: readonly string[]): readonly Printed[] {
  const printed: Printed[] = [];
  for (let at = 0; at < lines.length; ) {
    const line = lines[at] ?? "";
    const [, method, path] = requestLine.exec(line) ?? [];
    const status = statusLine.exec(line)?.[1];
    if (method === undefined && status === undefined) {
      if (!/^\s*(?:\{|\[\{|\[$)/.test(line)) {
        at++;
        continue;
      }
      const { json, next } = readJson(lines, at);
      printed.push({ section, kind: "json", headers: {}, json });
      at = next;
      continue;
    }
    const { headers, next } = readHeaders(lines, at + 1);
    const bodyAt = skipBlank(lines, next);
    const bodiless = method === "GET" || method === "DELETE" || !/^\s*\{/.test(lines[bodyAt] ?? "");
    const body = bodiless ? undefined : readJson(lines, bodyAt);
    at = body?.next ?? next;
    const what =
      method === undefined || path === undefined
        ? ({ kind: "response", status: Number(status) } as const)
        : ({ kind: "request", method, path } as const);
    printed.push({ section, ...what, headers, json: body?.json });
  }
  return printed;
}

/** A file: the printed things that belong together. */
function sample(rfc: string, name: string, parts: readonly Printed[]): object {
  const notes: string[] = [];
  const content = parts.map((part) => {
    const { section: _section, kind, json, headers, ...rest } = part;
    const mended = json === undefined ? undefined : mend(name, json, notes);
    const body = mended === undefined ? {} : { body: JSON.parse(mended) as unknown };
    return [kind, kind === "json" ? body.body : { ...rest, headers, ...body }] as const;
  });
  const source = `RFC ${rfc} §${parts[0]?.section}`;
  return { source, ...(notes.length === 0 ? {} : { mended: notes }), ...Object.fromEntries(content) };
}

function mend(name: string, json: string, notes: string[]): string {
  let text = json;
  for (const { sample: of, find, replace, note } of mends) {
    if (of !== name || !text.includes(find)) continue;
    text = text.replace(find, replace);
    if (!notes.includes(note)) notes.push(note);
  }
  return text;
}

/** Puts a section's printed things into files: a response goes with the request before it. */
function files(rfc: string, section: string, printed: readonly Printed[]): readonly [string, object][] {
  const groups: Printed[][] = [];
  for (const part of printed) {
    const last = groups.at(-1);
    const answers = part.kind === "response" && last?.length === 1 && last[0]?.kind === "request";
    if (answers) last.push(part);
    else groups.push([part]);
  }
  const wanted = names.get(`${rfc} ${section}`) ?? [];
  if (wanted.length !== groups.length) {
    throw new Error(`RFC ${rfc} §${section} prints ${groups.length} examples; ${wanted.length} have a name.`);
  }
  return groups.map((group, index) => {
    const name = `rfc${rfc}-${section}-${wanted[index]}`;
    return [name, sample(rfc, name, group)];
  });
}

const folder = new URL("../test/samples/", import.meta.url);
mkdirSync(folder, { recursive: true });
for (const path of process.argv.slice(2)) {
  const text = readFileSync(path, "utf8");
  const rfc = /RFC (764[34])/.exec(text)?.[1] ?? /rfc(764[34])/.exec(path)?.[1];
  if (rfc === undefined) throw new Error(`${path} is neither RFC 7643 nor RFC 7644.`);
  for (const [section, lines] of sections(text)) {
    if (!names.has(`${rfc} ${section}`)) continue;
    for (const [name, content] of files(rfc, section, printedIn(section, lines))) {
      writeFileSync(new URL(`${name}.json`, folder), `${JSON.stringify(content, undefined, 2)}\n`);
    }
  }
}
