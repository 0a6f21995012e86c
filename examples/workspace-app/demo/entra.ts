/** Entra: Microsoft Entra ID's provisioning service, as a client says what it does. */
import { setTimeout as sleep } from "node:timers/promises";
import { type Answer, send } from "./wire.ts";

export interface Operation {
  readonly op: "Add" | "Replace" | "Remove";
  readonly path: string;
  readonly value?: unknown;
}

/** What Entra keeps of an answer. */
export interface Found {
  readonly id: string;
  readonly [attribute: string]: unknown;
}

export interface EntraOptions {
  /** The SCIM URL. */
  readonly url: string;
  readonly token: string;
  /** Milliseconds between requests. */
  readonly pace: number;
  say(line: string): void;
}

export class Entra {
  readonly #options: EntraOptions;

  constructor(options: EntraOptions) {
    this.#options = options;
  }

  /** Says what is about to happen. */
  chapter(title: string): void {
    this.#options.say(`\n${title}`);
  }

  /** Says what came of it. */
  note(line: string): void {
    this.#options.say(`          ${line}`);
  }

  /** Sends what is to be refused, and says and gives the detail that an administrator reads. @throws Error if it is not refused so */
  async refused(method: string, path: string, body: unknown, status: number): Promise<string> {
    const detail = detailOf((await this.#ask(method, path, body, status)).body);
    this.note(detail);
    return detail;
  }

  /** Looks for the one resource with a value. The query is encoded as Entra encodes it: `filter=userName+eq+%22…%22`. */
  async match(endpoint: string, attribute: string, value: string): Promise<Found | undefined> {
    const members = endpoint === "/Groups" ? "excludedAttributes=members&" : "";
    const path = `${endpoint}?${members}filter=${attribute}+eq+%22${encodeURIComponent(value)}%22`;
    const [first] = resourcesOf(await this.#ask("GET", path, undefined, 200));
    return first;
  }

  /** Whether a reference is there already. */
  async hasReference(endpoint: string, id: string, attribute: string, value: string): Promise<boolean> {
    const filter = `id+eq+%22${id}%22+and+${attribute}+eq+%22${value}%22`;
    return resourcesOf(await this.#ask("GET", `${endpoint}?filter=${filter}&attributes=id`, undefined, 200)).length > 0;
  }

  async create(endpoint: string, resource: Readonly<Record<string, unknown>>): Promise<Found> {
    const { body } = await this.#ask("POST", endpoint, resource, 201);
    if (isFound(body)) return body;
    throw new Error(`POST ${endpoint} was answered without an id.`);
  }

  /** Sends operations, if there are any. */
  async patch(path: string, ...operations: readonly Operation[]): Promise<void> {
    if (operations.length === 0) return;
    await this.#ask("PATCH", path, patchMessage(operations), 200, 204);
  }

  async #ask(method: string, path: string, body: unknown, ...expected: readonly number[]): Promise<Answer> {
    const { url, token, pace, say } = this.#options;
    await sleep(pace);
    const answer = await send(method, new URL(url + path), token, body);
    say(`  ${method.padEnd(5)} ${told(path, body)} → ${outcome(answer)}`);
    if (expected.includes(answer.status)) return answer;
    throw new Error(`${method} ${path} was answered with ${answer.status}: ${detailOf(answer.body)}`);
  }
}

/** The body of a PATCH. */
export function patchMessage(operations: readonly Operation[]): Readonly<Record<string, unknown>> {
  return { schemas: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], Operations: operations };
}

function told(path: string, body: unknown): string {
  const readable = decodeURIComponent(path.replaceAll("+", " "));
  const operations = isObject(body) && Array.isArray(body.Operations) ? body.Operations.filter(isObject) : [];
  const changes = operations.map(({ op, path: at, value }) => `${op} ${at} ${JSON.stringify(value)}`);
  return [readable, ...changes].join("\n          ");
}

function outcome(answer: Answer): string {
  const { status, body } = answer;
  return isObject(body) && "totalResults" in body ? `${status}, ${String(body.totalResults)} found` : String(status);
}

function detailOf(body: unknown): string {
  return isObject(body) && typeof body.detail === "string" ? body.detail : "nothing that explains it.";
}

function resourcesOf({ body }: Answer): readonly Found[] {
  return isObject(body) && Array.isArray(body.Resources) ? body.Resources.filter(isFound) : [];
}

function isFound(value: unknown): value is Found {
  return isObject(value) && typeof value.id === "string";
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
