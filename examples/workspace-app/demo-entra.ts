/**
 * Plays an Entra ID conversation against the running product: `npm run demo:entra`, in a second terminal.
 *
 * `-- --fast` plays it without pauses. `PORT` and `SCIM_TOKEN` are those of the product; `SCIM_URL` names another place.
 */
import { randomUUID } from "node:crypto";
import { accessPart } from "./demo/access.ts";
import { Entra } from "./demo/entra.ts";
import { incrementalCycle } from "./demo/incremental-cycle.ts";
import { initialCycle } from "./demo/initial-cycle.ts";
import { openOwnTandem } from "./demo/own-tandem.ts";
import { people } from "./demo/tenant.ts";
import { tokenOnDisk } from "./running.ts";
import { givenToken, port, scimUrl } from "./settings.ts";

const url = process.env.SCIM_URL || scimUrl(`http://localhost:${port}`);
const token = givenToken ?? tokenOnDisk(port);

if (token === undefined) {
  console.error(
    `Nothing is running on port ${port}. Run "npm start" first, or set PORT and SCIM_TOKEN as it has them.`,
  );
  process.exitCode = 1;
} else {
  const pace = process.argv.includes("--fast") ? 0 : 900;
  const say = (line: string): void => console.log(line);
  try {
    await play(new Entra({ url, token, pace, say }));
    await playAccess(pace, say);
  } catch (error) {
    console.error(`\n${explained(error)}`);
    process.exitCode = 1;
  }
}

async function play(entra: Entra): Promise<void> {
  console.log(`Entra ID of Contoso → ${url}`);
  entra.chapter("Test Connection: a user that cannot be there");
  await entra.match("/Users", "userName", randomUUID());
  const ids = await initialCycle(entra);
  await incrementalCycle(entra, ids);
  console.log(`\nDone: ${people.length} people are provisioned, one of them deactivated.`);
}

/** On a product of its own: what is full or taken back there is nobody's. */
async function playAccess(pace: number, say: (line: string) => void): Promise<void> {
  const tandem = await openOwnTandem();
  try {
    await accessPart(new Entra({ url: scimUrl(tandem.origin), token: tandem.token, pace, say }), tandem);
  } finally {
    await tandem.close();
  }
  console.log("\nDone: access is as told.");
}

function explained(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if ("code" in error && error.code === "ECONNREFUSED") return `Nobody answers at ${url}. Is "npm start" running?`;
  return error.message;
}
