/** What the product makes of provisioning: it invites new people, and closes the pages of whoever is deactivated. */
import type { ScimEvent } from "scimkit";
import { accountOf } from "./accounts/accounts.ts";
import { invite } from "./accounts/letters.ts";
import type { Product } from "./product.ts";

/** Hears an event, after its commit. */
export async function hear(product: Product, event: ScimEvent, { workspace }: { readonly workspace: string }) {
  product.live.changed(workspace);
  switch (event.type) {
    case "user.created":
      if (event.resource?.active !== false) await welcome(product, event.id);
      break;
    case "user.deactivated":
    case "user.deleted":
      product.live.signedOut(event.id);
      break;
  }
}

async function welcome(product: Product, userId: string): Promise<void> {
  const account = await accountOf(product.db, userId);
  if (account !== undefined) await invite(product, account);
}
