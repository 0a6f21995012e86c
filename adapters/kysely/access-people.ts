/** Users, groups and memberships of a connection, in SQL. */
import { type QueryExecutorProvider, type RawBuilder, sql } from "kysely";
import type { AccessUnit, KnownGroup, KnownUser, Membership } from "scimkit/access";
import { isStorable, parseRecord, readBlocked, storable, texts } from "./access-records.ts";
import type { AccessTables } from "./access-tables.ts";

/** What of {@link AccessUnit} is about people. */
export type AccessPeople = Pick<
  AccessUnit,
  | "lockUsers"
  | "users"
  | "usersAfter"
  | "blockedUsers"
  | "countUsers"
  | "saveUsers"
  | "removeUser"
  | "groups"
  | "groupsNamed"
  | "saveGroup"
  | "removeGroup"
  | "membershipsOf"
  | "membersOf"
  | "innerGroups"
  | "join"
  | "leave"
>;

interface UserRow {
  readonly id: string;
  readonly active: boolean;
  readonly granted: string;
  readonly blocked: string | null;
}

interface GroupRow {
  readonly id: string;
  readonly name: string;
}

interface MemberRow {
  readonly group: string;
  readonly member: string;
  readonly since: string;
  readonly request: string | null;
}

/**
 * For each of some ids, each once and in order, the rows that `rows` finds by `wanted.id`. One parameter, whatever the
 * number of ids, and one look in an index for each: where statistics are old, the planner would rather compare every
 * row of a connection with every id.
 */
function forEach(ids: readonly string[], rows: RawBuilder<unknown>): RawBuilder<unknown> {
  const list = JSON.stringify(ids.filter(isStorable));
  return sql`(select distinct value collate "C" as id from jsonb_array_elements_text(${list}::jsonb) order by 1) as wanted
    cross join lateral (${rows} offset 0) as found`;
}

/** The people of one connection, within a transaction. */
export function accessPeople(trx: QueryExecutorProvider, tables: AccessTables, connection: string): AccessPeople {
  const mine = sql`connection_id = ${connection}`;
  const user = sql`select id, active, granted::text as granted, blocked::text as blocked
    from ${tables.user} where ${mine}`;
  const usersIn = async (query: RawBuilder<UserRow>): Promise<readonly KnownUser[]> =>
    (await query.execute(trx)).rows.map(readUser);
  const usersAmong = async (ids: readonly string[], lock: RawBuilder<unknown>): Promise<readonly KnownUser[]> => {
    if (ids.length === 0) return [];
    const each = forEach(ids, sql`${user} and id = wanted.id ${lock}`);
    return await usersIn(sql<UserRow>`select found.* from ${each} order by wanted.id`);
  };
  const group = sql`select id, display_name as name from ${tables.group} where ${mine}`;
  const groupsIn = async (query: RawBuilder<GroupRow>): Promise<readonly KnownGroup[]> =>
    (await query.execute(trx)).rows.map(({ id, name }) => ({ id, displayName: name }));
  return {
    lockUsers: (ids) => usersAmong(ids, sql`for update`),
    users: (ids) => usersAmong(ids, sql``),
    usersAfter: (after, limit) => usersIn(sql<UserRow>`${user} and id > ${after ?? ""} order by id limit ${limit}`),
    blockedUsers: (limit) => usersIn(sql<UserRow>`${user} and blocked is not null order by id limit ${limit}`),
    async countUsers(which) {
      const active = which === "active" ? sql`and active` : sql``;
      const { rows } = await sql<{ count: string }>`select count(*)::text as count from ${tables.user}
        where ${mine} ${active}`.execute(trx);
      return Number(rows[0]?.count ?? 0);
    },
    async saveUsers(saved) {
      if (saved.length === 0) return;
      await sql`insert into ${tables.user} (connection_id, id, active, granted, blocked)
        select ${connection}, r.id, r.active, r.granted, r.blocked
        from jsonb_to_recordset(${JSON.stringify(latest(saved))}::jsonb)
          as r(id text, active boolean, granted jsonb, blocked jsonb)
        order by r.id collate "C"
        on conflict (connection_id, id) do update
        set active = excluded.active, granted = excluded.granted, blocked = excluded.blocked`.execute(trx);
    },
    async removeUser(id) {
      await sql`delete from ${tables.user} where ${mine} and id = ${id}`.execute(trx);
    },
    async groups(ids) {
      if (ids.length === 0) return [];
      const each = forEach(ids, sql`${group} and id = wanted.id`);
      return await groupsIn(sql<GroupRow>`select found.* from ${each} order by wanted.id`);
    },
    groupsNamed: (displayName) =>
      groupsIn(sql<GroupRow>`${group} and folded_name = ${storable(displayName.toLowerCase())} order by id`),
    async saveGroup({ id, displayName }) {
      const name = storable(displayName);
      await sql`insert into ${tables.group} (connection_id, id, display_name, folded_name)
        values (${connection}, ${id}, ${name}, ${name.toLowerCase()})
        on conflict (connection_id, id)
        do update set display_name = excluded.display_name, folded_name = excluded.folded_name`.execute(trx);
    },
    async removeGroup(id) {
      await sql`delete from ${tables.group} where ${mine} and id = ${id}`.execute(trx);
    },
    ...memberships(trx, tables, connection),
  };
}

