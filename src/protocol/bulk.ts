/** Bulk: many writes in one request. RFC 7644 §3.7. */
import { ScimError } from "../error.ts";
import type { ScimResponse } from "../request.ts";
import { isBody } from "./body.ts";
import { breather } from "./breather.ts";
import { bulkRoute, complete, type Done, perform, takeBack } from "./bulk-operation.ts";
import { referenceInPath, referencesIn, resolveReferences, type Withheld, withhold } from "./bulk-references.ts";
import { type BulkOperation, readBulkRequest } from "./bulk-request.ts";
import type { Call } from "./call.ts";
import { errorBody, jsonResponse, locationOf } from "./envelope.ts";
import { entityTag } from "./version.ts";

const responseSchemas = ["urn:ietf:params:scim:api:messages:2.0:BulkResponse"];

/** How many operations run at the same time, where a store says that they may. */
const width = 8;

type Result = { readonly done: Done } | { readonly error: ScimError };

/** A bulk job on its way. */
interface Job {
  readonly call: Call;
  readonly operations: readonly BulkOperation[];
  /** What each operation refers to. */
  readonly references: readonly ReadonlySet<string>[];
  /** The index of the operation that creates each bulkId. */
  readonly creators: ReadonlyMap<string, number>;
  /** The ids of what has been created, by bulkId. */
  readonly ids: Map<string, string>;
  readonly results: Map<number, Result>;
  /** How many of the results are errors. */
  errors: number;
  readonly running: Set<number>;
  /** What new resources still have to get, by operation. */
  readonly withheld: Map<number, readonly Withheld[]>;
}

/**
 * `POST /Bulk` → 200 with the result of every operation that was processed, in the order of the request.
 *
 * Operations run in order, save that one which refers to a resource created further down waits for it. Each is as
 * atomic as a request of its own.
 */
export async function bulk(call: Call): Promise<ScimResponse> {
  if (!call.options.features.bulk) throw ScimError.notImplemented("Bulk requests are not supported here.");
  const { operations, failOnErrors } = readBulkRequest(call);
  const job = jobOf(call, operations);
  const pause = breather();
  for (let index = 0; index < operations.length; ) {
    if (failOnErrors !== undefined && job.errors >= failOnErrors) break;
    const batch = failOnErrors === undefined ? independentFrom(job, index) : 1;
    if (batch === 1) await processOne(job, index);
    else await Promise.all(Array.from({ length: batch }, (_, offset) => processOne(job, index + offset)));
    await closeCircles(job);
    index += batch;
    await pause();
  }
  const results = operations.flatMap((operation, index) => {
    const result = job.results.get(index);
    return result === undefined ? [] : [resultBody(call, operation, result)];
  });
  return jsonResponse(200, { schemas: responseSchemas, Operations: results });
}

function jobOf(call: Call, operations: readonly BulkOperation[]): Job {
  const creators = new Map<string, number>();
  operations.forEach(({ method, bulkId }, index) => {
    if (method === "POST" && bulkId !== undefined) creators.set(bulkId, index);
  });
  const references = operations.map(({ path, data }) => {
    const found = referencesIn(data);
    const inPath = typeof path === "string" ? referenceInPath(path) : undefined;
    return inPath === undefined ? found : found.add(inPath);
  });
  return {
    call,
    operations,
    references,
    creators,
    ids: new Map(),
    results: new Map(),
    errors: 0,
    running: new Set(),
    withheld: new Map(),
  };
}

/** How many operations from here on create independent resources in stores that let them run together; at least 1. */
function independentFrom(job: Job, start: number): number {
  let length = 0;
  while (length < width && isIndependent(job, start + length)) length++;
  return Math.max(length, 1);
}

function isIndependent({ call, operations, references, results }: Job, index: number): boolean {
  const operation = operations[index];
  if (operation?.method !== "POST" || typeof operation.path !== "string" || results.has(index)) return false;
  const endpoint = call.endpoints.byPath.get(operation.path.slice(1).toLowerCase());
  return endpoint?.capabilities.concurrent === true && references[index]?.size === 0;
}

