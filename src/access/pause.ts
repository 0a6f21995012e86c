/** pause: other work has a turn. */

/** Comes back once everything that is waiting in this process has had its turn: requests come first. */
export function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
