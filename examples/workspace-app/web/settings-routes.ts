/** The settings of an organisation, for its owners. */
import { type Response, Router } from "express";
import { seatsOf } from "../access/seats.ts";
import type { SignedIn } from "../accounts/signed-in.ts";
import { organisationOf, setSignOn } from "../organisations.ts";
import type { Product } from "../product.ts";
import { field, readForm } from "./form.ts";
import { settingsPage } from "./settings-page.ts";
import { forOwners, notFound } from "./visitor.ts";

/** @param portal - where the portal is, for the link to it */
export function settingsRoutes(product: Product, portal: string): Router {
  const { db, connections } = product;
  const router = Router();

  router.get(
    "/settings",
    forOwners(product, (_request, response, visitor) => show(response, visitor)),
  );

  router.post(
    "/settings/sign-on",
    readForm,
    forOwners(product, async (request, response, visitor) => {
      const url = field(request, "url", 1000);
      const isRequired = field(request, "required") === "yes";
      const organisation = await organisationOf(db, visitor.organisation);
      if (organisation?.plan !== "enterprise")
        return await show(response.status(403), visitor, "Enterprise plan only.");
      if (url === "" ? isRequired : !isWebAddress(url)) {
        return await show(response.status(400), visitor, "Give the URL of a page that begins with https://.");
      }
      await setSignOn(db, visitor.organisation, { url: url === "" ? null : url, isRequired });
      response.redirect(303, "/settings");
    }),
  );

  return router;

  async function show(response: Response, visitor: SignedIn, problem?: string): Promise<void> {
    const organisation = await organisationOf(db, visitor.organisation);
    if (organisation === undefined) return notFound(response, visitor);
    const refusal = await connections.refusal(organisation.id);
    const seats = await seatsOf(db, organisation.id);
    response.send(String(settingsPage({ organisation, refusal, portal, seats }, visitor, problem)));
  }
}

function isWebAddress(text: string): boolean {
  return URL.canParse(text) && new URL(text).protocol === "https:";
}
