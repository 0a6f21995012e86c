/** Rows of the tables of connections, as JSON: so that no driver's or plugin's idea of a type comes between. */
import { type RawBuilder, sql } from "kysely";
import type { ConnectionRecord, LogEntry, Mark, TokenRecord, Traffic } from "scimkit/connections";
import { isObject, type JsonObject } from "./json-object.ts";

/** A result of one column, in which a row is JSON text. */
export interface JsonRow {
  readonly row: string;
}

/** The columns of a table, under an alias, that make a record. */
export const columnsOf = {
  connection: [
    "id",
    "organisation",
    "workspace",
    "default_role",
    "ceiling",
    "up_to_default",
    "up_to_ceiling",
    "state",
    "created_at",
    "updated_at",
  ],
  token: ["id", "connection_id", "label", "prefix", "hash", "created_at", "last_used_at", "expires_at", "revoked_at"],
  mark: ["workspace", "resource_type", "resource_id", "connection_id", "organisation", "since", "linked"],
  traffic: ["connected_at", "last_request_at", "last_error", "identity_provider"],
} as const;

/** A JSON object of some columns, in SQL. */
export function jsonOf(kind: keyof typeof columnsOf, alias: string): RawBuilder<unknown> {
  const pairs = columnsOf[kind].map((column) => sql`${sql.lit(column)}, ${sql.id(alias, column)}`);
  return sql`json_build_object(${sql.join(pairs)})`;
}

/** A row as JSON text, in SQL; the column is called `row`. */
export function rowOf(kind: keyof typeof columnsOf, alias: string): RawBuilder<unknown> {
  return sql`${jsonOf(kind, alias)}::text as "row"`;
}

/** The object that a text is. */
export function parseRow(text: string): JsonObject {
  const row: unknown = JSON.parse(text);
  if (isObject(row)) return row;
  throw new Error("The database returned a row that is no JSON object.");
}

export function readConnection(row: JsonObject): ConnectionRecord {
  const ceiling = optionalText(row, "ceiling");
  return {
    id: text(row, "id"),
    organisation: text(row, "organisation"),
    workspace: text(row, "workspace"),
    defaultRole: text(row, "default_role"),
    ...(ceiling === undefined ? {} : { ceiling }),
    upToDefault: texts(row, "up_to_default"),
    upToCeiling: texts(row, "up_to_ceiling"),
    state: row.state === "paused" ? "paused" : "active",
    created: date(row, "created_at"),
    updated: date(row, "updated_at"),
  };
}

export function readToken(row: JsonObject): TokenRecord {
  return {
    id: text(row, "id"),
    connection: text(row, "connection_id"),
    label: text(row, "label"),
    prefix: text(row, "prefix"),
    hash: text(row, "hash"),
    created: date(row, "created_at"),
    ...dated("lastUsed", row, "last_used_at"),
    ...dated("expires", row, "expires_at"),
    ...dated("revoked", row, "revoked_at"),
  };
}

export function readMark(row: JsonObject): Mark {
  return {
    workspace: text(row, "workspace"),
    resourceType: text(row, "resource_type"),
    resourceId: text(row, "resource_id"),
    connection: optionalText(row, "connection_id"),
    organisation: text(row, "organisation"),
    since: date(row, "since"),
    linked: row.linked === true,
  };
}

export function readTraffic(row: JsonObject): Traffic {
  const { last_error: error } = row;
  return {
    ...dated("connected", row, "connected_at"),
    ...dated("lastRequest", row, "last_request_at"),
    ...(isObject(error) ? { lastError: readEntry(error) } : {}),
    identityProvider: provider(row.identity_provider),
  };
}

/** An entry of the log: as it was written, but for its date. */
export function readEntry(row: JsonObject): LogEntry {
  const entry: unknown = { ...row, at: date(row, "at") };
  if (isEntry(entry)) return entry;
  throw new Error("The provisioning log has an entry that cannot be read.");
}

/** What is in the table was an entry when it was written. */
function isEntry(value: unknown): value is LogEntry {
  return isObject(value) && typeof value.sequence === "number" && Array.isArray(value.notes);
}

const isProvider = (value: unknown): value is Traffic["identityProvider"] => typeof value === "string";

function provider(value: unknown): Traffic["identityProvider"] {
  return isProvider(value) ? value : "unknown";
}

function text(row: JsonObject, name: string): string {
  const value = optionalText(row, name);
  if (value === undefined) throw new Error(`The database returned a row without "${name}".`);
  return value;
}

function optionalText(row: JsonObject, name: string): string | undefined {
  const value = row[name];
  return typeof value === "string" ? value : undefined;
}

function texts(row: JsonObject, name: string): readonly string[] {
  const value = row[name];
  return Array.isArray(value) ? value.filter((element) => typeof element === "string") : [];
}

function date(row: JsonObject, name: string): Date {
  return new Date(text(row, name));
}

function dated<Name extends string>(name: Name, row: JsonObject, column: string): { readonly [Key in Name]?: Date } {
  const value = optionalText(row, column);
  const parts: { [Key in Name]?: Date } = {};
  return value === undefined ? parts : { ...parts, [name]: new Date(value) };
}
