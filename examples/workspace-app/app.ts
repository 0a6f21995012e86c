/** The product as an Express app: its pages, and the SCIM service beside them. */
import { fileURLToPath } from "node:url";
import express, { type ErrorRequestHandler, type Express } from "express";
import { portalRouter, scimRouter } from "scimkit/express";
import { portalOf, portalPath } from "./portal.ts";
import type { Product } from "./product.ts";
import { provisioning } from "./provisioning.ts";
import { scimPath } from "./settings.ts";
import { accountRoutes } from "./web/account-routes.ts";
import { apiRoutes } from "./web/api-routes.ts";
import { notice } from "./web/layout.ts";
import { resetRoutes } from "./web/reset-routes.ts";
import { sameOriginOnly, secureHeaders } from "./web/security.ts";
import { settingsRoutes } from "./web/settings-routes.ts";
import { signInRoutes } from "./web/sign-in-routes.ts";
import { ssoRoutes } from "./web/sso-routes.ts";
import { undoRoutes } from "./web/undo-routes.ts";
import { notFound, signInFirst, visitorOf } from "./web/visitor.ts";
import { workspaceRoutes } from "./web/workspace-routes.ts";

const assets = fileURLToPath(new URL("./assets", import.meta.url));

export function createApp(product: Product): Express {
  const app = express();
  app.disable("x-powered-by");
  app.use(scimPath, scimRouter(provisioning(product)));
  app.get(portalPath, signInFirst(product));
  app.use(portalPath, portalRouter(portalOf(product)));
  app.get("/favicon.ico", (_request, response) => response.redirect(301, "/assets/icon.svg"));
  app.use("/assets", express.static(assets, { index: false, maxAge: "5m" }));
  app.use(secureHeaders, sameOriginOnly);
  app.use(signInRoutes(product));
  app.use(ssoRoutes(product));
  app.use(resetRoutes(product));
  app.use(workspaceRoutes(product));
  app.use(settingsRoutes(product, portalPath));
  app.use(undoRoutes(product));
  app.use(accountRoutes(product));
  app.use(apiRoutes(product));
  app.use(async (request, response) => notFound(response, await visitorOf(product, request)));
  app.use(failed);
  return app;
}

/** A form or address that cannot be read is the sender's fault and says so; anything else is told to the log alone. */
const failed: ErrorRequestHandler = (error: unknown, _request, response, next) => {
  const status = statusOf(error);
  if (status >= 500) console.error(error);
  if (response.headersSent) return next(error);
  const text = status >= 500 ? "Something went wrong. Try again in a moment." : "This request cannot be read.";
  response.status(status).send(String(notice("That did not work", text)));
};

function statusOf(error: unknown): number {
  const status = error instanceof Error && "status" in error ? Number(error.status) : 500;
  return status >= 400 && status < 500 ? status : 500;
}
