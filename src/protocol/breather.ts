/** A breather: long work lets other requests have their turn. */

/** Milliseconds of work between two pauses. */
const stretch = 5;

/** A function to await between pieces of work: it pauses once the event loop has been held long enough. */
export function breather(): () => Promise<void> | undefined {
  let since = performance.now();
  return () => {
    if (performance.now() - since < stretch) return undefined;
    return new Promise((resolve) => {
      setTimeout(() => {
        since = performance.now();
        resolve();
      }, 0);
    });
  };
}
