/** What the parts cost without HTTP: engines, start-up, memory, size, and the bare `handle`. */
import { z } from "zod";
import { bundle } from "../build.ts";
import { Amount, Ready } from "../messages.ts";
import { Peer } from "../peer.ts";
import { significant } from "../report/lines.ts";
import { EngineLine } from "../report/results.ts";
import { installedSize } from "./size.ts";

const core = 0;
const startRounds = 7;
/** What is measured through the bare `handle`. */
const handled = ["read user", "find by userName among 10,000", "page of 100", "replace user", "PATCH active"];

const figure = (name: string, amount: number, unit: string): EngineLine => ({
  name,
  against: "",
  ratio: 0,
  amount: significant(amount),
  unit,
});

export async function engines(full: boolean): Promise<EngineLine[]> {
  process.stderr.write("\nEngines … ");
  const targets = ["./targets/scimkit-bare.ts", "./targets/scimkit-node.ts", "./targets/raw-node.ts"];
  const starting = ["empty-scim", "import-nothing", "import-scimkit", "import-scimmy"];
  const directory = await bundle(["./engines/micro.ts", ...targets, ...starting.map((file) => `./engines/${file}.ts`)]);
  const nothing = await start(directory, "import-nothing");
  const lines = [
    ...(await contestsIn(`${directory}/engines/micro.mjs`, full)),
    ...(await bareHandle(`${directory}/targets/scimkit-bare.mjs`, full)),
    figure("import scimkit", (await start(directory, "import-scimkit")) - nothing, "ms"),
    figure("import scimmy", (await start(directory, "import-scimmy")) - nothing, "ms"),
    figure("createScim", await start(directory, "empty-scim"), "ms"),
    ...(await memory(directory)),
    ...installedSize(),
  ];
  process.stderr.write("done\n");
  return lines;
}

async function contestsIn(file: string, full: boolean): Promise<readonly EngineLine[]> {
  const peer = new Peer("the contests", file, [full ? "full" : "quick"], { core, nodeArguments: ["--expose-gc"] });
  const { lines } = await peer.next(z.object({ lines: z.array(EngineLine) }));
  peer.stop();
  return lines;
}

async function bareHandle(file: string, full: boolean): Promise<EngineLine[]> {
  const peer = new Peer("the bare handle", file, ["small"], { core });
  await peer.next(Ready);
  const lines: EngineLine[] = [];
  for (const scenario of handled) {
    const question = { ask: "handle", scenario, milliseconds: full ? 1_500 : 300 };
    const amounts: number[] = [];
    for (let round = 0; round < 3; round++) amounts.push((await peer.ask(question, Amount)).amount);
    lines.push(figure(`handle, ${scenario}`, Math.min(...amounts), "µs"));
  }
  peer.stop();
  return lines;
}

/** Milliseconds that a fresh process reports of itself, the least of a few. */
async function start(directory: string, file: string): Promise<number> {
  const amounts: number[] = [];
  for (let round = 0; round < startRounds; round++) {
    const peer = new Peer(file, `${directory}/engines/${file}.mjs`, [], { core });
    amounts.push((await peer.next(Amount)).amount);
    peer.stop();
  }
  return Math.min(...amounts);
}

/** Heap of 100,000 users, each, and against raw node:http. */
async function memory(directory: string): Promise<EngineLine[]> {
  const [own, raw] = await Promise.all(["scimkit-node", "raw-node"].map((target) => heapOf(directory, target)));
  const kibibytes = (bytes = 0): number => significant(bytes / 1_024);
  return [
    {
      ...figure("heap of one user among 100,000", kibibytes(own), "KiB"),
      ratio: significant((raw ?? 0) / (own ?? 1)),
      against: "raw node:http",
    },
    figure("heap of one user among 100,000, raw node:http", kibibytes(raw), "KiB"),
  ];
}

async function heapOf(directory: string, target: string): Promise<number> {
  const file = `${directory}/targets/${target}.mjs`;
  const peer = new Peer(target, file, ["users", "memory"], { core, nodeArguments: ["--expose-gc"] });
  const { bytesPerUser } = await peer.next(Ready);
  peer.stop();
  return bytesPerUser;
}
