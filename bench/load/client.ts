/** The load client: a process that sends a scenario's requests and spins while it waits, so that it never oversleeps. */
import { LoadQuestion, type LoadReport } from "../messages.ts";
import { scenarioNamed } from "../scenarios/all.ts";
import type { Scenario } from "../scenarios/scenario.ts";
import { deleteUsers } from "./clean.ts";
import { type Asking, ask, type Tally } from "./connection.ts";

type Load = Extract<LoadQuestion, { ask: "load" }>;

/** The next turn of each connection, by server and scenario. */
const turns = new Map<string, number>();
/** Ids that the runs since the last cleaning have created. */
let created: string[] = [];

process.on("message", async (message) => {
  const question = LoadQuestion.parse(message);
  const stop = spin();
  if (question.ask === "load") process.send?.(await run(question));
  else {
    await deleteUsers(created, question.port);
    created = [];
    process.send?.({ amount: 0 });
  }
  stop();
});
process.once("disconnect", () => process.exit());

async function run(load: Load): Promise<LoadReport> {
  const scenario = scenarioNamed(load.scenario);
  const tally: Tally = { latencies: [], bodies: [], wrong: "" };
  const background: Tally = { latencies: [], bodies: [], wrong: "" };
  let over = false;
  const beside = scenario.beside && all(scenario.beside, load, background, () => !over);
  if (beside !== undefined) await new Promise((resolve) => setTimeout(resolve, 5));
  const begin = performance.now();
  const end = begin + load.milliseconds;
  await all(scenario, load, tally, () => performance.now() < end && tally.latencies.length < load.most);
  const seconds = (performance.now() - begin) / 1_000;
  over = true;
  await beside;
  remember(scenario, tally);
  if (scenario.beside !== undefined) remember(scenario.beside, background);
  return { ...summary(tally.latencies), seconds, wrong: tally.wrong || background.wrong };
}

/** All connections of a scenario. */
async function all(scenario: Scenario, load: Load, tally: Tally, goOn: () => boolean): Promise<void> {
  const { port, ids, check } = load;
  const length = Math.min(scenario.connections, load.connections);
  const asked = Array.from({ length }, async (_, connection) => {
    const key = `${port} ${scenario.name} ${connection}`;
    const asking: Asking = { scenario, port, ids, connection, turn: turns.get(key) ?? 0, check, goOn };
    turns.set(key, await ask(asking, tally));
  });
  await Promise.all(asked);
}

/** Keeps the event loop from going to sleep. */
function spin(): () => void {
  let spinning = true;
  const turn = (): void => {
    if (spinning) setImmediate(turn);
  };
  turn();
  return () => {
    spinning = false;
  };
}

function summary(latencies: readonly number[]): Omit<LoadReport, "seconds" | "wrong"> {
  const sorted = Float64Array.from(latencies).sort();
  const at = (part: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
  return { requests: sorted.length, p50: at(0.5), p99: at(0.99), max: at(1) };
}

function remember(scenario: Scenario, tally: Tally): void {
  const idsIn = scenario.created;
  if (idsIn !== undefined) for (const body of tally.bodies) created.push(...idsIn(body));
}
