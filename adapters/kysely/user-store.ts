/** kyselyUsers: a host's table of users. */
import type { Resource, UserWith } from "scimkit";
import type { KyselyStore } from "./kysely-store.ts";
import type { Mapping, StoreMapping, TableName } from "./mapping.ts";
import { TableStore } from "./resource-store.ts";
import type { Uniqueness } from "./uniqueness.ts";

/** Users on a host's table; {@link kyselyGroups} takes it to know who can be a member. */
export interface KyselyUsers<Database, Ctx = unknown, R extends Resource = UserWith<[]>>
  extends KyselyStore<Database, Ctx, R> {}

/** The users of a table. `groups` is not in it: memberships are, which a store of groups knows. */
export class UserTable<Database, Ctx, R extends Resource = UserWith<[]>>
  extends TableStore<Database, Ctx, R>
  implements KyselyUsers<Database, Ctx, R>
{
  constructor(mapping: Mapping<Database, Ctx>, uniqueness?: Uniqueness<Ctx>) {
    super(mapping, ["groups"], uniqueness);
  }
}

/** The users that a database has been given a mapping for; true where there are several. */
const mapped = new WeakMap<object, object | true>();

/**
 * The store of the users in a database that has one such store.
 *
 * @throws Error if there is none, or more than one
 */
export function onlyUsersOf(db: object): object {
  const users = mapped.get(db);
  if (users !== undefined && users !== true) return users;
  const problem = users === undefined ? "no users are mapped on this `db` yet" : "several are mapped on this `db`";
  throw new Error(`kyselyGroups: ${problem}; say with \`users\` whose memberships these are.`);
}

/**
 * Users in a table of the host's.
 *
 * Tables and columns are checked against Kysely's type of the host's `Database`; `Ctx` is what the first function that
 * takes a Context says of it. `R` is given where users have extensions of the host's own: `UserWith<[typeof badge]>`.
 *
 * @throws Error from `createScim`, where the mapping and the schema do not fit
 * @example
 * const users = kyselyUsers({
 *   db, table: "users", key: "id",
 *   tenant: (ctx: Ctx) => ({ workspace_id: ctx.workspaceId }),
 *   columns: { userName: "email", "name.givenName": "first_name", "name.familyName": "last_name" },
 *   rest: "scim_attributes",
 * });
 */
export function kyselyUsers<
  Database,
  Table extends TableName<Database>,
  Ctx = unknown,
  R extends Resource = UserWith<[]>,
>(mapping: StoreMapping<Database, Table, Ctx>): KyselyUsers<Database, Ctx, R>;
export function kyselyUsers<Database, Ctx, R extends Resource>(
  mapping: Mapping<Database, Ctx>,
): KyselyUsers<Database, Ctx, R> {
  const users = new UserTable<Database, Ctx, R>(mapping);
  mapped.set(mapping.db, mapped.has(mapping.db) ? true : users);
  return users;
}
