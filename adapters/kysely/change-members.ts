/** Changes of a group's members, by statements on sets of rows. RFC 7644 §3.5.2. */
import { type QueryExecutorProvider, type RawBuilder, sql } from "kysely";
import { type Member, type MembersDelta, type MembersOutcome, ScimError } from "scimkit";
import { all, toSql } from "./condition.ts";
import { type BoundTable, keyValues } from "./mapped-table.ts";
import type { BoundMembership } from "./membership.ts";

/**
 * Applies a delta to one group, whose row the caller has locked. Costs what the delta names; members that stay are not
 * looked at, unless the delta resets.
 *
 * @throws ScimError 400 `invalidValue`, naming the ids that are neither a user nor a group of the tenant
 */
export async function changeMembers<Ctx>(
  trx: QueryExecutorProvider,
  membership: BoundMembership<Ctx>,
  group: string,
  { reset, add, remove }: MembersDelta,
  ctx: Ctx,
): Promise<MembersOutcome> {
  const staying = add.map(({ value }) => value);
  const removed = reset
    ? await removeMembers(trx, membership, sql`${membership.inGroup(group)} and ${allBut(membership, staying)}`)
    : remove.length === 0
      ? []
      : await removeMembers(trx, membership, sql`${membership.inGroup(group)} and ${oneOf(membership, remove)}`);
  const added = add.length === 0 ? [] : await addMembers(trx, membership, group, add, ctx);
  return { added, removed };
}

function oneOf<Ctx>(membership: BoundMembership<Ctx>, ids: readonly string[]): RawBuilder<unknown> {
  const { user, nested } = membership.members;
  const isUser = membership.among(user, ids);
  return nested === undefined ? isUser : sql`(${isUser} or ${membership.among(nested, ids)})`;
}

function allBut<Ctx>(membership: BoundMembership<Ctx>, ids: readonly string[]): RawBuilder<unknown> {
  return ids.length === 0 ? sql`true` : sql`not coalesce(${oneOf(membership, ids)}, false)`;
}

async function removeMembers<Ctx>(
  trx: QueryExecutorProvider,
  membership: BoundMembership<Ctx>,
  which: RawBuilder<unknown>,
): Promise<readonly string[]> {
  const { rows } = await sql<{ readonly id: string | null }>`
    delete from ${membership.table} as m where ${which} returning ${membership.memberId} as id`.execute(trx);
  return rows.flatMap(({ id }) => (id === null ? [] : [id]));
}

async function addMembers<Ctx>(
  trx: QueryExecutorProvider,
  membership: BoundMembership<Ctx>,
  group: string,
  add: readonly Member[],
  ctx: Ctx,
): Promise<readonly string[]> {
  const { members, users, groups } = membership;
  const { nested, user } = members;
  const insert = insertion(trx, membership, group, ctx);
  const asUsers = await insert(user, users, nested === undefined ? add : add.filter(({ type }) => type !== "Group"));
  const others = add.filter(({ value }) => !asUsers.known.has(value));
  if (others.length === 0) return asUsers.added;
  if (nested === undefined) throw unknownMembers(others, "a user");
  const asGroups = await insert(nested, groups, others);
  const unknown = others.filter(({ value }) => !asGroups.known.has(value));
  if (unknown.length > 0) throw unknownMembers(unknown, "a user or a group");
  return [...asUsers.added, ...asGroups.added];
}

interface Inserted {
  /** The ids that are rows of the table. */
  readonly known: ReadonlySet<string>;
  /** Those that were not members before. */
  readonly added: readonly string[];
}

