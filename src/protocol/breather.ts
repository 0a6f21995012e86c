/** A breather: long work lets other requests have their turn. */

/** Milliseconds of work between two pauses. */
const stretch = 5;

/** A function to await between pieces of work: it pauses once the event loop has been held long enough. */
export function breather(): () => Promise<void> | undefined {
  let since = performance.now();
  return () => {
    if (performance.now() - since < stretch) return undefined;
    return new Promise((resolve) => {
      turn(() => {
        since = performance.now();
        resolve();
      });
    });
  };
}

/** Calls back when the event loop has been round once. A message is there sooner than a timer, which waits a millisecond. */
function turn(callBack: () => void): void {
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
