/** LogWriter: entries on their way into the log, in batches, so that no answer waits for them. */
import type { NewLogEntry } from "./store.ts";

/** Entries that wait at the most; beyond it the oldest are dropped. */
const maxWaiting = 10_000;

/** What a {@link LogWriter} needs. */
export interface LogSink {
  append(connection: string, entries: readonly NewLogEntry[]): Promise<void>;
  /** Told of entries that could not be written. Never throws. */
  fail(error: unknown): void;
}

/** Writes entries in the background: what comes while a batch is being written goes into the next one. */
export class LogWriter {
  readonly #sink: LogSink;
  #waiting = new Map<string, NewLogEntry[]>();
  #count = 0;
  #running: Promise<void> | undefined;

  constructor(sink: LogSink) {
    this.#sink = sink;
  }

  add(connection: string, entry: NewLogEntry): void {
    if (this.#count >= maxWaiting) this.#drop();
    const entries = this.#waiting.get(connection);
    if (entries === undefined) this.#waiting.set(connection, [entry]);
    else entries.push(entry);
    this.#count++;
    this.#running ??= this.#run();
  }

  /** Waits until everything added before is written, or has failed. */
  async flush(): Promise<void> {
    await this.#running;
  }

  async #run(): Promise<void> {
    // Whatever else is answered in this turn goes into the first batch.
    await Promise.resolve();
    while (this.#waiting.size > 0) {
      const batch = this.#waiting;
      this.#waiting = new Map();
      this.#count = 0;
      for (const [connection, entries] of batch) {
        try {
          await this.#sink.append(connection, entries);
        } catch (error) {
          this.#sink.fail(error);
        }
      }
    }
    this.#running = undefined;
  }

  #drop(): void {
    const [connection, entries] = this.#waiting.entries().next().value ?? [];
    if (connection === undefined || entries === undefined) return;
    entries.shift();
    if (entries.length === 0) this.#waiting.delete(connection);
    this.#count--;
    this.#sink.fail(new Error("The provisioning log falls behind; an entry was dropped."));
  }
}
