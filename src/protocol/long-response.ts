/** Responses whose body is made piece by piece. */
import { ScimError } from "../error.ts";
import type { ScimResponse } from "../request.ts";
import { breather, turn } from "./breather.ts";
import type { Call } from "./call.ts";
import { mediaType } from "./envelope.ts";
import type { Piece } from "./json-pieces.ts";

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/**
 * A response with pieces of text as its body.
 *
 * @param pieces - begins anew each time it is called
 */
export function longResponse(
  call: Call,
  status: number,
  pieces: () => Iterable<Piece>,
  headers: Readonly<Record<string, string>> = {},
): ScimResponse {
  return {
    status,
    headers: { "Content-Type": mediaType, ...headers },
    get body() {
      return Array.from(pieces(), (piece) => (typeof piece === "string" ? piece : decoder.decode(piece))).join("");
    },
    pieces: { [Symbol.asyncIterator]: () => encoded(pieces(), call) },
  };
}

/** The head is sent by then, so that nothing can be made of an error but a body that breaks off, and a report. */
async function* encoded(pieces: Iterable<Piece>, { options, request }: Call): AsyncGenerator<Uint8Array, void> {
  // What the pieces are made of has taken milliseconds to find.
  await turn();
  const pause = breather();
  try {
    for (const piece of pieces) {
      yield typeof piece === "string" ? encoder.encode(piece) : piece;
      const rest = pause();
      if (rest !== undefined) await rest;
    }
  } catch (thrown) {
    options.onError(ScimError.from(thrown), request);
    throw thrown;
  }
}
