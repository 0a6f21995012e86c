/** The HTTP suites on the ready-made tables. RFC 7643, RFC 7644. */
import { runHttpSuites } from "./http-suites.ts";
import { readyMade } from "./layouts.ts";

await runHttpSuites(readyMade);
