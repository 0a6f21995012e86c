/** scimkit mounted on Express 5. */
import express from "express";
import { scimRouter } from "scimkit/express";
import { base } from "./raw-directory.ts";
import { filledScim } from "./scimkit.ts";
import { serve } from "./serve.ts";

await serve(async (dataset) => {
  const { scim, ids } = await filledScim(dataset);
  const app = express();
  app.use(base, scimRouter(scim));
  return { listener: app, ids };
});
