/** The HTTP suites on a host's own tables. RFC 7643, RFC 7644. */
import { runHttpSuites } from "./http-suites.ts";
import { mapped } from "./layouts.ts";

await runHttpSuites(mapped);
