/** Milliseconds from the start of a process until it runs: what the other imports have on top is theirs. */
process.send?.({ amount: performance.now() });
