/** A target as a process of its own: fills itself, listens, and answers the driver's questions about its CPU. */
import { createServer, type RequestListener } from "node:http";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { type Dataset, datasets, type Ids } from "../data/dataset.ts";
import { ServerQuestion } from "../messages.ts";

/** A target that is ready to serve. */
export interface Target {
  readonly listener: RequestListener;
  readonly ids: Ids;
  /** Takes the document that /Schemas serves, if the target has none of its own. */
  readonly schemas?: (document: unknown) => void;
  /** Runs a scenario without HTTP, for so many milliseconds; gives microseconds of CPU per request. */
  readonly handle?: (scenario: string, milliseconds: number) => Promise<number>;
}

/** Serves the target under `/scim/v2`, filled with the dataset that the first argument names. */
export async function serve(make: (dataset: Dataset) => Promise<Target>): Promise<void> {
  const [name, measured] = process.argv.slice(2);
  const dataset = name === "small" || name === "large" || name === "users" ? datasets[name] : datasets.small;
  const before = heap();
  const target = await make(dataset);
  // What filling has left behind is collected now, and not while requests are timed.
  const after = heap();
  const bytesPerUser = measured === "memory" ? (after - before) / (dataset.users + dataset.spare) : 0;
  const server = createServer({ keepAliveTimeout: 600_000 }, target.listener);
  server.listen(0, "127.0.0.1", () => {
    const address = server.address();
    process.send?.({ port: typeof address === "object" && address ? address.port : 0, ids: target.ids, bytesPerUser });
  });
  answerQuestions(target);
  process.once("disconnect", () => process.exit());
}

function heap(): number {
  globalThis.gc?.();
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}

function answerQuestions(target: Target): void {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  const answer = (amount: number): void => void process.send?.({ amount });
  process.on("message", async (message) => {
    const question = ServerQuestion.parse(message);
    switch (question.ask) {
      case "cpu": {
        const { user, system } = process.cpuUsage();
        return answer(user + system);
      }
      case "watch":
        delay.reset();
        delay.enable();
        return answer(0);
      case "delay":
        delay.disable();
        return answer(delay.max / 1e6);
      case "schemas":
        target.schemas?.(question.document);
        return answer(0);
      case "handle":
        return answer((await target.handle?.(question.scenario, question.milliseconds)) ?? 0);
    }
  });
}
