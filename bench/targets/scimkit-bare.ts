/** scimkit's `handle` in process, without HTTP: what the core alone costs. */
import type { Scim, ScimRequest } from "scimkit";
import type { Ids } from "../data/dataset.ts";
import { scenarioNamed } from "../scenarios/all.ts";
import { base } from "./raw-directory.ts";
import { filledScim } from "./scimkit.ts";
import { serve } from "./serve.ts";

const prepared = 2_000;

await serve(async (dataset) => {
  const { scim, ids } = await filledScim(dataset);
  const handle = (scenario: string, milliseconds: number): Promise<number> =>
    perRequest(scim, ids, scenario, milliseconds);
  return { listener: (_request, response) => response.writeHead(404).end(), ids, handle };
});

/** Microseconds of CPU per request, over requests that are made before the clock starts. */
async function perRequest(scim: Scim, ids: Ids, name: string, milliseconds: number): Promise<number> {
  const requests = Array.from({ length: prepared }, (_, turn) => requestOf(name, ids, turn));
  let count = 0;
  const before = process.cpuUsage();
  const end = performance.now() + milliseconds;
  while (performance.now() < end) {
    for (const request of requests) {
      const { status } = await scim.handle(request);
      if (status >= 300) throw new Error(`${name} answered ${status}`);
      count++;
    }
  }
  const { user, system } = process.cpuUsage(before);
  return (user + system) / count;
}

function requestOf(name: string, ids: Ids, turn: number): ScimRequest {
  const { method, path, body } = scenarioNamed(name).exchange({ ids, connection: 0, turn });
  const headers = { authorization: "Bearer bench", "content-type": "application/scim+json" };
  const baseUrl = `http://127.0.0.1${base}`;
  return { method, url: path, headers, baseUrl, ...(body === undefined ? {} : { body: { text: body } }) };
}