/** Inserts those of the members that are rows of `table`, which it keeps from being deleted meanwhile. */
function insertion<Ctx>(trx: QueryExecutorProvider, membership: BoundMembership<Ctx>, group: string, ctx: Ctx) {
  const { members, table: memberTable } = membership;
  const extra = Object.entries(members.onAdd?.(ctx) ?? {}).filter(([, value]) => value !== undefined);
  const groupKey = membership.groupKey(group);
  return async (column: string, table: BoundTable<Ctx>, add: readonly Member[]): Promise<Inserted> => {
    if (add.length === 0) return { known: new Set(), added: [] };
    const ids = add.map(({ value }) => value);
    const key = table.key("k");
    const found = (which: readonly string[]) => sql`${table.name} as k
      where ${key} = any(${keyValues(which, table.mapping.key, table.catalog)}) and ${toSql(all(table.scope(ctx, "k")))}`;
    const others = extra.filter(([name]) => name !== column && name !== members.group);
    const columns = [members.group, column, ...others.map(([name]) => name)].map((name) => sql.id(name));
    const values = [groupKey, key, ...others.map(([, value]) => sql`${value}`)];
    const isNew = membership.isUnique(column)
      ? sql``
      : sql` and not exists (
          select from ${memberTable} as m where ${membership.inGroup(group)} and ${membership.column(column)} = ${key})`;
    const inserted = await sql<{ readonly id: string }>`insert into ${memberTable} as m (${sql.join(columns)})
      select ${sql.join(values)} from ${found(ids)}${isNew} for key share of k
      on conflict do nothing returning ${membership.column(column)}::text as id`.execute(trx);
    const added = inserted.rows.map(({ id }) => id);
    const known = new Set(added);
    const left = ids.filter((id) => !known.has(id));
    if (left.length > 0) {
      // Either members before, or nobody.
      const { rows } = await sql<{ readonly id: string }>`select ${key}::text as id from ${found(left)}`.execute(trx);
      for (const { id } of rows) known.add(id);
    }
    return { known, added };
  };
}

/** Ids from a JSON list. */
export function readIds(json: string | null | undefined): readonly string[] {
  const parsed: unknown = JSON.parse(json ?? "[]");
  return Array.isArray(parsed) ? parsed.map(String) : [];
}

const named = 10;
/** The length of a UUID, and a little. */
const shown = 40;

function unknownMembers(members: readonly Member[], what: string): ScimError {
  const ids = [...new Set(members.map(({ value }) => value))];
  const list = ids.slice(0, named).map((id) => JSON.stringify(id.length > shown ? `${id.slice(0, shown)}…` : id));
  const more = ids.length > named ? ` and ${ids.length - named} more` : "";
  return ScimError.invalidValue(
    `"members" names what does not exist here: ${list.join(", ")}${more}. Send the "id" of ${what}, provisioned ` +
      "before. Nothing was changed.",
  );
}

/**
 * Locks the groups that something is a member of, one after the other in the order of their keys.
 *
 * @param as - the column in which it is a member; undefined for a group that cannot be one
 */
export async function lockGroupsOf<Ctx>(
  trx: QueryExecutorProvider,
  membership: BoundMembership<Ctx>,
  id: string,
  as: string | undefined,
  ctx: Ctx,
): Promise<void> {
  if (as === undefined) return;
  const { members, groups, table } = membership;
  await sql`select from ${groups.name} as t where ${groups.key("t")} in (
      select ${membership.column(members.group)} from ${table} as m where ${membership.among(as, [id])}
    ) and ${toSql(all(groups.scope(ctx, "t")))}
    order by ${groups.key("t")} for no key update of t`.execute(trx);
}

/**
 * Ends the memberships of what is about to be deleted: as a member, and if it is a group, those of its own members. The
 * groups that lose a member are changed by it.
 *
 * @param as - the column in which it is a member; undefined for a group that cannot be one
 */
export async function endMemberships<Ctx>(
  trx: QueryExecutorProvider,
  membership: BoundMembership<Ctx>,
  id: string,
  as: string | undefined,
): Promise<void> {
  const { members, groups, table } = membership;
  if (as !== members.user) await sql`delete from ${table} as m where ${membership.inGroup(id)}`.execute(trx);
  if (as === undefined) return;
  await sql`
    with gone as (
      delete from ${table} as m where ${membership.among(as, [id])} returning ${membership.column(members.group)} as key
    )
    update ${groups.name} as t set ${sql.join(groups.changes([], "t"))}
    where ${groups.key("t")} in (select key from gone)`.execute(trx);
}
