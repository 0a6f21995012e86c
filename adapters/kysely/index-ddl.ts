/** The indexes that a host should create, as DDL. */
import { type QueryExecutorProvider, type RawBuilder, sql } from "kysely";
import { type Attribute, type AttributePath, allPaths, leaf } from "scimkit";
import type { BoundStore } from "./bound-store.ts";
import { type MappedColumn, nameOf, type Place } from "./layout.ts";
import type { BoundMembership } from "./membership.ts";
import { member } from "./sql-value.ts";

/** What IdPs look resources up by, beside what is unique. */
const lookedUp: ReadonlySet<string> = new Set(["userName", "externalId", "displayName", "emails.value"]);

/**
 * `create index` statements for the look-ups and pages that IdPs ask for, as this mapping's queries can use them: text
 * that is not caseExact by `lower(…)`, everything by tenant first.
 *
 * @param ctx - any Context: its tenant's columns are the ones to index by
 */
export function indexDdl<Ctx>(db: QueryExecutorProvider, store: BoundStore<Ctx>, ctx: Ctx): readonly string[] {
  const { table, type } = store;
  const tenant = table.tenantValues(ctx).map(([column]) => sql`${sql.id(column)}`);
  const print = printer(db, table.name, table.mapping.table);
  const statements = tenant.length === 0 ? [] : [print(["page"], [...tenant, sql`${sql.id(table.mapping.key)}`], {})];
  // Attributes that share a column share its index; one that is unique comes first.
  const named = new Set<string>();
  const paths = allPaths(type).filter((path) => isUnique(path) || lookedUp.has(path.text));
  for (const path of [...paths.filter(isUnique), ...paths.filter((path) => !isUnique(path))]) {
    const unique = isUnique(path);
    for (const [name, key] of keysFor(path, store)) {
      if (named.has(name.join())) continue;
      named.add(name.join());
      const where = unique ? undeleted(store) : undefined;
      statements.push(print([...name], [...tenant, key], { unique, where }));
    }
    const list = listFor(path, store);
    if (list !== undefined) statements.push(print([path.attribute.name], [list], { using: "gin" }));
  }
  return statements;
}

function isUnique(path: AttributePath): boolean {
  return leaf(path).type !== "complex" && leaf(path).uniqueness !== "none" && path.attribute.name !== "id";
}

/** The indexes of a table of memberships: each member once, and the groups of a member. */
export function membershipDdl<Ctx>(
  db: QueryExecutorProvider,
  { members, table }: BoundMembership<Ctx>,
): readonly string[] {
  const print = printer(db, table, members.table);
  const columns = members.nested === undefined ? [members.user] : [members.user, members.nested];
  return columns.flatMap((column) => [
    print([members.group, column], [sql`${sql.id(members.group)}`, sql`${sql.id(column)}`], { unique: true }),
    print([column], [sql`${sql.id(column)}`], {}),
  ]);
}

interface How {
  readonly unique?: boolean;
  readonly using?: "gin";
  readonly where?: RawBuilder<unknown> | undefined;
}

function printer(db: QueryExecutorProvider, table: RawBuilder<unknown>, tableName: string) {
  return (name: readonly string[], keys: readonly RawBuilder<unknown>[], { unique, using, where }: How): string => {
    const index = ["scim", tableName, ...name]
      .join("_")
      .replaceAll(/[^\w]+/g, "_")
      .toLowerCase()
      .slice(0, 63);
    const method = using === undefined ? sql`` : sql.raw(` using ${using}`);
    const condition = where === undefined ? sql`` : sql` where ${where}`;
    return sql`create ${sql.raw(unique === true ? "unique " : "")}index if not exists ${sql.id(index)}
  on ${table}${method} (${sql.join(keys)})${condition};`.compile(db).sql;
  };
}

/** The keys that serve `path eq "…"`, each with a name. */
function keysFor<Ctx>(
  path: AttributePath,
  store: BoundStore<Ctx>,
): readonly (readonly [readonly string[], RawBuilder<unknown>])[] {
  const place = store.layout.byName.get(nameOf(path.extension, path.attribute));
  if (place === undefined) return [];
  const columns = columnsAt(place, path.subAttribute);
  if (columns.length > 0) {
    return columns.flatMap((column) => {
      const key = columnKey(column, store);
      return key === undefined ? [] : [[[column.rule.column], key] as const];
    });
  }
  if (!place.inRest || place.attribute.multiValued || store.layout.rest === undefined) return [];
  const text = sql`${restOf(place, store.layout.rest, path.subAttribute)} ->> ${sql.lit(leaf(path).name)}`;
  return [[[leaf(path).name], leaf(path).caseExact ? sql`(${text})` : sql`lower(${text})`]];
}

function columnsAt({ whole, parts, elements }: Place, subAttribute: Attribute | undefined): readonly MappedColumn[] {
  if (subAttribute === undefined) return whole === undefined ? [] : [whole];
  const part = parts.get(subAttribute.name);
  if (part !== undefined) return [part];
  return elements.flatMap((element) => element.parts.get(subAttribute.name) ?? []);
}

function columnKey<Ctx>(
  { rule, attribute }: MappedColumn,
  { table }: BoundStore<Ctx>,
): RawBuilder<unknown> | undefined {
  if (rule.read !== undefined || rule.filter !== undefined || attribute.multiValued) return undefined;
  const kind = table.catalog.columns.get(rule.column)?.kind;
  const column = sql`${sql.id(rule.column)}`;
  if (kind === "json") return undefined;
  return kind === "text" && !attribute.caseExact ? sql`lower(${column})` : column;
}

function restOf(
  { extension, attribute }: Place,
  rest: string,
  subAttribute: Attribute | undefined,
): RawBuilder<unknown> {
  const core = sql`${sql.id(rest)}`;
  const holder = extension === undefined ? core : member(core, extension);
  return subAttribute === undefined ? holder : member(holder, attribute.name);
}

/** The folded list, for `emails.value eq "…"` in a jsonb array. */
function listFor<Ctx>(path: AttributePath, { layout, table }: BoundStore<Ctx>): RawBuilder<unknown> | undefined {
  const place = layout.byName.get(path.attribute.name);
  if (place === undefined || path.extension !== undefined || !place.attribute.multiValued) return undefined;
  const { whole, inRest } = place;
  if (whole !== undefined && table.catalog.columns.get(whole.rule.column)?.type !== "jsonb") return undefined;
  const list =
    whole !== undefined
      ? sql`${sql.id(whole.rule.column)}`
      : inRest && layout.rest !== undefined
        ? member(sql`${sql.id(layout.rest)}`, path.attribute.name)
        : undefined;
  return list === undefined ? undefined : sql`(lower((${list})::text)::jsonb) jsonb_path_ops`;
}

/** Where deleted rows stay, they must not keep their values taken. */
function undeleted<Ctx>({ table }: BoundStore<Ctx>): RawBuilder<unknown> | undefined {
  const { softDelete } = table.mapping;
  if (softDelete === undefined) return undefined;
  const column = sql.id(softDelete);
  return table.catalog.columns.get(softDelete)?.kind === "boolean"
    ? sql`${column} is not true`
    : sql`${column} is null`;
}
