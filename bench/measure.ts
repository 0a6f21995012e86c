/** Measures one scenario on several servers: answers first, then interleaved rounds. */
import { Amount, LoadReport, type Ready } from "./messages.ts";
import type { Peer } from "./peer.ts";
import type { Scenario } from "./scenarios/scenario.ts";
import type { TargetInfo } from "./targets/all.ts";

/** A target that is running. */
export interface Running {
  readonly info: TargetInfo;
  readonly peer: Peer;
  readonly ready: Ready;
}

/** How long and how often. */
export interface Effort {
  readonly rounds: number;
  /** Of one slice of one target. */
  readonly milliseconds: number;
  /** Before the first round. */
  readonly warmUp: number;
}

/** One slice of one target. */
export interface Sample {
  readonly requestsPerSecond: number;
  /** The server's, per request. */
  readonly cpuMicroseconds: number;
  /** Latencies in milliseconds. */
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
  /** The longest block of the server's event loop in milliseconds; only where another scenario runs beside, else 0. */
  readonly blocked: number;
}

/** All samples, by target name. A target that answers wrongly has none, and the reason why. */
export interface Measured {
  readonly samples: ReadonlyMap<string, readonly Sample[]>;
  readonly refused: ReadonlyMap<string, string>;
}

/** How one target is to be loaded. */
interface Plan {
  readonly target: Running;
  readonly rounds: number;
  readonly load: Load;
  readonly samples: Sample[];
}

interface Load {
  readonly connections: number;
  readonly milliseconds: number;
  readonly most: number;
  readonly check: boolean;
}

const unlimited = Number.MAX_SAFE_INTEGER;
/** Of one request, in milliseconds: a target that takes longer is asked once, by one connection. */
const slow = 300;

export async function measure(
  client: Peer,
  scenario: Scenario,
  running: readonly Running[],
  effort: Effort,
): Promise<Measured> {
  const refused = new Map<string, string>();
  const plans: Plan[] = [];
  for (const target of running) {
    const wrong = await prepare(client, scenario, target, effort, plans);
    if (wrong !== "") refused.set(target.info.name, wrong);
  }
  for (let round = 0; round < effort.rounds; round++) {
    for (const { target, rounds, load, samples } of plans) {
      if (round < rounds) samples.push(await slice(client, scenario, target, load));
    }
  }
  return { samples: new Map(plans.map(({ target, samples }) => [target.info.name, samples])), refused };
}

/** Checks the answers, finds out how slow the target is, and warms it up; gives what is wrong with its answers. */
async function prepare(
  client: Peer,
  scenario: Scenario,
  target: Running,
  effort: Effort,
  plans: Plan[],
): Promise<string> {
  const first = { connections: 1, milliseconds: 60_000, most: 2, check: true };
  const checked = await send(client, scenario, target, first);
  await clean(client, target);
  const proved = scenario.proof && (await send(client, scenario.proof, target, { ...first, most: 4 }));
  const wrong = checked.wrong || proved?.wrong || "";
  if (wrong !== "") return wrong;
  if (checked.p50 > slow) {
    plans.push({ target, rounds: 1, load: { ...first, most: 1, check: false }, samples: [] });
    return "";
  }
  const load = { connections: unlimited, milliseconds: effort.milliseconds, most: unlimited, check: false };
  await send(client, scenario, target, { ...load, milliseconds: effort.warmUp });
  await clean(client, target);
  plans.push({ target, rounds: Math.min(target.info.rounds, effort.rounds), load, samples: [] });
  return "";
}

function send(client: Peer, scenario: Scenario, { ready }: Running, load: Load): Promise<LoadReport> {
  return client.ask({ ask: "load", port: ready.port, ids: ready.ids, scenario: scenario.name, ...load }, LoadReport);
}

function clean(client: Peer, { ready }: Running): Promise<unknown> {
  return client.ask({ ask: "clean", port: ready.port }, Amount);
}

async function slice(client: Peer, scenario: Scenario, target: Running, load: Load): Promise<Sample> {
  const watched = scenario.beside !== undefined;
  if (watched) await target.peer.ask({ ask: "watch" }, Amount);
  const before = await target.peer.ask({ ask: "cpu" }, Amount);
  const report = await send(client, scenario, target, load);
  const after = await target.peer.ask({ ask: "cpu" }, Amount);
  const blocked = watched ? (await target.peer.ask({ ask: "delay" }, Amount)).amount : 0;
  await clean(client, target);
  if (report.wrong !== "") throw new Error(`${target.info.name}, ${scenario.name}: ${report.wrong}`);
  return {
    requestsPerSecond: report.requests / report.seconds,
    cpuMicroseconds: (after.amount - before.amount) / report.requests,
    p50: report.p50,
    p99: report.p99,
    max: report.max,
    blocked,
  };
}
