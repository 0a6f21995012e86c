/** Milliseconds from the start of a process until scimmy is there. */
import SCIMMY from "scimmy";

process.send?.({ amount: typeof SCIMMY.Resources.declare === "function" ? performance.now() : 0 });
