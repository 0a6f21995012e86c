/** The whole benchmark: servers up, scenarios through, servers down. */
import { bundle } from "./build.ts";
import type { DatasetName } from "./data/dataset.ts";
import { engines } from "./engines/run.ts";
import { type Effort, measure, type Running } from "./measure.ts";
import { Amount, Ready } from "./messages.ts";
import { Peer } from "./peer.ts";
import { linesOf } from "./report/lines.ts";
import { type EngineLine, type Line, machine, type Results } from "./report/results.ts";
import { scenarios } from "./scenarios/all.ts";
import type { Scenario } from "./scenarios/scenario.ts";
import { type TargetInfo, targets } from "./targets/all.ts";

export interface Options {
  readonly full: boolean;
  /** Lower case: only scenarios whose name contains it, and no engines. */
  readonly only: string | undefined;
  /** Files of targets, instead of those of the mode. */
  readonly targets: readonly string[] | undefined;
}

const quickEffort: Effort = { rounds: 5, milliseconds: 120, warmUp: 300 };
const fullEffort: Effort = { rounds: 9, milliseconds: 700, warmUp: 1_500 };

/** The server's core, and the client's. */
const serverCore = 0;
const clientCore = 1;

export async function benchmark(options: Options): Promise<Results> {
  const chosen = targets.filter(({ file, quick }) => options.targets?.includes(file) ?? (quick || options.full));
  const directory = await bundle(["./load/client.ts", ...chosen.map(({ file }) => `./targets/${file}.ts`)]);
  const client = new Peer("the load client", `${directory}/load/client.mjs`, [], { core: clientCore });
  const lines: Line[] = [];
  for (const dataset of ["small", "large"] as const) {
    const wanted = scenarios.filter(
      (one) => one.dataset === dataset && one.name.toLowerCase().includes(options.only ?? ""),
    );
    if (wanted.length > 0) lines.push(...(await onDataset(dataset, wanted, chosen, directory, client, options)));
  }
  client.stop();
  const figures: EngineLine[] = options.only === undefined ? await engines(options.full) : [];
  return { mode: options.full ? "full" : "quick", machine: machine(), node: process.version, lines, engines: figures };
}

async function onDataset(
  dataset: DatasetName,
  wanted: readonly Scenario[],
  chosen: readonly TargetInfo[],
  directory: string,
  client: Peer,
  { full }: Options,
): Promise<Line[]> {
  process.stderr.write(`\nFilling ${chosen.length} servers (${dataset})\n`);
  const started = await Promise.all(chosen.map((info) => start(info, dataset, directory)));
  await shareSchemas(started);
  const running = await Promise.all(started.map(withSchemasTag));
  const lines: Line[] = [];
  for (const scenario of wanted) {
    process.stderr.write(`${scenario.name} … `);
    const asked = running.filter(({ info }) => full || !info.onlyInFull?.includes(scenario.name));
    const measured = await measure(client, scenario, asked, full ? fullEffort : quickEffort);
    lines.push(...linesOf(scenario, measured));
    for (const [target, reason] of measured.refused) process.stderr.write(`\n  left out: ${target}: ${reason}`);
    process.stderr.write("\n");
  }
  for (const { peer } of running) await peer.leave();
  return lines;
}

async function start(info: TargetInfo, dataset: DatasetName, directory: string): Promise<Running> {
  const nodeArguments = ["--expose-gc"];
  const file = `${directory}/targets/${info.file}.mjs`;
  const peer = new Peer(info.name, file, [dataset], { core: serverCore, nodeArguments });
  return { info, peer, ready: await peer.next(Ready) };
}

/** The raw targets serve the document that scimkit serves: the same bytes. */
async function shareSchemas(running: readonly Running[]): Promise<void> {
  const source = running.find(({ info }) => info.file.startsWith("scimkit"));
  if (source === undefined) return;
  const document: unknown = await (await schemasOf(source)).json();
  for (const { info, peer } of running) {
    if (info.file.startsWith("raw")) await peer.ask({ ask: "schemas", document }, Amount);
  }
}

/** A target with the entity tag of its schemas, as a client would know it from an earlier request. */
async function withSchemasTag(target: Running): Promise<Running> {
  const response = await schemasOf(target);
  await response.arrayBuffer();
  const schemasTag = response.headers.get("etag") ?? undefined;
  return { ...target, ready: { ...target.ready, ids: { ...target.ready.ids, schemasTag } } };
}

function schemasOf({ ready }: Running): Promise<Response> {
  return fetch(`http://127.0.0.1:${ready.port}/scim/v2/Schemas`, { headers: { Authorization: "Bearer bench" } });
}
