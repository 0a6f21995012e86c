/** The JSON text of a large object, one piece after the other. RFC 8259. */
import { isRecord } from "../schema/data-type.ts";

type JsonObject = Readonly<Record<string, unknown>>;

/** Yields pieces of text and returns what is left to be put in front of what follows. */
type Pieces = Generator<string, string>;

/** Elements of a list in one piece of text: 60 KiB of members, written in a fraction of a millisecond. */
const sliceLength = 1_000;

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
 */
export function* jsonPieces(before: string, value: JsonObject): Pieces {
  let text = `${before}{`;
  let isFirst = true;
  for (const name of Object.keys(value)) {
    const part = value[name];
    const start = `${isFirst ? text : `${text},`}${JSON.stringify(name)}:`;
    if (Array.isArray(part) && part.length > sliceLength) text = yield* listPieces(start, part);
    else if (isRecord(part) && isLong(part)) text = yield* jsonPieces(start, part);
    else {
      const json = JSON.stringify(part);
      if (json === undefined) continue;
      text = start + json;
    }
    isFirst = false;
  }
  return `${text}}`;
}

function* listPieces(before: string, list: readonly unknown[]): Pieces {
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
