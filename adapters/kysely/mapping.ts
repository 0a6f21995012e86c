/** Mapping: which column of a host's table holds which SCIM attribute. */
import type { Expression, Insertable, Kysely, SelectType, UpdateType } from "kysely";
import type { Resource } from "scimkit";

/** The name of one of the host's tables. */
export type TableName<Database> = keyof Database & string;
/** The name of a column of one table. */
export type ColumnName<Table> = keyof Table & string;

/** Where an attribute lives: a column, by name or with rules. */
export type Column<Table> =
  | ColumnName<Table>
  | { [Name in ColumnName<Table>]: ColumnRule<Table, Name> }[ColumnName<Table>];

/** A column whose values are not the attribute's values as they stand. */
export interface ColumnRule<Table, Name extends ColumnName<Table>> {
  readonly column: Name;
  /**
   * The attribute's value, from the column's; null or undefined for none. Default: the value as it is, numbers and
   * Dates converted to what the attribute's type asks for.
   */
  read?(value: SelectType<Table[Name]>): unknown;
  /**
   * The column's value, from the attribute's; may be a promise (a password's hash, say). Not called where the attribute
   * has no value: then the column gets its default, else null. Default: the value as it is.
   *
   * `false`: SCIM never writes the column, and a request that would have to is refused (400 `mutability`). `"ignore"`:
   * it is never written, and what a client sends for it is passed over.
   */
  write?: false | "ignore" | WriteColumn<Table[Name]>;
  /**
   * The attribute's value in SQL, from the column: makes an attribute that has `read` filterable and sortable, by any
   * operator. Default: the column itself; with `read`, filters on the attribute are refused (400 `invalidFilter`).
   *
   * @example filter: (column) => sql`${column} is null`
   */
  filter?(column: Expression<SelectType<Table[Name]>>): Expression<unknown>;
}

/** See {@link ColumnRule.write}. `value` is a string, number, boolean, or a complex value or list as JSON. */
export type WriteColumn<Column> = {
  write(value: unknown): Written<UpdateType<Column>> | Promise<Written<UpdateType<Column>>>;
}["write"];

/** What a column is set to: a value, or Kysely's expression of one. */
type Written<Value> = Value | Expression<Value>;

/** Values for columns of a new row: some of those that Kysely's `insertInto(table).values(…)` takes. */
export type NewValues<Table> = {
  readonly [Name in keyof Insertable<Table>]?: Written<Insertable<Table>[Name]>;
};

/** A mapping of one resource type to one table of the host's. */
export interface StoreMapping<Database, Table extends TableName<Database>, Ctx> {
  readonly db: Kysely<Database>;
  /** The table that has one row for each resource. */
  readonly table: Table;
  /**
   * Its primary key, whose text is the resource's `id`. A key without a default in the database is given a UUID
   * that grows with time (version 7), so that resources are listed in the order of their creation.
   */
  readonly key: ColumnName<Database[Table]>;
  /**
   * The columns that say whose rows these are: a condition of every statement and a value of every insert. Default:
   * one tenant owns the whole table; for groups, the columns and values of their users' tenant. Nothing, or a column
   * without a value, fails the request (500).
   */
  tenant?(ctx: Ctx): { readonly [Name in ColumnName<Database[Table]>]?: SelectType<Database[Table][Name]> };
  /**
   * Columns by attribute path: `userName`, `name.givenName`, `emails[type eq "work"].value` (one element of a list),
   * `emails.value` (its primary element, else the first), `urn:…:User:department` (an extension's), `emails` (a whole
   * list or complex value, in a jsonb column).
   *
   * Attributes of one type may share a column: then they are one value, and a request that sets them to different ones
   * is refused (400 `invalidValue`).
   */
  readonly columns: { readonly [path: string]: Column<Database[Table]> };
  /**
   * A jsonb column for what has no column of its own. Default: none, and attributes without a column are neither kept
   * nor advertised. Never holds a `writeOnly` attribute, such as `password`.
   */
  readonly rest?: ColumnName<Database[Table]>;
  /** Values for other columns of a new row. */
  onCreate?(ctx: Ctx, resource: Resource): NewValues<Database[Table]>;
  /** A timestamp column, written once: `meta.created`. Default: resources do not have it. */
  readonly createdAt?: ColumnName<Database[Table]>;
  /** A timestamp column, written with every change: `meta.lastModified`. Default: resources do not have it. */
  readonly updatedAt?: ColumnName<Database[Table]>;
  /**
   * An integer column that counts changes: `meta.version`. Default: PostgreSQL's own `xmin`, which changes with every
   * write to the row, also with those of the host's other code.
   */
  readonly version?: ColumnName<Database[Table]>;
  /**
   * A timestamp (null while the resource exists) or boolean column that marks a deleted row. Default: DELETE removes
   * the row.
   */
  readonly softDelete?: ColumnName<Database[Table]>;
}

/** Where a group's members are: one row for each. */
export interface MembersMapping<Database, Table extends TableName<Database>, Ctx> {
  readonly table: Table;
  /** The column with the group's key. */
  readonly group: ColumnName<Database[Table]>;
  /** The column with the user's key. */
  readonly user: ColumnName<Database[Table]>;
  /**
   * The column with the key of a group that is a member; it and `user` are null by turns. Default: groups cannot be
   * members.
   */
  readonly nested?: ColumnName<Database[Table]>;
  /** Values for other columns of a new membership. */
  onAdd?(ctx: Ctx): NewValues<Database[Table]>;
}

/** A mapping as the store sees it, when the compiler has checked it against the host's `Database`. */
export interface Mapping<Database, Ctx> {
  readonly db: Kysely<Database>;
  readonly table: string;
  readonly key: string;
  tenant?(ctx: Ctx): Readonly<Record<string, unknown>>;
  readonly columns: Readonly<Record<string, string | Rule>>;
  readonly rest?: string;
  onCreate?(ctx: Ctx, resource: Resource): Readonly<Record<string, unknown>>;
  readonly createdAt?: string;
  readonly updatedAt?: string;
  readonly version?: string;
  readonly softDelete?: string;
}

/** A {@link ColumnRule} of any column. */
export interface Rule {
  readonly column: string;
  read?(value: unknown): unknown;
  write?: false | "ignore" | { write(value: unknown): unknown }["write"];
  filter?(column: Expression<unknown>): Expression<unknown>;
}

/** A {@link MembersMapping} as the store sees it. */
export interface Members<Ctx> {
  readonly table: string;
  readonly group: string;
  readonly user: string;
  readonly nested?: string;
  onAdd?(ctx: Ctx): Readonly<Record<string, unknown>>;
}
