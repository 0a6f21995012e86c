/** The contests, in a process of their own. */
import type { EngineLine } from "../report/results.ts";
import { contests } from "./contests.ts";
import { contest } from "./timing.ts";

const full = process.argv[2] === "full";
const lines: EngineLine[] = [];
for (const each of contests) lines.push(await contest(each, full));
process.send?.({ lines });
