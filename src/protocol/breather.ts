/** A breather: long work lets other requests have their turn. */

/** Milliseconds of work between two pauses: with a collection of garbage in it, a turn stays below 10. */
const stretch = 3;

/**
 * A function to call between pieces of work: it gives a promise to await once the event loop has been held long enough.
 * In a long loop look before you await: what is not a promise costs a turn of the microtask queue too.
 */
export type Breather = () => Promise<void> | undefined;

/** A breather whose work begins now. */
export function breather(): Breather {
  let since = performance.now();
  return () => {
    if (performance.now() - since < stretch) return undefined;
    return turn().then(() => {
      since = performance.now();
    });
  };
}

/** Settles when the event loop has been round once. */
export function turn(): Promise<void> {
  return new Promise(afterOthers);
}

/** A message is there sooner than a timer, which waits a millisecond. */
function afterOthers(callBack: () => void): void {
  if (typeof MessageChannel !== "function") {
    setTimeout(callBack, 0);
    return;
  }
  const { port1, port2 } = new MessageChannel();
  // Not assigned: the types of Node and of browsers disagree about this property.
  Reflect.set(port1, "onmessage", () => {
    port1.close();
    callBack();
  });
  port2.postMessage(undefined);
}
