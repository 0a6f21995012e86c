/** Milliseconds from the start of a process until scimkit and zod are there. */
import { createScim } from "scimkit";

process.send?.({ amount: typeof createScim === "function" ? performance.now() : 0 });
