/** scimkit mounted on Koa 3. */
import Koa from "koa";
import mount from "koa-mount";
import { scimRouter } from "scimkit/koa";
import { base } from "./raw-directory.ts";
import { filledScim } from "./scimkit.ts";
import { serve } from "./serve.ts";

await serve(async (dataset) => {
  const { scim, ids } = await filledScim(dataset);
  const app = new Koa();
  app.use(mount(base, scimRouter(scim)));
  return { listener: app.callback(), ids };
});
