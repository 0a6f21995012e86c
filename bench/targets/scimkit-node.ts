/** scimkit on node:http, without a framework. */
import { scimListener } from "scimkit/node";
import { base } from "./raw-directory.ts";
import { filledScim } from "./scimkit.ts";
import { serve } from "./serve.ts";

await serve(async (dataset) => {
  const { scim, ids } = await filledScim(dataset);
  return { listener: scimListener(scim, { path: base }), ids };
});
