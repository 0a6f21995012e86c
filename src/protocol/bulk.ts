/** Bulk: many writes in one request. RFC 7644 §3.7. */
import { ScimError } from "../error.ts";
import type { ScimResponse } from "../request.ts";
import { isBody } from "./body.ts";
import { breather } from "./breather.ts";
import { bulkRoute, complete, type Done, perform, takeBack } from "./bulk-operation.ts";
import {
  mayRefer,
  referenceInPath,
  referencesIn,
  resolveReferences,
  type Withheld,
  withhold,
} from "./bulk-references.ts";
import { type BulkOperation, type BulkRequest, readBulkRequest } from "./bulk-request.ts";
import { type BulkResult, bulkResponse } from "./bulk-response.ts";
import type { Call } from "./call.ts";

/** How many operations run at the same time, where a store says that they may. */
const width = 8;

const none: ReadonlySet<string> = new Set();

/** A bulk job on its way. */
interface Job {
  readonly call: Call;
  readonly operations: readonly BulkOperation[];
  /** Whether any operation refers to another. */
  readonly mayRefer: boolean;
  /** What each operation refers to, as far as it has been asked. */
  readonly references: (ReadonlySet<string> | undefined)[];
  /** The index of the operation that creates each bulkId. */
  readonly creators: ReadonlyMap<string, number>;
  /** The ids of what has been created, by bulkId. */
  readonly ids: Map<string, string>;
  /** By operation. */
  readonly results: (BulkResult | undefined)[];
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
  const pause = breather();
  const request = await readBulkRequest(call, pause);
  const { operations, failOnErrors } = request;
  const job = jobOf(call, request);
  for (let index = 0; index < operations.length; ) {
    if (failOnErrors !== undefined && job.errors >= failOnErrors) break;
    const batch = failOnErrors === undefined ? independentFrom(job, index) : 1;
    if (batch === 1) await processOne(job, index);
    else await Promise.all(Array.from({ length: batch }, (_, offset) => processOne(job, index + offset)));
    if (job.withheld.size > 0) await closeCircles(job);
    index += batch;
    const rest = pause();
    if (rest !== undefined) await rest;
  }
  return bulkResponse(call, operations, job.results, pause);
}

function jobOf(call: Call, { operations, creators }: BulkRequest): Job {
  return {
    call,
    operations,
    mayRefer: mayRefer(call.request.body),
    references: [],
    creators,
    ids: new Map(),
    results: [],
    errors: 0,
    running: new Set(),
    withheld: new Map(),
  };
}

/** What an operation refers to; looked for once. */
function referencesOf(job: Job, index: number): ReadonlySet<string> {
  const operation = job.mayRefer ? job.operations[index] : undefined;
  if (operation === undefined) return none;
  const known = job.references[index];
  if (known !== undefined) return known;
  const { path, data } = operation;
  const found = referencesIn(data);
  const inPath = typeof path === "string" ? referenceInPath(path) : undefined;
  if (inPath !== undefined) found.add(inPath);
  job.references[index] = found;
  return found;
}

/** How many operations from here on create independent resources in stores that let them run together; at least 1. */
function independentFrom(job: Job, start: number): number {
  let length = 0;
  while (length < width && isIndependent(job, start + length)) length++;
  return Math.max(length, 1);
}

function isIndependent(job: Job, index: number): boolean {
  const operation = job.operations[index];
  if (operation?.method !== "POST" || typeof operation.path !== "string" || job.results[index] !== undefined)
    return false;
  const endpoint = job.call.endpoints.byPath.get(operation.path.slice(1).toLowerCase());
  return endpoint?.capabilities.concurrent === true && referencesOf(job, index).size === 0;
}

/** Does an operation, and before it those it refers to; once. */
async function processOne(job: Job, index: number): Promise<void> {
  const operation = job.operations[index];
  if (operation === undefined || job.results[index] !== undefined || job.running.has(index)) return;
  const references = referencesOf(job, index);
  if (references.size > 0) {
    job.running.add(index);
    for (const bulkId of references) {
      const creator = job.creators.get(bulkId);
      if (creator !== undefined) await processOne(job, creator);
    }
  }
  try {
    const done = await performResolved(job, operation, index, references);
    if (operation.method === "POST" && operation.bulkId !== undefined) job.ids.set(operation.bulkId, done.id);
    job.results[index] = { done };
  } catch (thrown) {
    fail(job, index, thrown);
  }
  job.running.delete(index);
}

/** Does an operation with ids in the place of its references. */
function performResolved(
  job: Job,
  operation: BulkOperation,
  index: number,
  references: ReadonlySet<string>,
): Promise<Done> {
  const { call, ids } = job;
  const { method, data } = operation;
  const pending = pendingAmong(references, job);
  const found = bulkRoute(call, operation, ids);
  if (pending.size === 0) {
    return perform(call, operation, found, references.size === 0 ? data : resolveReferences(data, ids));
  }
  if (method !== "POST" || !isBody(data)) {
    throw new ScimError(409, "The circular references of this operation cannot be resolved.");
  }
  const { data: given, withheld } = withhold(data, pending);
  return perform(call, operation, found, resolveReferences(given, ids)).then((done) => {
    job.withheld.set(index, withheld);
    return done;
  });
}

/** References to resources that are created after the operation, since they refer to its own. */
function pendingAmong(references: ReadonlySet<string>, { ids, creators, results }: Job): ReadonlySet<string> {
  if (references.size === 0) return none;
  const pending = new Set<string>();
  for (const bulkId of references) {
    if (ids.has(bulkId)) continue;
    const creator = creators.get(bulkId);
    if (creator === undefined) throw unknownReference(bulkId);
    if (results[creator] !== undefined) throw failedReference(bulkId);
    pending.add(bulkId);
  }
  return pending;
}

/** Gives the resources that were created without part of themselves the rest. */
async function closeCircles(job: Job): Promise<void> {
  for (const [index, withheld] of job.withheld) {
    const result = job.results[index];
    if (result === undefined || "error" in result) continue;
    try {
      const lost = [...referencesIn(withheld)].find((bulkId) => !job.ids.has(bulkId));
      if (lost !== undefined) {
        await takeBack(job.call, result.done);
        throw failedReference(lost);
      }
      job.results[index] = { done: await complete(job.call, result.done, withheld, job.ids) };
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
  job.results[index] = { error };
  job.errors++;
}

function unknownReference(bulkId: string): ScimError {
  return ScimError.invalidValue(`No operation of this request creates bulkId ${JSON.stringify(bulkId.slice(0, 100))}.`);
}

function failedReference(bulkId: string): ScimError {
  return new ScimError(409, `The resource of bulkId ${JSON.stringify(bulkId.slice(0, 100))} could not be created.`);
}
