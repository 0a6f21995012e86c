/** What both examples share around the app: settings, a greeting, a clean end. */
import { randomBytes } from "node:crypto";
import type { Server } from "node:http";
import { db, place } from "./database.ts";

/** Where the SCIM endpoints are mounted. */
export const scimPath = "/scim/v2";

/** `PORT`; default 3000, and 0 for any free port. */
export const port: number = readPort(process.env.PORT ?? "3000");

/** `SCIM_TOKEN`; default a random one, 256 bits. */
export const token: string = process.env.SCIM_TOKEN || randomBytes(32).toString("base64url");

/**
 * Tells how to use a server once it listens; on SIGTERM and SIGINT closes it, after the requests in progress, and then the
 * database.
 */
export function run(server: Server): void {
  server.once("listening", () => {
    const address = server.address();
    const url = `http://localhost:${typeof address === "object" && address !== null ? address.port : port}${scimPath}`;
    console.log(`Database  ${place}`);
    console.log(`SCIM URL  ${url}`);
    console.log(`Token     ${token}`);
    console.log(`Try it    curl -H 'Authorization: Bearer ${token}' ${url}/Users`);
  });
  server.once("error", (error) => {
    console.error(`${error.message}. Set PORT to use another port.`);
    process.exitCode = 1;
  });
  server.once("close", () => void db.destroy());
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => server.close());
}

function readPort(text: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && number >= 0 && number < 65_536 && text !== "") return number;
  throw new RangeError(`PORT is "${text}"; it must be a number from 0 to 65535.`);
}
