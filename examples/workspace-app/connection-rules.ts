/** What the product says about connections: who may have one, to which workspace, with which roles. */
import type { Kysely } from "kysely";
import type { ConnectionsOptions } from "scimkit/connections";
import { accountsOf } from "./accounts/accounts.ts";
import type { Database } from "./database/tables.ts";
import { entitled, ownerOfDomain, requiredSignOn } from "./organisations.ts";
import { workspacesOf } from "./people/directory.ts";
import { provisionedRoles } from "./people/roles.ts";

/** The options of `createConnections`, but for its store. */
export function connectionRules(db: Kysely<Database>): Omit<ConnectionsOptions, "store"> {
  return {
    entitled: (organisation) => entitled(db, organisation),
    workspaces: (organisation) => workspacesOf(db, organisation),
    roles: () => provisionedRoles,
    fallbackRole: "guest",
    signIn: {
      account: async (email) => {
        const [account] = await accountsOf(db, email);
        return (
          account && {
            organisation: account.organisation,
            workspace: account.workspace,
            user: account.userId,
            active: !account.isDeactivated,
            hasPassword: account.passwordHash !== null,
          }
        );
      },
      sso: (organisation) => requiredSignOn(db, organisation),
      organisationOf: (email) => ownerOfDomain(db, email),
    },
    onError: (error) => console.error(error),
  };
}
