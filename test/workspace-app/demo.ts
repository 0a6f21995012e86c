/** Runs `npm run demo:entra -- --fast` against a workspace app. */
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { root } from "../package/sources.ts";
import type { RunningApp } from "./running.ts";

/** Plays the conversation to its end; what it said. Rejects, with what it said on the other stream, if it was refused. */
export async function playEntra(
  { origin }: RunningApp,
  token: string,
  env: Readonly<Record<string, string>> = {},
): Promise<string> {
  const program = join(root, "examples/workspace-app/demo-entra.ts");
  const { stdout } = await promisify(execFile)(process.execPath, ["--import", "tsx", program, "--fast"], {
    cwd: root,
    env: { ...process.env, SCIM_URL: "", PORT: new URL(origin).port, SCIM_TOKEN: token, ...env },
  });
  return stdout;
}