/** Does an operation, and before it those it refers to; once. */
async function processOne(job: Job, index: number): Promise<void> {
  const operation = job.operations[index];
  if (operation === undefined || job.results.has(index) || job.running.has(index)) return;
  job.running.add(index);
  for (const bulkId of job.references[index] ?? []) {
    const creator = job.creators.get(bulkId);
    if (creator !== undefined) await processOne(job, creator);
  }
  try {
    const done = await performResolved(job, operation, index);
    if (operation.method === "POST" && operation.bulkId !== undefined) job.ids.set(operation.bulkId, done.id);
    job.results.set(index, { done });
  } catch (thrown) {
    fail(job, index, thrown);
  }
  job.running.delete(index);
}

async function performResolved(job: Job, operation: BulkOperation, index: number): Promise<Done> {
  const pending = new Set<string>();
  for (const bulkId of job.references[index] ?? []) {
    if (job.ids.has(bulkId)) continue;
    const creator = job.creators.get(bulkId);
    if (creator === undefined) throw unknownReference(bulkId);
    if (job.results.has(creator)) throw failedReference(bulkId);
    pending.add(bulkId);
  }
  const found = bulkRoute(job.call, operation, job.ids);
  if (pending.size === 0 || operation.method !== "POST" || !isBody(operation.data)) {
    if (pending.size > 0) throw new ScimError(409, "The circular references of this operation cannot be resolved.");
    const hasReferences = job.references[index]?.size !== 0;
    const data = hasReferences ? resolveReferences(operation.data, job.ids) : operation.data;
    return perform(job.call, operation, found, data);
  }
  const { data, withheld } = withhold(operation.data, pending);
  const done = await perform(job.call, operation, found, resolveReferences(data, job.ids));
  job.withheld.set(index, withheld);
  return done;
}

/** Gives the resources that were created without part of themselves the rest. */
async function closeCircles(job: Job): Promise<void> {
  for (const [index, withheld] of job.withheld) {
    const result = job.results.get(index);
    if (result === undefined || "error" in result) continue;
    try {
      const lost = [...referencesIn(withheld)].find((bulkId) => !job.ids.has(bulkId));
      if (lost !== undefined) {
        await takeBack(job.call, result.done);
        throw failedReference(lost);
      }
      job.results.set(index, { done: await complete(job.call, result.done, withheld, job.ids) });
    } catch (thrown) {
      fail(job, index, thrown);
    }
  }
  job.withheld.clear();
}

function fail(job: Job, index: number, thrown: unknown): void {
  const { options, request } = job.call;
  const error = ScimError.from(thrown);
  if (error.status >= 500) options.onError(error, request);
  job.results.set(index, { error });
  job.errors++;
}

function unknownReference(bulkId: string): ScimError {
  return ScimError.invalidValue(`No operation of this request creates bulkId ${JSON.stringify(bulkId.slice(0, 100))}.`);
}

function failedReference(bulkId: string): ScimError {
  return new ScimError(409, `The resource of bulkId ${JSON.stringify(bulkId.slice(0, 100))} could not be created.`);
}

/** RFC 7644 §3.7.3: location for all but a failed POST; the body of an error. */
function resultBody(call: Call, { method, bulkId, path }: BulkOperation, result: Result): Record<string, unknown> {
  const common = { method, ...(bulkId === undefined ? {} : { bulkId }) };
  if ("error" in result) {
    const { error } = result;
    return {
      ...common,
      ...(method === "POST" || typeof path !== "string" ? {} : { location: `${call.baseUrl}${path}` }),
      status: String(error.status),
      response: errorBody(error),
    };
  }
  const { endpoint, id, stored, status } = result.done;
  return {
    ...common,
    ...(stored === undefined || !call.options.features.etag ? {} : { version: entityTag(stored.meta) }),
    location: locationOf(call.baseUrl, endpoint.type.endpoint, id),
    status: String(status),
  };
}
