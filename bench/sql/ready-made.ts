/** The ready-made tables. */
import { Kysely, sql } from "kysely";
import { groupType, userType } from "scimkit";
import { scimkitTables } from "scimkit/kysely";
import { type ByHand, type Ctx, type Filled, fewMembers, kyselyConfig, type Size, type SqlLayout } from "./layout.ts";

/** Ids in the order of numbers, of the form that the tables give out themselves. */
const userId = "('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid";
const groupId = "('00000000-0000-7000-9000-' || lpad(to_hex(n), 12, '0'))::uuid";
const idOf = (kind: 8 | 9, n: number): string => `00000000-0000-7000-${kind}000-${n.toString(16).padStart(12, "0")}`;

/** As in the mapped tables: every fifth user has another address; names begin with every letter alike. */
const user = `jsonb_build_object('userName', chr(97 + n % 26) || 'user' || n || '@example.com', 'externalId', 'e' || n,
  'name', jsonb_build_object('givenName', 'First' || n, 'familyName', 'Last' || n),
  'displayName', 'First' || n || ' Last' || n, 'title', 'Title ' || n % 100, 'active', true,
  'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User', jsonb_build_object('department', 'Department ' || n % 50),
  'emails', jsonb_build_array(jsonb_build_object('type', 'work', 'value', chr(97 + n % 26) || 'user' || n || '@example.com'))
    || case when n % 5 = 0 then jsonb_build_array(jsonb_build_object('type', 'home', 'value', 'home' || n || '@example.org'))
      else '[]' end)`;

async function fill(db: Kysely<unknown>, migrate: () => Promise<void>, { users, members }: Size): Promise<Filled> {
  await sql`drop table if exists scim_member, scim_unique, scim_resource, scim_migration, scim_migration_lock`.execute(
    db,
  );
  await migrate();
  await sql`insert into scim_resource (id, tenant, type, resource, created_at, updated_at, version)
    select ${sql.raw(userId)}, case when n <= ${users}::int then '1' else '2' end, 'User', ${sql.raw(user)}, now(), now(), 1
    from generate_series(1, ${users + users / 10}::int) n`.execute(db);
  await sql`insert into scim_resource (id, tenant, type, resource, created_at, updated_at, version)
    select ${sql.raw(groupId)}, '1', 'Group', jsonb_build_object('displayName', 'Team ' || n), now(), now(), 1
    from generate_series(1, 2000) n`.execute(db);
  await sql`insert into scim_unique (tenant, type, attribute, value, resource_id)
    select tenant, type, case type when 'User' then 'userName' else 'displayName' end,
      lower(resource ->> case type when 'User' then 'userName' else 'displayName' end), id from scim_resource`.execute(
    db,
  );
  await sql`insert into scim_member (group_id, user_id)
    select ${idOf(9, 1)}::uuid, ${sql.raw(userId)} from generate_series(1, ${members}::int) n`.execute(db);
  await sql`insert into scim_member (group_id, user_id)
    select g.id, ${sql.raw(userId)} from (select ${sql.raw(groupId)} as id, n as t from generate_series(2, 2000) n) g,
      lateral (select 1 + (t * 7919 + i) % ${users}::int as n from generate_series(1, ${fewMembers}::int) i) u`.execute(
    db,
  );
  await sql`vacuum analyze`.execute(db);
  return { large: idOf(9, 1), small: idOf(9, 2), outsider: idOf(8, users) };
}

const columns = "id, resource, created_at, updated_at, version";
const mine = "tenant = $1 and type = 'User'";
const startsWith = `exists (select from jsonb_array_elements(resource -> 'emails') e
  where lower(e ->> 'type') = 'work' and lower(e ->> 'value') like $2)`;
const change = (write: string, values: readonly unknown[], group: string) => [
  {
    text: `select ${columns} from scim_resource where tenant = $1 and type = 'Group' and id = $2 for no key update`,
    values: ["1", group],
  },
  { text: write, values },
  {
    text: `update scim_resource set version = version + 1, updated_at = clock_timestamp() where id = $1
      returning ${columns}`,
    values: [group],
  },
];
/** The user must be the tenant's, and must not be deleted meanwhile. */
const insert = `insert into scim_member (group_id, user_id) select $1, id from scim_resource
  where id = $2 and tenant = $3 and type = 'User' for key share on conflict do nothing returning user_id`;
const drop = `delete from scim_member where group_id = $1 and (user_id = $2 or child_id = $2)
  returning coalesce(user_id, child_id)`;

const byHand: ByHand = {
  userName: (value) => ({
    text: `select ${columns} from scim_resource where ${mine} and lower(resource ->> 'userName') = lower($2)
      order by id limit 100`,
    values: ["1", value],
  }),
  externalId: (value) => ({
    text: `select ${columns} from scim_resource where ${mine} and resource ->> 'externalId' = $2 order by id limit 100`,
    values: ["1", value],
  }),
  page: (after, count) => ({
    text: `select ${columns} from scim_resource where ${mine} and id > $2 order by id limit $3`,
    values: ["1", after ?? "00000000-0000-0000-0000-000000000000", count],
  }),
  total: () => ({ text: `select count(*) from scim_resource where ${mine}`, values: ["1"] }),
  emailsStartingWith: (prefix, count) => ({
    text: `select ${columns} from scim_resource where ${mine} and ${startsWith} order by id limit $3`,
    values: ["1", `${prefix}%`, count],
  }),
  emailsStartingWithTotal: (prefix) => ({
    text: `select count(*) from scim_resource where ${mine} and ${startsWith}`,
    values: ["1", `${prefix}%`],
  }),
  add: (group, member) => change(insert, [group, member, "1"], group),
  remove: (group, member) => change(drop, [group, member], group),
  keyAt: (place) => ({
    text: `select id::text as key from scim_resource where ${mine} order by id offset $2 limit 1`,
    values: ["1", place],
  }),
};

/** Resources as jsonb. */
export const readyMade: SqlLayout = {
  name: "ready-made tables",
  byHand,
  open(pool, hear) {
    const db = new Kysely<unknown>(kyselyConfig(pool, hear));
    const { users, groups, migrate } = scimkitTables(db, { tenant: (ctx: Ctx) => String(ctx.workspaceId) });
    users.connect(userType());
    groups.connect(groupType());
    return { users, groups, fill: (size) => fill(db, migrate, size) };
  },
};
