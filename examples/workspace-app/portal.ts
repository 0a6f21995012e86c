/** The portal: where an organisation's owner connects an identity provider. */
import type { Request } from "express";
import { createPortal, type Portal } from "scimkit/portal";
import { isOwner } from "./people/roles.ts";
import type { Product } from "./product.ts";
import { scimUrl } from "./settings.ts";
import { productName } from "./web/layout.ts";
import { visitorOf } from "./web/visitor.ts";

/** Where it is mounted. */
export const portalPath = "/settings/scim";

export function portalOf(product: Product): Portal<Request> {
  return createPortal({
    connections: product.connections,
    access: product.access,
    scimUrl: () => scimUrl(product.origin()),
    authorize: async (request: Request) => {
      const visitor = await visitorOf(product, request);
      if (visitor === undefined || !isOwner(visitor)) return null;
      return { organisation: visitor.organisation, name: visitor.organisationName, actions: "all" };
    },
    product: productName,
    back: { url: "/settings", label: "Settings" },
    onError: (error) => console.error(error),
  });
}
