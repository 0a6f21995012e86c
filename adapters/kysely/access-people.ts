/** Users, groups and memberships of a connection, in SQL. */
import { type QueryExecutorProvider, type RawBuilder, sql } from "kysely";
import type { AccessUnit, KnownGroup, KnownUser, Membership } from "scimkit/access";
import { texts } from "./access-records.ts";
import type { AccessTables } from "./access-tables.ts";

/** What of {@link AccessUnit} is about people. */
export type AccessPeople = Pick<
  AccessUnit,
  | "lockUsers"
  | "users"
  | "usersAfter"
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

/** One parameter, whatever the number of ids. */
function anyOf(ids: readonly string[]): RawBuilder<unknown> {
  return sql`any(array(select jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb)) collate "C")`;
}

/** The people of one connection, within a transaction. */
export function accessPeople(trx: QueryExecutorProvider, tables: AccessTables, connection: string): AccessPeople {
  const mine = sql`connection_id = ${connection}`;
  const users = async (condition: RawBuilder<unknown>): Promise<readonly KnownUser[]> => {
    const { rows } = await sql<UserRow>`select id, active, granted::text as granted from ${tables.user}
      where ${mine} and ${condition}`.execute(trx);
    return rows.map(({ id, active, granted }) => ({ id, active, granted: texts(JSON.parse(granted)) }));
  };
  const groups = async (condition: RawBuilder<unknown>): Promise<readonly KnownGroup[]> => {
    const { rows } = await sql<GroupRow>`select id, display_name as name from ${tables.group}
      where ${mine} and ${condition} order by id`.execute(trx);
    return rows.map(({ id, name }) => ({ id, displayName: name }));
  };
  return {
    lockUsers: async (ids) => (ids.length === 0 ? [] : users(sql`id = ${anyOf(ids)} order by id for update`)),
    users: async (ids) => (ids.length === 0 ? [] : users(sql`id = ${anyOf(ids)} order by id`)),
    usersAfter: (after, limit) => users(sql`id > ${after ?? ""} order by id limit ${limit}`),
    async countUsers(which) {
      const active = which === "active" ? sql`and active` : sql``;
      const { rows } = await sql<{ count: string }>`select count(*)::text as count from ${tables.user}
        where ${mine} ${active}`.execute(trx);
      return Number(rows[0]?.count ?? 0);
    },
    async saveUsers(saved) {
      if (saved.length === 0) return;
      await sql`insert into ${tables.user} (connection_id, id, active, granted)
        select ${connection}, r.id, r.active, r.granted
        from jsonb_to_recordset(${JSON.stringify(saved)}::jsonb) as r(id text, active boolean, granted jsonb)
        on conflict (connection_id, id) do update set active = excluded.active, granted = excluded.granted`.execute(
        trx,
      );
    },
    async removeUser(id) {
      await sql`delete from ${tables.user} where ${mine} and id = ${id}`.execute(trx);
    },
    groups: async (ids) => (ids.length === 0 ? [] : groups(sql`id = ${anyOf(ids)}`)),
    groupsNamed: (displayName) => groups(sql`folded_name = ${displayName.toLowerCase()}`),
    async saveGroup({ id, displayName }) {
      await sql`insert into ${tables.group} (connection_id, id, display_name, folded_name)
        values (${connection}, ${id}, ${displayName}, ${displayName.toLowerCase()})
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
      const { rows } = await sql<MemberRow>`select group_id as "group", member_id as member,
          to_json(since)::text as since, request
        from ${tables.member} where ${mine} and member_id = ${anyOf(members)} order by member_id, group_id`.execute(
        trx,
      );
      return rows.map(readMembership);
    },
    async membersOf(group, after, limit) {
      const { rows } = await sql<{ id: string }>`select member_id as id from ${tables.member}
        where ${mine} and group_id = ${group} and member_id > ${after ?? ""} order by member_id limit ${limit}`.execute(
        trx,
      );
      return rows.map(({ id }) => id);
    },
    async innerGroups(groups) {
      if (groups.length === 0) return [];
      const { rows } = await sql<{ id: string }>`select distinct g.id from ${tables.group} as g
        join ${tables.member} as m on m.connection_id = g.connection_id and m.member_id = g.id
        where g.connection_id = ${connection} and m.group_id = ${anyOf(groups)} order by g.id`.execute(trx);
      return rows.map(({ id }) => id);
    },
    async join(joining) {
      if (joining.length === 0) return;
      await sql`insert into ${tables.member} (connection_id, group_id, member_id, since, request)
        select ${connection}, r."group", r.member, r.since, r.request
        from jsonb_to_recordset(${JSON.stringify(joining)}::jsonb)
          as r("group" text, member text, since timestamptz, request text)
        on conflict do nothing`.execute(trx);
    },
    async leave(group, leaving) {
      if (leaving.length === 0) return;
      await sql`delete from ${tables.member} where ${mine} and group_id = ${group}
        and member_id = ${anyOf(leaving)}`.execute(trx);
    },
  };
}

function readMembership({ group, member, since, request }: MemberRow): Membership {
  return { group, member, since: new Date(JSON.parse(since)), request: request ?? undefined };
}
