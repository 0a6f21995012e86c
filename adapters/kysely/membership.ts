/** Membership: the table that says which users, and which groups, are in a group. RFC 7643 §4.2. */
import { type QueryExecutorProvider, type RawBuilder, sql } from "kysely";
import { type CatalogTable, readCatalog } from "./catalog.ts";
import { columnNames } from "./constant.ts";
import { type BoundTable, keyValue, keyValues, type MappedTable } from "./mapped-table.ts";
import type { Members } from "./mapping.ts";
import type { SqlValue } from "./sql-value.ts";
import { tableName } from "./table-name.ts";
import { reading } from "./transaction.ts";

/** The memberships of a host's groups, before anything is known of the database. */
export class Membership<Database, Ctx> {
  readonly members: Members<Ctx>;
  readonly groups: MappedTable<Database, Ctx>;
  readonly users: MappedTable<Database, Ctx>;
  #bound: Promise<BoundMembership<Ctx>> | undefined;

  constructor(members: Members<Ctx>, groups: MappedTable<Database, Ctx>, users: MappedTable<Database, Ctx>) {
    this.members = members;
    this.groups = groups;
    this.users = users;
  }

  /** @throws Error naming the table or column that is not there, or keys that cannot be told apart */
  bound(): Promise<BoundMembership<Ctx>> {
    this.#bound ??= this.#bind().catch((error: unknown) => {
      this.#bound = undefined;
      throw error;
    });
    return this.#bound;
  }

  async #bind(): Promise<BoundMembership<Ctx>> {
    const { table, group, user, nested } = this.members;
    const [groups, users] = [await this.groups.bound(), await this.users.bound()];
    const columns = nested === undefined ? [group, user] : [group, user, nested];
    const catalog = await reading(() => readCatalog(this.groups.db, table));
    if (catalog === undefined) throw new Error(`The table "${table}" of the members is not in the database.`);
    const missing = columns.find((column) => !catalog.columns.has(column));
    if (missing !== undefined) throw new Error(`The table "${table}" has no column "${missing}".`);
    checkKey(catalog, group, groups);
    checkKey(catalog, user, users);
    if (nested !== undefined) checkKey(catalog, nested, groups);
    if (
      nested !== undefined &&
      [users, groups].every((one) => one.catalog.columns.get(one.mapping.key)?.kind === "integer")
    ) {
      throw new Error(
        `Groups cannot be members in "${table}": users and groups are numbered, so that an id can be either's. ` +
          "Leave `nested` out, or use keys that differ, such as UUIDs.",
      );
    }
    const { db } = this.groups;
    return new BoundMembership(this.members, groups, users, catalog, tableName(db, table), db);
  }
}

/** @throws Error if a column of members cannot hold the keys that it refers to */
function checkKey<Ctx>(catalog: CatalogTable, column: string, { mapping, catalog: keys }: BoundTable<Ctx>): void {
  const [holder, key] = [catalog.columns.get(column), keys.columns.get(mapping.key)];
  if (holder === undefined || key === undefined || holder.kind === key.kind) return;
  throw new Error(
    `"${catalog.name}.${holder.name}" is ${holder.type}, and "${keys.name}.${key.name}", whose keys it is to hold, is ` +
      `${key.type}.`,
  );
}

/** Memberships together with what the database says of their tables. `m` is the table's alias. */
export class BoundMembership<Ctx> {
  readonly members: Members<Ctx>;
  readonly groups: BoundTable<Ctx>;
  readonly users: BoundTable<Ctx>;
  readonly catalog: CatalogTable;
  /** The table's name, for a statement. */
  readonly table: RawBuilder<unknown>;
  /** A group's displayName, from the table `t`; undefined if it cannot be had in SQL. */
  display: SqlValue | undefined;
  readonly #columns: (alias: string, column: string) => RawBuilder<unknown>;

  constructor(
    members: Members<Ctx>,
    groups: BoundTable<Ctx>,
    users: BoundTable<Ctx>,
    catalog: CatalogTable,
    table: RawBuilder<unknown>,
    db: QueryExecutorProvider,
  ) {
    this.members = members;
    this.groups = groups;
    this.users = users;
    this.catalog = catalog;
    this.table = table;
    this.#columns = columnNames(db);
  }

  /** The column of the group, of the user, or of the member that is a group. */
  column(name: string): RawBuilder<unknown> {
    return this.#columns("m", name);
  }

  /** Whether the database itself sees to it that a group has each member of this column once. */
  isUnique(column: string): boolean {
    const names = [this.members.group, column].map((name) => this.catalog.columns.get(name)?.name ?? name);
    return this.catalog.unique.some(
      ({ keys, where }) =>
        where === undefined && keys.length === 2 && names.every((name) => keys.some((key) => isColumn(key, name))),
    );
  }

  /** The id of the member, whatever it is. */
  get memberId(): RawBuilder<unknown> {
    const { user, nested } = this.members;
    const id = sql`${this.column(user)}::text`;
    return nested === undefined ? id : sql`coalesce(${id}, ${this.column(nested)}::text)`;
  }

  /** The memberships of one group. */
  inGroup(id: string): RawBuilder<unknown> {
    return sql`${this.column(this.members.group)} = ${this.groupKey(id)}`;
  }

  /** A group's id as a value of the membership's column. */
  groupKey(id: string): RawBuilder<unknown> {
    return keyValue(id, this.members.group, this.catalog) ?? sql`null`;
  }

  /** The memberships of which a column is among `ids`. */
  among(column: string, ids: readonly string[]): RawBuilder<unknown> {
    return sql`${this.column(column)} = any(${keyValues(ids, column, this.catalog)})`;
  }
}

/** Whether an index key is the column itself; PostgreSQL prints names with quotes where they need them. */
function isColumn(key: string, name: string): boolean {
  return key === name || key === `"${name.replaceAll('"', '""')}"`;
}
