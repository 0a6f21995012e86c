/** The RFCs' own examples: read from their files, and sent to a host that has the resources they speak of. */
import { readFileSync } from "node:fs";
import { z } from "zod";
import type { Answered } from "../client.ts";
import { type Host, openHost } from "../host.ts";
import { isObject, type JsonObject } from "../match.ts";
import type { Mounted } from "../mounts.ts";
import type { Served } from "../served.ts";
import { valueAt } from "../variables.ts";

const object = z.record(z.string(), z.unknown());
const headers = z.record(z.string(), z.string());
const sample = z.strictObject({
  source: z.string(),
  mended: z.array(z.string()).optional(),
  request: z.strictObject({ method: z.string(), path: z.string(), headers, body: object.optional() }).optional(),
  response: z.strictObject({ status: z.int(), headers, body: object.optional() }).optional(),
  json: z.union([object, z.array(object)]).optional(),
});

/** An example as its file has it. */
export type Sample = z.infer<typeof sample>;

/** A resource of the examples: how their text names it, and what a host has in its place. */
export interface Stand {
  /** Matches the id in the text of an example, shortened or not. */
  readonly named: RegExp;
  readonly endpoint: "/Users" | "/Groups";
  readonly resource: JsonObject;
}

/** A host, mounted, that answers the RFCs' examples. */
export interface SampleHost {
  readonly mounted: Mounted;
  readonly host: Host;
  /** The ids of the resources that stand for those of the examples, in the order given. */
  readonly ids: readonly string[];
  /** An example with the ids of this host in place of its own. */
  read(name: string): Sample;
  /** Sends the request of an example, with the present version where it names one. */
  send(name: string, changes?: { readonly path?: string; readonly body?: unknown }): Promise<Answered>;
  get(path: string): Promise<Answered>;
}

/** Mounts a host that has these resources. */
export async function sampleHost(served: Served, stands: readonly Stand[]): Promise<SampleHost> {
  const host = await openHost(served);
  const ids: string[] = [];
  const located = (text: string): string =>
    stands.reduce((changed, { named }, index) => changed.replaceAll(named, ids[index] ?? "$&"), text);
  for (const { endpoint, resource } of stands) {
    const known: unknown = JSON.parse(located(JSON.stringify(resource)));
    ids.push(await host.create(endpoint, isObject(known) ? known : {}));
  }
  await host.takeEvents();
  const mounted = await served.open(host.scim);
  const read = (name: string): Sample => {
    const text = readFileSync(new URL(`${name}.json`, import.meta.url), "utf8");
    return sample.parse(JSON.parse(located(text)));
  };
  const get = (path: string): Promise<Answered> => mounted.send({ method: "GET", path, headers: authorized });
  return {
    mounted,
    host,
    ids,
    read,
    get,
    send: async (name, changes = {}) => {
      const { request } = read(name);
      if (request === undefined) throw new Error(`${name} has no request.`);
      const path = changes.path ?? request.path.replace(/^\/v2/, "");
      const body = changes.body ?? request.body;
      return mounted.send({
        method: request.method,
        path,
        headers: await present(request.headers, path, get),
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
    },
  };
}

const authorized = { Authorization: "Bearer h480djs93hd8", Accept: "application/scim+json" };

/** The headers of an example: without the host's name and the length left open, with the present version. */
async function present(
  given: Readonly<Record<string, string>>,
  path: string,
  get: (path: string) => Promise<Answered>,
): Promise<Record<string, string>> {
  const { Host: _host, "Content-Length": _length, ...kept } = given;
  const conditional = ["If-Match", "If-None-Match"].filter((name) => kept[name] !== undefined);
  if (conditional.length === 0) return kept;
  const { etag = "" } = (await get(path.split("?", 1)[0] ?? "")).headers;
  return { ...kept, ...Object.fromEntries(conditional.map((name) => [name, etag])) };
}

/** What a representation of an example says, but for what every server chooses for itself: `id`, `meta`, `schemas`. */
export function ownWords(representation: unknown): JsonObject {
  if (!isObject(representation)) throw new Error("The example has no representation.");
  const { id: _id, meta, ...attributes } = representation;
  const resourceType = valueAt(meta, "resourceType");
  return resourceType === undefined ? attributes : { ...attributes, meta: { resourceType } };
}
