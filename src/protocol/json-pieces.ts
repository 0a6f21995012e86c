/** The JSON text of a large object, one piece after the other. RFC 8259. */
import { isRecord } from "../schema/data-type.ts";
import { type KeptSlices, sliceLength } from "./kept-slices.ts";

type JsonObject = Readonly<Record<string, unknown>>;

/** A piece of text, as it is or in UTF-8. */
export type Piece = string | Uint8Array;

/** Yields pieces and returns what is left to be put in front of what follows. */
type Pieces = Generator<Piece, string>;

/** Whether an object has a list so long that other requests would wait for its text. */
export function isLong(value: JsonObject): boolean {
  for (const name in value) {
    const part = value[name];
    if (typeof part !== "object" || part === null) continue;
    if (Array.isArray(part) ? part.length > sliceLength : isRecord(part) && isLong(part)) return true;
  }
  return false;
}

/**
 * The text that `JSON.stringify` makes of plain data, in pieces that end within its long lists.
 *
 * @param before - goes in front of it
 * @param slices - where the bytes of frozen elements are kept; undefined where frozen objects may yet have parts that
 *   change
 */
export function* jsonPieces(before: string, value: JsonObject, slices: KeptSlices | undefined): Pieces {
  let text = `${before}{`;
  let isFirst = true;
  for (const name of Object.keys(value)) {
    const part = value[name];
    const start = `${isFirst ? text : `${text},`}${JSON.stringify(name)}:`;
    if (Array.isArray(part) && part.length > sliceLength) text = yield* listPieces(start, part, slices);
    else if (isRecord(part) && isLong(part)) text = yield* jsonPieces(start, part, slices);
    else {
      const json = JSON.stringify(part);
      if (json === undefined) continue;
      text = start + json;
    }
    isFirst = false;
  }
  return `${text}}`;
}

function* listPieces(before: string, list: readonly unknown[], slices: KeptSlices | undefined): Pieces {
  // Projection leaves all elements of a list as they are in the store, or makes all of them new.
  if (slices !== undefined && Object.isFrozen(list[0])) {
    yield `${before}[`;
    let isFirst = true;
    for (const bytes of slices.of(list)) {
      yield isFirst ? bytes.subarray(1) : bytes;
      isFirst = false;
    }
    return "]";
  }
  let text = `${before}[`;
  for (let at = 0; at < list.length; at += sliceLength) {
    if (at > 0) {
      yield text;
      text = ",";
    }
    text += JSON.stringify(list.slice(at, at + sliceLength)).slice(1, -1);
  }
  return `${text}]`;
}
