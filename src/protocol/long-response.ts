/** Responses whose body is made piece by piece. */
import { ScimError } from "../error.ts";
import type { ScimResponse } from "../request.ts";
import { breather } from "./breather.ts";
import type { Call } from "./call.ts";
import { mediaType } from "./envelope.ts";

const encoder = new TextEncoder();

/**
 * A response with pieces of text as its body.
 *
 * @param texts - begins anew each time it is called
 */
export function longResponse(
  call: Call,
  status: number,
  texts: () => Iterable<string>,
  headers: Readonly<Record<string, string>> = {},
): ScimResponse {
  return {
    status,
    headers: { "Content-Type": mediaType, ...headers },
    get body() {
      return [...texts()].join("");
    },
    pieces: { length: undefined, [Symbol.asyncIterator]: () => encoded(texts(), call) },
  };
}

/** The head is sent by then, so that nothing can be made of an error but a body that breaks off, and a report. */
async function* encoded(texts: Iterable<string>, { options, request }: Call): AsyncGenerator<Uint8Array, void> {
  const pause = breather();
  try {
    for (const text of texts) {
      yield encoder.encode(text);
      await pause();
    }
  } catch (thrown) {
    options.onError(ScimError.from(thrown), request);
    throw thrown;
  }
}
