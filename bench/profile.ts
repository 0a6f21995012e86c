/**
 * `npm run bench:profile -- "read user"`: where a target's CPU goes in one scenario, by part of the house.
 *
 * A second word names the target's file; the default is `scimkit-express`, and `scimkit-bare` leaves HTTP out.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { bundle } from "./build.ts";
import { Amount, LoadReport, Ready } from "./messages.ts";
import { Peer } from "./peer.ts";
import { profileTables } from "./report/profile-table.ts";
import { scenarioNamed } from "./scenarios/all.ts";

const [name = "read user", file = "scimkit-express"] = process.argv.slice(2);
const scenario = scenarioNamed(name);
const milliseconds = 4_000;

const directory = await bundle(["./load/client.ts", `./targets/${file}.ts`]);
const profiles = mkdtempSync(join(directory, "profile-"));
const target = `${directory}/targets/${file}.mjs`;
const nodeArguments = ["--cpu-prof", "--cpu-prof-interval=200", `--cpu-prof-dir=${profiles}`];
const server = new Peer(file, target, [scenario.dataset], { core: 0, nodeArguments });
const ready = await server.next(Ready);
const before = (await server.ask({ ask: "cpu" }, Amount)).amount;
const requests = await drive();
const cpu = (await server.ask({ ask: "cpu" }, Amount)).amount - before;
await server.leave();

const written = readdirSync(profiles)[0];
if (written === undefined) throw new Error("node wrote no profile");
console.log(`${name} on ${file}: ${(cpu / requests).toFixed(1)} µs of CPU per request\n`);
console.log(profileTables(readFileSync(join(profiles, written), "utf8"), target, requests, cpu, milliseconds * 1_000));
rmSync(profiles, { recursive: true });

/** Loads the target; gives the number of requests. */
async function drive(): Promise<number> {
  if (file === "scimkit-bare") {
    const { amount } = await server.ask({ ask: "handle", scenario: name, milliseconds }, Amount);
    return (milliseconds * 1_000) / amount;
  }
  const client = new Peer("the load client", `${directory}/load/client.mjs`, [], { core: 1 });
  const load = { ask: "load", port: ready.port, ids: ready.ids, scenario: name, connections: 64 };
  const report = await client.ask({ ...load, milliseconds, most: Number.MAX_SAFE_INTEGER, check: false }, LoadReport);
  client.stop();
  if (report.wrong !== "") throw new Error(report.wrong);
  return report.requests;
}
