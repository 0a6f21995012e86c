/** kyselyUsers: a host's table of users. */
import type { Resource, UserWith } from "scimkit";
import type { KyselyStore } from "./kysely-store.ts";
import type { AnyStoreMapping, Mapping } from "./mapping.ts";
import { TableStore } from "./resource-store.ts";
import type { Uniqueness } from "./uniqueness.ts";

/** A store of users on a host's table; {@link kyselyGroups} takes it to know who can be a member. */
export class KyselyUsers<Database, Ctx = unknown, R extends Resource = UserWith<[]>>
  extends TableStore<Database, R, Ctx>
  implements KyselyStore<Database, R, Ctx>
{
  constructor(mapping: Mapping<Database, Ctx>, uniqueness?: Uniqueness<Ctx>) {
    super(mapping, ["groups"], uniqueness);
  }
}

/**
 * Users in a table of the host's.
 *
 * `Database` is Kysely's type of the host's tables: tables and columns are checked against it. `R` is given where users
 * have extensions of the host's own: `UserWith<[typeof badge]>`.
 *
 * @throws Error from `createScim`, where the mapping and the schema do not fit
 * @example
 * const users = kyselyUsers<Database, Ctx>({
 *   db, table: "users", key: "id",
 *   tenant: (ctx) => ({ workspace_id: ctx.workspaceId }),
 *   columns: { userName: "email", "name.givenName": "first_name", "name.familyName": "last_name" },
 *   rest: "scim_attributes",
 *   createdAt: "created_at", updatedAt: "updated_at",
 * });
 */
export function kyselyUsers<Database, Ctx = unknown, R extends Resource = UserWith<[]>>(
  mapping: AnyStoreMapping<Database, Ctx>,
): KyselyUsers<Database, Ctx, R>;
export function kyselyUsers<Database, Ctx, R extends Resource>(
  mapping: Mapping<Database, Ctx>,
): KyselyUsers<Database, Ctx, R> {
  return new KyselyUsers<Database, Ctx, R>(mapping);
}
