/** Work that is done again and again while somebody looks at the page. */

/**
 * Does the work again after each time, and not while nobody looks.
 *
 * @param work - its answer is how long to wait then, in milliseconds
 * @returns what ends it
 */
export function repeat(work: () => Promise<number>): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let ended = false;
  let wait = 1000;
  const next = async (): Promise<void> => {
    clearTimeout(timer);
    if (document.visibilityState === "visible") wait = await work();
    if (!ended) timer = setTimeout(next, wait);
  };
  const onVisible = (): void => {
    if (document.visibilityState === "visible") void next();
  };
  document.addEventListener("visibilitychange", onVisible);
  void next();
  return () => {
    ended = true;
    clearTimeout(timer);
    document.removeEventListener("visibilitychange", onVisible);
  };
}
