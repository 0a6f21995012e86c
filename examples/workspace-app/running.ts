/** A made-up token, left where `npm run demo:entra` finds it while the product runs on this machine. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL("../../node_modules/.cache/scimkit-example/", import.meta.url));
const file = (port: number): string => `${folder}token-${port}`;

/** Keeps the token, for this user's eyes only, until the process ends. */
export function leaveToken(port: number, token: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  rmSync(file(port), { force: true });
  writeFileSync(file(port), token, { mode: 0o600, flag: "wx" });
  process.once("exit", () => rmSync(file(port), { force: true }));
}

/** The token of the product on a port; undefined if none runs there, or it was given its token. */
export function tokenOnDisk(port: number): string | undefined {
  try {
    return readFileSync(file(port), "utf8");
  } catch {
    return undefined;
  }
}
