/** Worker: jobs and revocations, done batch by batch beside the requests. */
import type { Connection, ConnectionContext } from "../connections/connection.ts";
import { turn } from "../protocol/breather.ts";
import type { Resource } from "../schema/attribute.ts";
import { everything } from "../store/selection.ts";
import type { ResourceStore } from "../store/store.ts";
import { nextBatch, type Strangers } from "./batches.ts";
import { withBlocked } from "./blocked.ts";
import { effectiveRules } from "./effective-rules.ts";
import type { Job } from "./job.ts";
import type { Offers } from "./offers.ts";
import { newestSequence, recordGroup } from "./read-group.ts";
import { retryRevocations } from "./revocation.ts";
import type { Settings } from "./settings.ts";

/** What a worker needs beside the settings. */
export interface WorkerParts {
  readonly offers: Offers;
  /** What is known of a user elsewhere; undefined if the connection does not manage it. */
  readUser(id: string, ctx: ConnectionContext): Promise<ReturnType<Strangers["get"]>>;
  /** The host's store of groups, once it is known. */
  groups(): ResourceStore<Resource, ConnectionContext> | undefined;
}

/** Does what is waiting; one run at a time in a process. Two processes may work at once: batches lock what they change. */
export class Worker {
  readonly #settings: Settings;
  readonly #parts: WorkerParts;
  #running: Promise<void> | undefined;
  #isAskedAgain = false;

  constructor(settings: Settings, parts: WorkerParts) {
    this.#settings = settings;
    this.#parts = parts;
  }

  /** Works until nothing is waiting that can be done now. Never rejects: what goes wrong is told, and stays waiting. */
  run(): Promise<void> {
    if (this.#running !== undefined) {
      this.#isAskedAgain = true;
      return this.#running;
    }
    this.#running = this.#all().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  async #all(): Promise<void> {
    do {
      this.#isAskedAgain = false;
      for (const connection of await this.#waiting()) {
        try {
          await this.#workOn(connection);
        } catch (error) {
          this.#settings.fail(error);
        }
      }
    } while (this.#isAskedAgain);
  }

  async #waiting(): Promise<readonly string[]> {
    try {
      return await this.#settings.store.waiting();
    } catch (error) {
      this.#settings.fail(error);
      return [];
    }
  }

  async #workOn(id: string): Promise<void> {
    const { store, tell } = this.#settings;
    const tried = await store.within(id, undefined, "shared", (unit) => retryRevocations(unit, this.#settings));
    for (const receipt of tried) {
      if (!receipt.complete) await tell({ type: "revocation.incomplete", connection: id, receipt });
    }
    const jobs = await store.within(id, undefined, "shared", (unit) => unit.jobs());
    for (const job of jobs) {
      if (job.finished !== undefined) continue;
      const connection = await this.#settings.connections.get(job.organisation, id);
      if (connection === undefined) return store.forget(id);
      await this.#workOff(job, connection);
    }
  }

  async #workOff(job: Job, connection: Connection): Promise<void> {
    const { store, tell } = this.#settings;
    let current = job;
    try {
      while (current.finished === undefined) {
        current = await this.#batch(current, connection);
        await turn();
      }
    } catch (error) {
      const problem = "A batch failed; it is tried again.";
      await store.within(connection.id, undefined, "shared", (unit) => unit.saveJob({ ...current, problem }));
      throw error;
    }
    const finished = await store.within(connection.id, undefined, "shared", (unit) => withBlocked(unit, [current]));
    for (const each of finished) await tell({ type: "job.finished", connection: connection.id, job: each });
  }

  async #batch(job: Job, connection: Connection): Promise<Job> {
    const { store } = this.#settings;
    const all = await store.within(connection.id, undefined, "shared", (unit) => unit.rules());
    const offer = await this.#parts.offers.offer(connection, all);
    const ctx = contextOf(connection, offer.defaultRole);
    if (job.what.kind === "readGroup") return this.#read(job, job.what.group, ctx);
    const strangers = new Map<string, ReturnType<Strangers["get"]>>();
    for (;;) {
      const outcome = await store.within(connection.id, undefined, "shared", async (unit) =>
        nextBatch(unit, job, effectiveRules(await unit.rules(), offer), ctx, this.#settings, strangers),
      );
      if (!isList(outcome)) return outcome;
      for (const id of outcome) strangers.set(id, await this.#parts.readUser(id, ctx));
    }
  }

  /** A group that has been read is reconciled next. What is written while it is read is in the journal. */
  async #read(job: Job, id: string, ctx: ConnectionContext): Promise<Job> {
    const { store, now } = this.#settings;
    const { connection } = ctx;
    const newest = await store.within(connection, undefined, "exclusive", newestSequence);
    const group = await this.#parts.groups()?.get(id, everything, ctx);
    return await store.within(connection, undefined, "exclusive", async (unit) => {
      const isThere = group !== undefined && (await recordGroup(unit, group, newest, now()));
      const next: Job = isThere ? { ...job, what: { kind: "reconcile", groups: [id] } } : { ...job, finished: now() };
      await unit.saveJob(next);
      return next;
    });
  }
}

function isList(outcome: Job | readonly string[]): outcome is readonly string[] {
  return Array.isArray(outcome);
}

/** The Context of what is done in a connection's name, without a request. */
function contextOf({ id, organisation, workspace }: Connection, defaultRole: string): ConnectionContext {
  return { organisation, workspace, defaultRole, connection: id };
}
