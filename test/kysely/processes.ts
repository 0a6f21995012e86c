/** startProcesses: several Node processes that serve the same tables, and one client of them all. */
import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { type Answered, type Client, client, type Sent } from "../client.ts";
import type { SqlLayout } from "./layouts.ts";

/** One process that serves. */
export interface ServerProcess {
  send(request: Sent): Promise<Answered>;
  /** Ends it as the machine would that loses its power; its connections to the database break. */
  kill(): Promise<void>;
}

/** How the database calls the connections of these processes. */
export const applicationName = "scimkit-server-process";

/** Starts one; what it writes to its standard error is this process's as well. */
export async function startProcess(url: string, layout: SqlLayout): Promise<ServerProcess> {
  const script = fileURLToPath(new URL("./server-process.ts", import.meta.url));
  const env = { ...process.env, PGAPPNAME: applicationName };
  const child = fork(script, [url, layout.name], { env, execArgv: ["--import", "tsx"] });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const http = await connected(child);
  return {
    send: (request) => http.send(request),
    kill: async () => {
      child.kill("SIGKILL");
      await ended;
      http.close();
    },
  };
}

function connected(child: ChildProcess): Promise<Client> {
  return new Promise((resolve, reject) => {
    child.once("message", (port) => resolve(client(`http://127.0.0.1:${port}/scim/v2`)));
    child.once("exit", (code) => reject(new Error(`The server process ended with ${code} before it served.`)));
    child.once("error", reject);
  });
}
