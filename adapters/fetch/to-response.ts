/** A ScimResponse as a web Response. */
import type { ScimPieces, ScimResponse } from "scimkit";

const encoder = new TextEncoder();

/** The web response; without its body for HEAD. */
export function toResponse(answer: ScimResponse, method: string): Response {
  const { status, headers, pieces } = answer;
  if (pieces !== undefined) return new Response(method === "HEAD" ? null : streamOf(pieces), { status, headers });
  const { body } = answer;
  if (body === undefined) return new Response(null, { status, headers });
  const bytes = encoder.encode(body);
  return new Response(method === "HEAD" ? null : bytes, {
    status,
    headers: { ...headers, "Content-Length": String(bytes.length) },
  });
}

/** Pieces are made as the client reads them, and no more of them once it is gone. */
function streamOf(pieces: ScimPieces): ReadableStream<Uint8Array> {
  const iterator = pieces[Symbol.asyncIterator]();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await iterator.next();
      if (done === true) controller.close();
      else controller.enqueue(value);
    },
    async cancel() {
      await iterator.return?.();
    },
  });
}
