/** What the product makes of what happens to access: pages are refreshed, and an alarm reaches the owners. */
import type { AccessEvent } from "scimkit/access";
import type { Product } from "../product.ts";

type Alarm = Extract<AccessEvent, { readonly type: "alarm.deactivations" }>;

/** Hears an event, after it has happened. */
export async function hearAccess(product: Product, event: AccessEvent): Promise<void> {
  switch (event.type) {
    case "alarm.deactivations":
      await warnOwners(product, event);
      break;
    case "job.finished": {
      const connection = await product.connections.get(event.job.organisation, event.connection);
      if (connection !== undefined) product.live.changed(connection.workspace);
      break;
    }
    case "rule.ineffective":
    case "revocation.incomplete":
      console.error("Access:", event);
      break;
  }
}

/** A scope filter that is set wrong deactivates a company in minutes. */
async function warnOwners({ db, post, origin }: Product, { organisation, deactivated, users }: Alarm): Promise<void> {
  const owners = await db
    .selectFrom("users")
    .innerJoin("workspaces", "workspaces.id", "users.workspace_id")
    .where("organisation_id", "=", organisation)
    .where("role", "=", "owner")
    .where("disabled_at", "is", null)
    .select("email")
    .execute();
  for (const { email } of owners) {
    post({
      to: email,
      subject: "Your identity provider is deactivating many people",
      text: [
        `It has deactivated ${deactivated} of ${users} people within an hour. If that is a mistake, pause`,
        "provisioning, and take back what it has done:",
        `${origin()}/settings/undo`,
      ].join("\n"),
    });
  }
}
