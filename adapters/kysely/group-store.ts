/** kyselyGroups: a host's table of groups, and the table of their members. */
import type { GroupCapabilities, GroupMembership, GroupWith, Resource } from "scimkit";
import { changeMembers, endMemberships, lockGroupsOf } from "./change-members.ts";
import type { ElementSource } from "./element.ts";
import { membershipDdl } from "./index-ddl.ts";
import type { KyselyStore } from "./kysely-store.ts";
import type { Mapping, Members, MembersMapping, StoreMapping, TableName } from "./mapping.ts";
import { type BoundMembership, Membership } from "./membership.ts";
import { groupSource, groupsOf, memberSource, membersOf } from "./read-members.ts";
import type { Relation } from "./relation.ts";
import { TableStore } from "./resource-store.ts";
import type { SqlValue } from "./sql-value.ts";
import { reading } from "./transaction.ts";
import type { Uniqueness } from "./uniqueness.ts";
import { type KyselyUsers, onlyUsersOf, UserTable } from "./user-store.ts";

/** Groups on a host's tables; they know the groups of every user. */
export interface KyselyGroups<Database, Ctx = unknown, R extends Resource = GroupWith<[]>>
  extends KyselyStore<Database, Ctx, R>,
    GroupCapabilities<Ctx> {
  groupsOf(userIds: readonly string[], ctx: Ctx): Promise<ReadonlyMap<string, readonly GroupMembership[]>>;
}

/** The groups of a table, and the memberships of another. */
export class GroupTable<Database, Ctx, R extends Resource = GroupWith<[]>>
  extends TableStore<Database, Ctx, R>
  implements KyselyGroups<Database, Ctx, R>
{
  readonly #membership: Membership<Database, Ctx>;

  constructor(
    mapping: Mapping<Database, Ctx>,
    members: Members<Ctx>,
    users: UserTable<Database, Ctx, Resource>,
    uniqueness?: Uniqueness<Ctx>,
  ) {
    const { tenant } = users.table.mapping;
    super(tenant === undefined ? mapping : { tenant, ...mapping }, ["members"], uniqueness);
    this.#membership = new Membership(members, this.table, users.table);
    this.relate(this.#ofGroups(members.nested));
    users.relate(this.#ofUsers(members.user));
  }

  async groupsOf(userIds: readonly string[], ctx: Ctx): Promise<ReadonlyMap<string, readonly GroupMembership[]>> {
    const membership = await this.#shown();
    return await reading(() => groupsOf(this.table.db, membership, userIds, ctx));
  }

  override async indexDdl(ctx: Ctx): Promise<readonly string[]> {
    const membership = await this.#membership.bound();
    return [...(await super.indexDdl(ctx)), ...membershipDdl(this.table.db, membership)];
  }

  /** The memberships, with the names of their groups. */
  async #shown(): Promise<BoundMembership<Ctx>> {
    const membership = await this.#membership.bound();
    if (this.isConnected) membership.display ??= await this.#displayName();
    return membership;
  }

  async #displayName(): Promise<SqlValue | undefined> {
    const { type, sources } = await this.bound();
    const attribute = type.attributes.get("displayname");
    const path = attribute && { extension: undefined, attribute, subAttribute: undefined, text: attribute.name };
    const all = sources(new Map());
    const source = path !== undefined && all.has(path) ? all.of(path) : undefined;
    return source !== undefined && "value" in source ? source.value : undefined;
  }

  #ofGroups(nested: string | undefined): Relation<Ctx> {
    const bound = () => this.#membership.bound();
    return {
      attribute: "members",
      prepare: async () => void (await bound()),
      sources: async () => [memberSource(await bound())],
      load: async (db, ids) => membersOf(db, await bound(), ids),
      change: async (trx, id, delta, ctx) => changeMembers(trx, await bound(), id, delta, ctx),
      lockGroups: async (trx, id, ctx) => lockGroupsOf(trx, await bound(), id, nested, ctx),
      end: async (trx, id) => endMemberships(trx, await bound(), id, nested),
    };
  }

  #ofUsers(user: string): Relation<Ctx> {
    return {
      attribute: "groups",
      prepare: async () => void (await this.#shown()),
      sources: async (ctx): Promise<readonly ElementSource[]> => [groupSource(await this.#shown(), ctx)],
      lockGroups: async (trx, id, ctx) => lockGroupsOf(trx, await this.#membership.bound(), id, user, ctx),
      end: async (trx, id) => endMemberships(trx, await this.#membership.bound(), id, user),
    };
  }
}

/** The tables of groups. */
export interface GroupsMapping<
  Database,
  Table extends TableName<Database>,
  MemberTable extends TableName<Database>,
  Ctx,
> extends StoreMapping<Database, Table, Ctx> {
  /** The table of their members. */
  readonly members: MembersMapping<Database, MemberTable, Ctx>;
  /** The users that can be members. Default: those that are mapped on the same `db`, where that is one store. */
  readonly users?: KyselyUsers<Database, Ctx, Resource>;
}

/**
 * Groups in tables of the host's: one with the groups, one with a row for each member. Gives users their `groups`, and
 * ends the memberships of a user that is deleted.
 *
 * @throws Error if it is not clear whose memberships these are; from `createScim`, where the mapping and the schema do
 *   not fit
 * @example
 * const groups = kyselyGroups({
 *   db, table: "teams", key: "id", columns: { displayName: "name" },
 *   members: { table: "team_members", group: "team_id", user: "user_id" },
 * });
 */
export function kyselyGroups<
  Database,
  Table extends TableName<Database>,
  MemberTable extends TableName<Database>,
  Ctx = unknown,
  R extends Resource = GroupWith<[]>,
>(mapping: GroupsMapping<Database, Table, MemberTable, Ctx>): KyselyGroups<Database, Ctx, R>;
export function kyselyGroups<Database, Ctx, R extends Resource>({
  members,
  users,
  ...mapping
}: Mapping<Database, Ctx> & {
  readonly members: Members<Ctx>;
  readonly users?: KyselyUsers<Database, Ctx, Resource>;
}): KyselyGroups<Database, Ctx, R> {
  const table: object = users ?? onlyUsersOf(mapping.db);
  if (!(table instanceof UserTable)) throw new TypeError("kyselyGroups: `users` must come from kyselyUsers.");
  return new GroupTable<Database, Ctx, R>(mapping, members, table);
}
