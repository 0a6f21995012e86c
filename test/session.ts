/** session: a host, mounted, and a client of it that says what it wants in few words. */
import type { Answered } from "./client.ts";
import { type Host, openHost, token } from "./host.ts";
import type { Mounted } from "./mounts.ts";
import type { Served } from "./served.ts";

/** The URN of a PATCH message. */
export const patchOp = "urn:ietf:params:scim:api:messages:2.0:PatchOp";
/** The URN of an error message. */
export const errorUrn = "urn:ietf:params:scim:api:messages:2.0:Error";

/** A client of one mounted host. */
export interface Session {
  readonly host: Host;
  readonly mounted: Mounted;
  /** Sends a request as the first tenant; a string or bytes as they stand, everything else as JSON. */
  send(method: string, path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<Answered>;
  /** Sends these PATCH operations. */
  patch(path: string, ...operations: readonly unknown[]): Promise<Answered>;
}

/** Mounts a host, by default one with the row's stores, and gives a client of it. */
export async function openSession(served: Served, given?: Host): Promise<Session> {
  const host = given ?? (await openHost(served));
  const mounted = await served.open(host.scim);
  const send: Session["send"] = (method, path, body, headers = {}) => {
    const content = body === undefined || typeof body === "string" || body instanceof Uint8Array;
    const type = body === undefined ? {} : { "Content-Type": "application/scim+json" };
    const sent = content ? body : JSON.stringify(body);
    return mounted.send({
      method,
      path,
      headers: { Authorization: `Bearer ${token}`, ...type, ...headers },
      ...(sent === undefined ? {} : { body: sent }),
    });
  };
  const patch: Session["patch"] = (path, ...Operations) => send("PATCH", path, { schemas: [patchOp], Operations });
  return { host, mounted, send, patch };
}
