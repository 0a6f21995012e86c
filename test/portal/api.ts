/** Requests to the page's API, as the page's own script sends them. */
import { isObject, type JsonObject } from "../match.ts";
import type { OpenHost } from "./host.ts";

/** An answer of the API. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** The JSON object in the body. */
  readonly body: JsonObject;
  /** The body as it came. */
  readonly text: string;
}

/** One request; by default the owner's, from the page itself. */
export interface Request {
  readonly session?: string | undefined;
  readonly body?: unknown;
  /** Instead of `body`: bytes that need not be JSON. */
  readonly raw?: string;
  /** In place of what the page sends; undefined takes a header away. */
  readonly headers?: Readonly<Record<string, string | undefined>>;
}

/** Asks the API. @param line - method and path below `/api`: `GET /overview` */
export async function ask(host: OpenHost, line: string, request: Request = {}): Promise<Answer> {
  const [method = "GET", path = ""] = line.split(" ");
  const headers: Record<string, string | undefined> = {
    cookie: `session=${request.session ?? "owner"}`,
    origin: method === "GET" ? undefined : host.origin,
    "content-type": method === "POST" || method === "PATCH" ? "application/json" : undefined,
    ...request.headers,
  };
  const sent = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  );
  const hasBody = method === "POST" || method === "PATCH";
  const response = await fetch(`${host.page}/api${path}`, {
    method,
    headers: Object.fromEntries(sent),
    ...(hasBody ? { body: request.raw ?? JSON.stringify(request.body ?? {}) } : {}),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: objectIn(text), text };
}

/** A connection that was made over the API, and the secret of its token. */
export interface Made {
  readonly id: string;
  readonly tokenId: string;
  readonly secret: string;
}

/** Makes a connection to a workspace, `design` by default. */
export async function make(host: OpenHost, workspace = "design", session = "owner"): Promise<Made> {
  const { status, body, text } = await ask(host, "POST /connections", {
    session,
    body: { workspace, defaultRole: "member" },
  });
  if (status !== 201) throw new Error(`No connection was made: ${status} ${text}`);
  const issued = objectAt(body, "issued");
  return {
    id: String(objectAt(body, "connection").id),
    tokenId: String(objectAt(issued, "token").id),
    secret: String(issued.secret),
  };
}

/** Sends a SCIM request with a token. @param line - method and path below the SCIM base */
export async function provision(host: OpenHost, secret: string, line: string, body?: unknown): Promise<Response> {
  const [method = "GET", path = ""] = line.split(" ");
  const response = await fetch(`${host.origin}/scim/v2${path}`, {
    method,
    headers: { Authorization: `Bearer ${secret}`, "Content-Type": "application/scim+json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  await host.connections.flush();
  return response;
}

/** The object at a key. */
export function objectAt(object: JsonObject, key: string): JsonObject {
  const value = object[key];
  if (!isObject(value)) throw new Error(`There is no object at "${key}".`);
  return value;
}

/** The objects in the list at a key. */
export function listAt(object: JsonObject, key: string): readonly JsonObject[] {
  const value = object[key];
  if (!Array.isArray(value)) throw new Error(`There is no list at "${key}".`);
  return value.filter(isObject);
}

function objectIn(text: string): JsonObject {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}
