/** Rules, journal entries, jobs and receipts to and from JSON. */
import type { Job, JobKind, JournalEntry, KnownUser, Receipt, Rule } from "scimkit/access";
import { isObject } from "./json-object.ts";

type Json = { readonly [name: string]: unknown };

/** The object of a JSON text. @throws Error if it is none */
export function parseRecord(text: string): Json {
  const value: unknown = JSON.parse(text);
  if (isObject(value)) return value;
  throw new Error("A record of access is no JSON object.");
}

export function readRule(json: Json): Rule {
  const group: Json = isObject(json.group) ? json.group : {};
  return {
    id: text(json.id),
    connection: text(json.connection),
    created: date(json.created),
    group: typeof group.id === "string" ? { id: group.id } : { displayName: text(group.displayName) },
    role: text(json.role),
    ...(typeof json.workspace === "string" ? { workspace: json.workspace } : {}),
  };
}

export function readJob(json: Json): Job {
  return {
    id: text(json.id),
    connection: text(json.connection),
    organisation: text(json.organisation),
    what: readKind(isObject(json.what) ? json.what : {}),
    created: date(json.created),
    done: number(json.done) ?? 0,
    total: number(json.total),
    cursor: optionalText(json.cursor),
    finished: json.finished === undefined ? undefined : date(json.finished),
    blocked: list(json.blocked).map((each) => ({ user: text(each.user), detail: text(each.detail) })),
    problem: optionalText(json.problem),
  };
}

function readKind({ kind, groups, group }: Json): JobKind {
  if (kind === "reconcile") return { kind, groups: texts(groups) };
  return kind === "readGroup" ? { kind, group: text(group) } : { kind: "reconcileAll" };
}

export function readBlocked(json: Json): KnownUser["blocked"] {
  return { job: text(json.job), detail: text(json.detail) };
}

export function readReceipt(json: Json): Receipt {
  return {
    id: text(json.id),
    connection: text(json.connection),
    organisation: text(json.organisation),
    user: text(json.user),
    surface: text(json.surface),
    request: text(json.request),
    at: date(json.at),
    ended: number(json.ended),
    remaining: number(json.remaining),
    duration: number(json.duration) ?? 0,
    attempts: number(json.attempts) ?? 0,
    complete: json.complete === true,
    problem: optionalText(json.problem),
  };
}

const operations = ["create", "replace", "patch", "delete"] as const;

export function readEntry(sequence: number, json: Json): JournalEntry {
  const members: Json = isObject(json.members) ? json.members : {};
  return {
    sequence,
    connection: text(json.connection),
    request: text(json.request),
    at: date(json.at),
    operation: operations.find((each) => each === json.operation) ?? "patch",
    resourceType: text(json.resourceType),
    resourceId: text(json.resourceId),
    name: text(json.name),
    ...(isObject(json.before) ? { before: json.before } : {}),
    ...(isObject(json.after) ? { after: json.after } : {}),
    changed: texts(json.changed),
    members: { added: texts(members.added), removed: texts(members.removed) },
    groups: texts(json.groups),
    deactivation: json.deactivation === true,
    ...(typeof json.revertOf === "string" ? { revertOf: json.revertOf } : {}),
    ...(typeof json.recreates === "string" ? { recreates: json.recreates } : {}),
  };
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function optionalText(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function number(value: unknown): number | undefined {
  return typeof value === "number" ? value : undefined;
}

function date(value: unknown): Date {
  return new Date(text(value));
}

/** A NUL, or half of a character: what neither text nor jsonb can hold. */
const unstorable = /[\0\p{Surrogate}]/gu;

/** Whether a column could hold a text: one that none could is nobody's id. */
export function isStorable(value: string): boolean {
  return storable(value) === value;
}

/** A text as a column holds it. The host's own tables may hold more, in `json` or `bytea`; that must not stop a write. */
export function storable(value: string): string {
  return value.replaceAll(unstorable, "\ufffd");
}

/** A record as JSON that jsonb holds. */
export function printRecord(record: object): string {
  return JSON.stringify(record, (_, value: unknown) => (typeof value === "string" ? storable(value) : value));
}

/** The texts of a JSON list. */
export function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === "string") : [];
}

function list(value: unknown): readonly Json[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}
