/** scimkit's `handle` in process, without HTTP: what the core alone costs. */
import type { Scim, ScimRequest } from "scimkit";
import type { Ids } from "../data/dataset.ts";
import { scenarioNamed } from "../scenarios/all.ts";
import { base } from "./raw-directory.ts";
import { filledScim } from "./scimkit.ts";
import { serve } from "./serve.ts";

/** Requests that are made at a time, before the clock runs. */
const batch = 800;

await serve(async (dataset) => {
  const { scim, ids } = await filledScim(dataset);
  const handle = (scenario: string, milliseconds: number): Promise<number> =>
    perRequest(scim, ids, scenario, milliseconds);
  return { listener: (_request, response) => response.writeHead(404).end(), ids, handle };
});

/** The next turn of each scenario. */
const turns = new Map<string, number>();

/** Microseconds of CPU per request; the making of requests and the deletion of what they create do not count. */
async function perRequest(scim: Scim, ids: Ids, name: string, milliseconds: number): Promise<number> {
  const { created } = scenarioNamed(name);
  let count = 0;
  let micros = 0;
  for (const end = performance.now() + milliseconds; performance.now() < end; ) {
    const first = turns.get(name) ?? 0;
    const requests = Array.from({ length: created === undefined ? batch : batch / 8 }, (_, turn) =>
      requestOf(name, ids, first + turn),
    );
    turns.set(name, first + requests.length);
    const bodies: string[] = [];
    const before = process.cpuUsage();
    for (const request of requests) {
      const { status, body } = await scim.handle(request);
      if (status >= 300) throw new Error(`${name} answered ${status}`);
      if (created !== undefined && body !== undefined) bodies.push(body);
    }
    const { user, system } = process.cpuUsage(before);
    micros += user + system;
    count += requests.length;
    if (created !== undefined) for (const id of bodies.flatMap(created)) await scim.handle(deletionOf(id));
  }
  return micros / count;
}

function requestOf(name: string, ids: Ids, turn: number): ScimRequest {
  const { method, path, body } = scenarioNamed(name).exchange({ ids, connection: 0, turn });
  const headers = { authorization: "Bearer bench", "content-type": "application/scim+json" };
  const baseUrl = `http://127.0.0.1${base}`;
  return { method, url: path, headers, baseUrl, ...(body === undefined ? {} : { body: { text: body } }) };
}

const deletionOf = (id: string): ScimRequest => ({
  method: "DELETE",
  url: `/Users/${id}`,
  headers: { authorization: "Bearer bench" },
  baseUrl: `http://127.0.0.1${base}`,
});
