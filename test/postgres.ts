/** startPostgres: a real PostgreSQL for tests, on `DATABASE_URL` or on a server of our own. */
import { execFileSync, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";

/** One empty database on a real server. */
export interface TestDatabase {
  readonly url: string;
  /** Drops the database, and ends the server if it was started for it. */
  stop(): Promise<void>;
}

/**
 * An empty database: on the server of `DATABASE_URL` when that is set, else on a new server, from the binaries in
 * `PG_BIN`, `/usr/lib/postgresql/<version>/bin` or the `PATH`.
 *
 * @returns undefined, after saying so, when there is no server to be had
 * @throws Error in CI (`CI` is set), where there must be one
 */
export async function startPostgres(): Promise<TestDatabase | undefined> {
  const given = process.env.DATABASE_URL;
  if (given !== undefined && given !== "") return await newDatabase(given, async () => {});
  const binaries = findBinaries();
  if (binaries === undefined) {
    const message = "No PostgreSQL server: set DATABASE_URL or install Debian's postgresql package.";
    if (process.env.CI !== undefined) throw new Error(message);
    console.warn(`${message} The tests that need one are left out.`);
    return undefined;
  }
  const server = await startServer(binaries);
  return await newDatabase(server.url, server.stop);
}

async function newDatabase(serverUrl: string, stop: () => Promise<void>): Promise<TestDatabase> {
  const name = `scimkit_${randomBytes(6).toString("hex")}`;
  await administer(serverUrl, `create database ${name}`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    stop: async () => {
      await untilNobodyIsConnected(serverUrl, name);
      await administer(serverUrl, `drop database if exists ${name} with (force)`);
      await stop();
    },
  };
}

async function administer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/** A pool's `end()` answers before its connections are closed; one that is dropped meanwhile throws at nobody's await. */
async function untilNobodyIsConnected(serverUrl: string, name: string): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  try {
    for (let attempt = 1; attempt <= 100; attempt++) {
      const { rowCount } = await client.query("select 1 from pg_stat_activity where datname = $1", [name]);
      if (rowCount === 0) return;
      await sleep(20);
    }
  } finally {
    await client.end();
  }
}

function findBinaries(): string | undefined {
  const debian = "/usr/lib/postgresql";
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [
    process.env.PG_BIN,
    ...versions.map((version) => join(debian, version, "bin")),
    ...(process.env.PATH ?? "").split(":"),
  ];
  return folders.find((folder) => folder !== undefined && folder !== "" && existsSync(join(folder, "initdb")));
}

/** The server refuses to run as root; then it runs as the system's user `postgres`. */
function serverUser(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const id = (flag: string): number => Number(execFileSync("id", [flag, "postgres"], { encoding: "utf8" }));
  return { uid: id("-u"), gid: id("-g") };
}

async function startServer(binaries: string): Promise<TestDatabase> {
  const folder = mkdtempSync(join(tmpdir(), "scimkit-postgres-"));
  const user = serverUser();
  if (user !== undefined) chownSync(folder, user.uid, user.gid);
  const data = join(folder, "data");
  const how = { cwd: folder, env: { ...process.env, TZ: "UTC" }, ...user };
  const initdb = ["-D", data, "-U", "postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"];
  execFileSync(join(binaries, "initdb"), initdb, { ...how, stdio: "ignore" });
  const port = await freePort();
  const settings = ["fsync=off", "max_connections=200", "unix_socket_directories=", "listen_addresses=127.0.0.1"];
  const server = spawn(
    join(binaries, "postgres"),
    ["-D", data, "-p", String(port), ...settings.flatMap((setting) => ["-c", setting])],
    { ...how, stdio: "ignore" },
  );
  const kill = (): boolean => server.kill("SIGQUIT");
  process.once("exit", kill);
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
  await untilItAnswers(url);
  return {
    url,
    stop: async () => {
      process.off("exit", kill);
      const ended = new Promise((resolve) => server.once("exit", resolve));
      server.kill("SIGINT");
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("There is no free port.");
  return address.port;
}

async function untilItAnswers(url: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await administer(url, "select 1");
    } catch (error) {
      if (attempt === 100) throw error;
      await sleep(100);
    }
  }
}
