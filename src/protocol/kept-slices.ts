/** KeptSlices: the bytes of parts of long lists whose elements cannot change. */
import { Kept } from "./kept.ts";

/** Consecutive elements, and their JSON text with a comma before each. */
interface Slice {
  readonly elements: readonly unknown[];
  readonly bytes: Uint8Array;
  readonly size: number;
}

/** Elements of a list in one piece of text: 60 KiB of members, written in a fraction of a millisecond. */
export const sliceLength = 1_000;

/** Bytes of all slices; a group of 100,000 takes 7 million. */
const most = 33_554_432;

const encoder = new TextEncoder();

/**
 * The slices of a service, by their first element. A slice is found again if the list still has its elements one after
 * the other, wherever that is: of a group of 100,000 that one member has left, only the slice that it was in is made anew.
 */
export class KeptSlices {
  readonly #slices = new Kept<Slice>(most);

  /** The bytes of a list from its first element to its last, comma first. */
  *of(list: readonly unknown[]): Generator<Uint8Array, void> {
    let isKnown = true;
    for (let at = 0; at < list.length; ) {
      let slice = this.#find(list, at);
      if (slice === undefined) {
        slice = sliceOf(list.slice(at, this.#end(list, at, isKnown)));
        this.#keep(slice);
        isKnown = slice.elements.length < sliceLength;
      } else isKnown = true;
      yield slice.bytes;
      at += slice.elements.length;
    }
  }

  #find(list: readonly unknown[], at: number): Slice | undefined {
    const first = list[at];
    const slice = isObject(first) ? this.#slices.get(first) : undefined;
    if (slice === undefined) return undefined;
    const { elements } = slice;
    for (let index = 1; index < elements.length; index++) if (elements[index] !== list[at + index]) return undefined;
    const next = list[at + elements.length];
    // A short slice that new elements follow grows with them, lest each of them becomes a slice of its own.
    const grows = elements.length < sliceLength / 2 && next !== undefined && !this.#begins(next);
    return grows ? undefined : slice;
  }

  /** Where a new slice ends: before a known one, which is not looked for where nothing is known. */
  #end(list: readonly unknown[], at: number, isKnown: boolean): number {
    const limit = Math.min(at + sliceLength, list.length);
    if (isKnown) for (let end = at + 1; end < limit; end++) if (this.#begins(list[end])) return end;
    return limit;
  }

  #begins(element: unknown): boolean {
    return isObject(element) && this.#slices.has(element);
  }

  #keep(slice: Slice): void {
    const [first] = slice.elements;
    if (isObject(first)) this.#slices.set(first, slice);
  }
}

function sliceOf(elements: readonly unknown[]): Slice {
  const bytes = encoder.encode(`,${JSON.stringify(elements).slice(1, -1)}`);
  return { elements, bytes, size: bytes.length + 8 * elements.length };
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
