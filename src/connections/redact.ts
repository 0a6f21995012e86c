/** redact: takes out of a text for the log what the request must not leave there: tokens, passwords, values of filters. */
import { isRecord } from "../filter/present.ts";
import { header, type ScimRequest } from "../request.ts";

/** Shorter values are no secrets, and would be found in every sentence. */
const shortest = 3;
/** Of longer values an error repeats the beginning at the most. */
const repeated = 40;
/** How deep a body is searched. */
const deepest = 20;
/** How many values are looked for at the most: an error repeats the first ones, if any. */
const most = 1_000;
/** A larger body is not parsed once more for its errors; then nothing of the text is kept. */
const largest = 1_000_000;

/** The text without what is secret in the request, which is replaced by `…`. */
export function redact(text: string, request: ScimRequest): string {
  const secrets = secretsOf(request);
  if (secrets === undefined)
    return "The details were not kept: the request was too large to look for what must not be in them.";
  let redacted = text;
  for (const secret of secrets) {
    if (secret.length < shortest) continue;
    const isLong = secret.length > repeated;
    const known = isLong ? secret.slice(0, repeated) : secret;
    if (!redacted.includes(known)) continue;
    const pattern = escaped(known) + (isLong ? '[^\\s"]*' : "(?![\\p{L}\\p{N}])");
    redacted = redacted.replace(new RegExp(`(?<![\\p{L}\\p{N}])${pattern}`, "gu"), "…");
  }
  return redacted;
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}

/** Longest first, so that no half of one stays; undefined if they cannot be known. */
function secretsOf(request: ScimRequest): readonly string[] | undefined {
  const secrets = new Set<string>();
  const token = /^\S+ +(\S+)/.exec(header(request.headers, "authorization") ?? "")?.[1];
  if (token !== undefined) secrets.add(token);
  for (const [, value] of new URLSearchParams(request.url.replace(/^[^?]*\??/s, ""))) addLiterals(value, secrets);
  const { body } = request;
  if (body !== undefined) {
    if ("text" in body && body.text.length > largest) return undefined;
    collect("text" in body ? parsed(body.text, secrets) : body.json, secrets, 0);
  }
  return [...secrets].sort((a, b) => b.length - a.length);
}

/** Text that is no JSON may still have a password in it. */
function parsed(text: string, secrets: Set<string>): unknown {
  try {
    return JSON.parse(text);
  } catch {
    for (const [, value = ""] of text.matchAll(/"[^"]*password[^"]*"\s*:\s*"?((?:[^"\\]|\\.)*)/gi)) secrets.add(value);
    return undefined;
  }
}

/** The values of a filter: texts in quotes, and words after an operator. */
function addLiterals(filter: string, secrets: Set<string>): void {
  for (const [, literal = ""] of filter.matchAll(/"((?:[^"\\]|\\.)*)"?/g)) {
    secrets.add(literal);
    secrets.add(literal.replace(/\\(.)/g, "$1"));
  }
  for (const [, word = ""] of filter.matchAll(/\s(?:eq|ne|co|sw|ew|gt|ge|lt|le)\s+([^\s"()[\]]+)/gi)) secrets.add(word);
}

/** Everything under a name with `password` in it, and the literals in filters and paths. */
function collect(value: unknown, secrets: Set<string>, depth: number, isSecret = false): void {
  if (depth > deepest || secrets.size > most) return;
  if (typeof value === "string" || typeof value === "number") {
    if (isSecret) secrets.add(String(value));
    return;
  }
  if (Array.isArray(value)) for (const element of value) collect(element, secrets, depth + 1, isSecret);
  if (!isRecord(value)) return;
  const isAboutSecret = typeof value.path === "string" && /password/i.test(value.path);
  for (const [name, content] of Object.entries(value)) {
    if (/^(?:filter|path)$/i.test(name) && typeof content === "string") addLiterals(content, secrets);
    else collect(content, secrets, depth + 1, isSecret || isAboutSecret || /password/i.test(name));
  }
}
