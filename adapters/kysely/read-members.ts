/** Memberships read: the members of groups, and the groups of users. RFC 7643 §4.1.2 groups, §4.2 members. */
import { type QueryExecutorProvider, type RawBuilder, sql } from "kysely";
import type { GroupMembership } from "scimkit";
import { readIds } from "./change-members.ts";
import { all, toSql } from "./condition.ts";
import type { Element, ElementSource } from "./element.ts";
import type { BoundMembership } from "./membership.ts";

/** A member as a group shows it. */
export interface MemberElement {
  readonly value: string;
  readonly type: "User" | "Group";
}

/** The members of each of these groups; those without any are not in it. */
export async function membersOf<Ctx>(
  db: QueryExecutorProvider,
  membership: BoundMembership<Ctx>,
  groups: readonly string[],
): Promise<ReadonlyMap<string, readonly MemberElement[]>> {
  const { members, table } = membership;
  const { group, user, nested } = members;
  const list = (column: string): RawBuilder<unknown> => {
    const value = membership.column(column);
    return sql`coalesce(json_agg(${value}::text) filter (where ${value} is not null), '[]')::text`;
  };
  const { rows } = await sql<{ readonly id: string; readonly users: string; readonly nested: string }>`
    select ${membership.column(group)}::text as id, ${list(user)} as users,
      ${nested === undefined ? sql`'[]'` : list(nested)} as nested
    from ${table} as m where ${membership.among(group, groups)} group by ${membership.column(group)}`.execute(db);
  return new Map(rows.map((row) => [row.id, [...elements(row.users, "User"), ...elements(row.nested, "Group")]]));
}

function elements(ids: string, type: MemberElement["type"]): readonly MemberElement[] {
  return readIds(ids).map((value) => ({ value, type }));
}

/** The groups of each of these users, through nested groups as well. */
export async function groupsOf<Ctx>(
  db: QueryExecutorProvider,
  membership: BoundMembership<Ctx>,
  users: readonly string[],
  ctx: Ctx,
): Promise<ReadonlyMap<string, readonly GroupMembership[]>> {
  const { groups } = membership;
  const { rows } = await sql<{ id: string; value: string; display: string | null; direct: boolean }>`
    select w.member::text as id, ${groups.key("t")}::text as value, ${displayOf(membership)} as display, w.direct
    from (${memberships(membership, membership.among(membership.members.user, users))}) as w
    join ${groups.name} as t on ${groups.key("t")} = w.key
    where ${toSql(all(groups.scope(ctx, "t")))}
    order by 1, 2`.execute(db);
  const found = new Map<string, GroupMembership[]>();
  for (const { id, value, display, direct } of rows) {
    const type = direct ? "direct" : "indirect";
    const one: GroupMembership = display === null || display === "" ? { value, type } : { value, display, type };
    const mine = found.get(id);
    if (mine === undefined) found.set(id, [one]);
    else mine.push(one);
  }
  return found;
}

/** A group's displayName from the table `t`, as text. */
function displayOf<Ctx>({ display }: BoundMembership<Ctx>): RawBuilder<unknown> {
  return display !== undefined && "expression" in display ? sql`${display.expression}::text` : sql`null::text`;
}

/** The groups (`key`) of some users (`member`), each once; `direct` unless only through another group. */
function memberships<Ctx>(membership: BoundMembership<Ctx>, which: RawBuilder<unknown>): RawBuilder<unknown> {
  const { members, table } = membership;
  const [group, user] = [membership.column(members.group), membership.column(members.user)];
  const direct = sql`select ${user} as member, ${group} as key, true as direct from ${table} as m where ${which}`;
  if (members.nested === undefined) return direct;
  return sql`with recursive up(member, key, direct) as (
      ${direct}
      union
      select up.member, ${group}, false from up join ${table} as m on ${membership.column(members.nested)} = up.key
    ) select member, key, bool_or(direct) as direct from up group by member, key`;
}

/** `members` of a group `t`, for filters: found from the member's side, so that an index on the member serves it. */
export function memberSource<Ctx>(membership: BoundMembership<Ctx>): ElementSource {
  const { members, groups } = membership;
  const sides = [{ column: members.user, element: memberElement(membership, members.user, "User") }];
  if (members.nested !== undefined) {
    sides.push({ column: members.nested, element: memberElement(membership, members.nested, "Group") });
  }
  return {
    some(test) {
      const found = sides.flatMap(({ column, element }) => {
        const condition = test(element);
        if (condition === false) return [];
        return sql`select ${membership.column(members.group)} from ${membership.table} as m
          where ${membership.column(column)} is not null and ${toSql(condition)}`;
      });
      return found.length > 0 && sql`${groups.key("t")} in (${sql.join(found, sql` union all `)})`;
    },
  };
}

function memberElement<Ctx>(membership: BoundMembership<Ctx>, column: string, type: MemberElement["type"]): Element {
  const kind = membership.catalog.columns.get(column)?.kind ?? "text";
  return {
    exists: true,
    present: true,
    value: (subAttribute) => {
      if (subAttribute?.name === "type") return { constant: type };
      return subAttribute?.name === "value" ? { expression: membership.column(column), kind, blank: false } : undefined;
    },
  };
}

/** `groups` of a user `t`, for filters. */
export function groupSource<Ctx>(membership: BoundMembership<Ctx>, ctx: Ctx): ElementSource {
  const { groups, users, members } = membership;
  const kind = groups.catalog.columns.get(groups.mapping.key)?.kind ?? "text";
  const element: Element = {
    exists: true,
    present: true,
    value: (subAttribute) => {
      switch (subAttribute?.name) {
        case "value":
          return { expression: sql`g.key`, kind, blank: false };
        case "display":
          return { expression: sql`g.display`, kind: "text", blank: true };
        case "type":
          if (members.nested === undefined) return { constant: "direct" };
          return {
            expression: sql`(case when w.direct then 'direct' else 'indirect' end)`,
            kind: "text",
            blank: false,
          };
        default:
          return undefined;
      }
    },
  };
  return {
    some(test) {
      const condition = test(element);
      if (condition === false) return false;
      const mine = sql`${membership.column(members.user)} = ${users.key("t")}`;
      // Inside the lateral query, `t` is the group: there its mapping speaks of itself as everywhere.
      return sql`exists (select from (${memberships(membership, mine)}) as w
        join lateral (select ${groups.key("t")} as key, ${displayOf(membership)} as display from ${groups.name} as t
          where ${groups.key("t")} = w.key and ${toSql(all(groups.scope(ctx, "t")))}) as g on true
        where ${toSql(condition)})`;
    },
  };
}
