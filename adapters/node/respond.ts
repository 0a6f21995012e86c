/** A ScimResponse on a node response: one head, the body in one write or piece by piece, nothing hashed or negotiated by the framework. */
import type { ServerResponse } from "node:http";
import { errorResponse, ScimError, type ScimResponse } from "scimkit";
import { sendPieces } from "./send-pieces.ts";

/**
 * Writes an answer. Headers the host has set before stay, unless the answer has one of the same name.
 *
 * An answer that cannot be written (a header with a line break in it, say) becomes a 500 envelope; one that comes too
 * late, because the host has answered or the client is gone, is dropped.
 */
export function respond(response: ServerResponse, answer: ScimResponse): void {
  if (response.headersSent || response.writableEnded || response.destroyed) return;
  try {
    write(response, answer);
  } catch (cause) {
    write(response, errorResponse(ScimError.from(cause)));
  }
}

function write(response: ServerResponse, answer: ScimResponse): void {
  const { status, headers, pieces } = answer;
  if (pieces !== undefined) {
    response.writeHead(status, headers);
    if (response.req.method === "HEAD") response.end();
    else void sendPieces(response, pieces);
    return;
  }
  const { body } = answer;
  if (body === undefined) {
    const empty = status === 204 || status === 304;
    response.writeHead(status, empty ? headers : { "Content-Length": "0", ...headers }).end();
    return;
  }
  // What is spread last is copied whole; V8 takes several times as long to add to what was spread.
  response.writeHead(status, { "Content-Length": String(Buffer.byteLength(body)), ...headers });
  if (response.req.method === "HEAD") response.end();
  else response.end(body);
}
