/** Time-ordered UUIDs: keys that grow, so that the order of keys is that of creation. RFC 9562 §5.7, version 7. */

const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, "0");

let last = 0;

/** A UUID of version 7; later ones of one process are always greater. */
export function timeOrderedId(): string {
  // Milliseconds with a fraction of 1/4096: RFC 9562 §6.2, method 3.
  const now = Math.max(Math.floor((performance.timeOrigin + performance.now()) * 4096), last + 1);
  last = now;
  const time = hex(Math.floor(now / 4096), 12);
  const random = crypto.getRandomValues(new Uint8Array(8));
  const [first = 0, ...others] = random;
  const tail = [(first & 0x3f) | 0x80, ...others].map((byte) => hex(byte, 2)).join("");
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(now % 4096, 3)}-${tail.slice(0, 4)}-${tail.slice(4)}`;
}
