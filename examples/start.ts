/** What both examples share: settings, a greeting, a clean end. */
import { randomBytes } from "node:crypto";
import type { Server } from "node:http";

/** `PORT`, default 3000. */
export const port = Number(process.env.PORT ?? 3000);

/** `SCIM_TOKEN`, default a random one. */
export const token = process.env.SCIM_TOKEN ?? randomBytes(32).toString("base64url");

/** Says how to use a server that listens, and stops it on SIGTERM and SIGINT. */
export function greet(server: Server): void {
  const address = server.address();
  const actual = typeof address === "object" && address !== null ? address.port : port;
  const url = `http://localhost:${actual}/scim/v2`;
  console.log(`SCIM URL:  ${url}`);
  console.log(`Token:     ${token}`);
  console.log(`Try it:    curl -H 'Authorization: Bearer ${token}' ${url}/Users`);
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.once(signal, () => {
      server.close(() => process.exit(0));
      server.closeAllConnections();
    });
  }
}