function memberships(
  trx: QueryExecutorProvider,
  tables: AccessTables,
  connection: string,
): Pick<AccessUnit, "membershipsOf" | "membersOf" | "innerGroups" | "join" | "leave"> {
  const mine = sql`connection_id = ${connection}`;
  return {
    async membershipsOf(members) {
      if (members.length === 0) return [];
      const each = forEach(
        members,
        sql`select group_id, since, request from ${tables.member} where ${mine} and member_id = wanted.id`,
      );
      const { rows } = await sql<MemberRow>`select found.group_id as "group", wanted.id as member,
        to_json(found.since)::text as since, found.request as request
        from ${each} order by wanted.id, found.group_id`.execute(trx);
      return rows.map(readMembership);
    },
    async membersOf(group, after, limit) {
      if (!isStorable(group)) return [];
      const { rows } = await sql<{ id: string }>`select member_id as id from ${tables.member}
        where ${mine} and group_id = ${group} and member_id > ${after ?? ""} order by member_id limit ${limit}`.execute(
        trx,
      );
      return rows.map(({ id }) => id);
    },
    async innerGroups(groups) {
      if (groups.length === 0) return [];
      const each = forEach(
        groups,
        sql`select g.id from ${tables.group} as g
          join ${tables.member} as m on m.connection_id = g.connection_id and m.member_id = g.id
          where g.connection_id = ${connection} and m.group_id = wanted.id`,
      );
      const { rows } = await sql<{ id: string }>`select distinct found.id as id from ${each} order by 1`.execute(trx);
      return rows.map(({ id }) => id);
    },
    async join(joining) {
      if (joining.length === 0) return;
      await sql`insert into ${tables.member} (connection_id, group_id, member_id, since, request)
        select ${connection}, r."group", r.member, r.since, r.request
        from jsonb_to_recordset(${JSON.stringify(joining)}::jsonb)
          as r("group" text, member text, since timestamptz, request text)
        order by r."group" collate "C", r.member collate "C"
        on conflict do nothing`.execute(trx);
    },
    async leave(group, leaving) {
      if (leaving.length === 0) return;
      const each = forEach(
        leaving,
        sql`select ctid as place from ${tables.member}
          where ${mine} and group_id = ${group} and member_id = wanted.id for update`,
      );
      await sql`delete from ${tables.member} where ctid = any(array(select found.place from ${each}))`.execute(trx);
    },
  };
}

function readUser({ id, active, granted, blocked }: UserRow): KnownUser {
  const known = { id, active, granted: texts(JSON.parse(granted)) };
  return blocked === null ? known : { ...known, blocked: readBlocked(parseRecord(blocked)) };
}

/** Each user once, as they were given last; the host's words as a column holds them. */
function latest(users: readonly KnownUser[]): readonly KnownUser[] {
  const each = new Map(users.map((user) => [user.id, user]));
  return [...each.values()].map(({ blocked, ...user }) =>
    blocked === undefined ? user : { ...user, blocked: { ...blocked, detail: storable(blocked.detail) } },
  );
}

function readMembership({ group, member, since, request }: MemberRow): Membership {
  return { group, member, since: new Date(JSON.parse(since)), request: request ?? undefined };
}
