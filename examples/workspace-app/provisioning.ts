/** Provisioning: the SCIM service of the product's people and teams. */
import { createScim, type Scim } from "scimkit";
import { hear } from "./events.ts";
import { mapTables } from "./mapping.ts";
import type { Product } from "./product.ts";

/** The service, not yet mounted. */
export function provisioning(product: Product): Scim {
  const { db, access } = product;
  return createScim(
    access.scim({
      ...mapTables(db),
      onEvent: (event, context) => hear(product, event, context),
      // A refusal on purpose, such as of a paused connection, has no cause.
      onError: ({ cause }) => cause !== undefined && console.error(cause),
    }),
  );
}
