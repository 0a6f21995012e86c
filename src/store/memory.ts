/** The in-memory store: for tests, first steps, and hosts whose people fit in memory. */
import type { Filter } from "../filter/filter.ts";
import { equalityOf } from "../filter/visit.ts";
import type { AttributePath, Resource } from "../schema/attribute.ts";
import type { Group } from "../schema/group.ts";
import { groupType } from "../schema/group-type.ts";
import { allPaths } from "../schema/resolve.ts";
import type { ResourceType } from "../schema/resource-type.ts";
import { type UserWith, userType } from "../schema/user-type.ts";
import type { IndexedPath } from "./memory-index.ts";
import { Memberships } from "./memory-memberships.ts";
import { queryTable, type RowReading } from "./memory-query.ts";
import { MemoryTable, type Row } from "./memory-table.ts";
import { Tenants } from "./memory-tenants.ts";
import { Turns } from "./memory-turns.ts";
import {
  type GroupTables,
  insertGroup,
  insertRow,
  removeRow,
  updateGroup,
  updateRow,
  withMembers,
} from "./memory-writes.ts";
import type { GroupCapabilities, ResourceStore, Stored } from "./store.ts";

/** What {@link memoryStores} and {@link memoryStore} take. */
export interface MemoryOptions<Ctx> {
  /**
   * The key of a Context's tenant; a Context without one gets no answer (500). Default: everything is one tenant's.
   */
  readonly tenant?: ((ctx: Ctx) => string) | undefined;
  /** The clock of `meta`. Default: the system's. */
  readonly now?: (() => Date) | undefined;
  /** Milliseconds that a write waits for those before it in its tenant; then 503. Default 30,000. */
  readonly patience?: number | undefined;
}

/** What {@link memoryStores} takes. */
export interface MemoryStoresOptions<Ctx> extends MemoryOptions<Ctx> {
  /** Whether two groups of a tenant may not share a displayName, whatever its case. Default true. */
  readonly uniqueGroupNames?: boolean | undefined;
}

/** Users with the enterprise extension, as the memory store keeps them. */
type StoredUser = UserWith<[]>;

/** The two stores of {@link memoryStores}. */
export interface MemoryStores<Ctx> {
  readonly users: ResourceStore<StoredUser, Ctx, undefined>;
  readonly groups: ResourceStore<Group, Ctx, undefined> & GroupCapabilities<Ctx>;
}

interface Partition extends GroupTables {
  readonly users: MemoryTable<StoredUser>;
  readonly turns: Turns;
}

const patience = 30_000;

/** Attributes that are looked up by value, beside those that are unique. */
const lookedUp: ReadonlySet<string> = new Set(["userName", "externalId", "displayName", "emails.value"]);

function indexedPaths(type: ResourceType, alsoUnique: ReadonlySet<string>): readonly IndexedPath[] {
  return allPaths(type)
    .filter((path) => path.attribute.name !== "id" && path.attribute.name !== "meta")
    .filter((path) => isUnique(path, alsoUnique) || lookedUp.has(path.text))
    .map((path) => ({ path, unique: isUnique(path, alsoUnique) }));
}

function isUnique({ text, attribute, subAttribute }: AttributePath, also: ReadonlySet<string>): boolean {
  const end = subAttribute ?? attribute;
  return also.has(text) || (end.type !== "complex" && end.uniqueness !== "none");
}

/**
 * Stores of users and groups in memory. Look-ups by id, `userName`, `externalId`, `displayName`, `emails.value` and
 * unique attributes use an index; memberships are kept both ways; order is that of creation.
 */
export function memoryStores<Ctx = unknown>(options: MemoryStoresOptions<Ctx> = {}): MemoryStores<Ctx> {
  const now = options.now ?? (() => new Date());
  const uniqueNames = new Set(options.uniqueGroupNames === false ? [] : ["displayName"]);
  let users: ResourceType = userType();
  let groups: ResourceType = groupType();
  const none: ReadonlySet<string> = new Set();
  const tenants = new Tenants<Partition, Ctx>(options.tenant, () => {
    const userTable = new MemoryTable<StoredUser>(indexedPaths(users, none), now);
    const groupTable = new MemoryTable<Group>(indexedPaths(groups, uniqueNames), now);
    return {
      users: userTable,
      groups: groupTable,
      memberships: new Memberships(),
      turns: new Turns(options.patience ?? patience),
      typeOf: (id) =>
        userTable.find(id) !== undefined ? "User" : groupTable.find(id) !== undefined ? "Group" : undefined,
    };
  });
  return {
    users: {
      connect(type) {
        users = type;
        for (const partition of tenants.all()) partition.users.reindex(indexedPaths(type, none));
        return { cursors: true };
      },
      create: (draft, _want, ctx) => {
        const partition = tenants.open(ctx);
        return partition.turns.take(async () => (await insertRow(partition.users, draft)).stored);
      },
      get: async (id, _want, ctx) => tenants.find(ctx)?.users.find(id)?.stored,
      list: async (query, ctx) => {
        const partition = tenants.find(ctx);
        if (partition === undefined) return { resources: [], total: 0 };
        return queryTable(partition.users, query, userReading(partition, users));
      },
      update: async (id, change, _want, ctx) => {
        const partition = tenants.find(ctx);
        return partition?.turns.take(async () => {
          const row = partition.users.find(id);
          if (row !== undefined) await updateRow(partition.users, row, change);
          return row?.stored;
        });
      },
      delete: async (id, removal, ctx) => {
        const partition = tenants.find(ctx);
        if (partition === undefined) return false;
        return partition.turns.take(async () => {
          const row = partition.users.find(id);
          if (row === undefined) return false;
          await removeRow(partition.users, row, removal);
          leaveGroups(partition, row);
          return true;
        });
      },
    },
    groups: {
      connect(type) {
        groups = type;
        for (const partition of tenants.all()) partition.groups.reindex(indexedPaths(type, uniqueNames));
        return { cursors: true };
      },
      create: (draft, want, ctx) => {
        const partition = tenants.open(ctx);
        return partition.turns.take(async () => shown(partition, await insertGroup(partition, draft), want));
      },
      get: async (id, want, ctx) => {
        const partition = tenants.find(ctx);
        const row = partition?.groups.find(id);
        return partition === undefined || row === undefined ? undefined : shown(partition, row, want);
      },
      list: async (query, ctx) => {
        const partition = tenants.find(ctx);
        if (partition === undefined) return { resources: [], total: 0 };
        return queryTable(
          partition.groups,
          query,
          groupReading(partition, groups, (row) => shown(partition, row, query.want)),
        );
      },
      update: async (id, change, want, ctx) => {
        const partition = tenants.find(ctx);
        return partition?.turns.take(async () => {
          const row = partition.groups.find(id);
          if (row === undefined) return undefined;
          await updateGroup(partition, row, change);
          return shown(partition, row, want);
        });
      },
      delete: async (id, removal, ctx) => {
        const partition = tenants.find(ctx);
        if (partition === undefined) return false;
        return partition.turns.take(async () => {
          const row = partition.groups.find(id);
          if (row === undefined) return false;
          await removeRow(partition.groups, row, removal);
          leaveGroups(partition, row);
          return true;
        });
      },
      groupsOf: async (userIds, ctx) => {
        const memberships = tenants.find(ctx)?.memberships;
        if (memberships === undefined) return new Map();
        const found = userIds.map((id) => [id, memberships.groupsOf(id)] as const);
        return new Map(found.filter(([, groupsOfUser]) => groupsOfUser.length > 0));
      },
    },
  };
}

/**
 * A store for one custom resource type, in memory.
 *
 * @example
 * ```ts
 * const devices = memoryStore<DeviceResource>();
 * createScim({ resources: [{ type: Device, store: devices }], … });
 * ```
 */
export function memoryStore<R extends Resource = Resource, Ctx = unknown>(
  options: MemoryOptions<Ctx> = {},
): ResourceStore<R, Ctx, undefined> {
  const now = options.now ?? (() => new Date());
  const none: ReadonlySet<string> = new Set();
  let type: ResourceType | undefined;
  const tenants = new Tenants<{ readonly table: MemoryTable<R>; readonly turns: Turns }, Ctx>(options.tenant, () => ({
    table: new MemoryTable<R>(type === undefined ? [] : indexedPaths(type, none), now),
    turns: new Turns(options.patience ?? patience),
  }));
  return {
    connect(connected) {
      type = connected;
      for (const { table } of tenants.all()) table.reindex(indexedPaths(connected, none));
      return { cursors: true };
    },
    create: (draft, _want, ctx) => {
      const { table, turns } = tenants.open(ctx);
      return turns.take(async () => (await insertRow(table, draft)).stored);
    },
    get: async (id, _want, ctx) => tenants.find(ctx)?.table.find(id)?.stored,
    list: async (query, ctx) => {
      const table = tenants.find(ctx)?.table;
      if (table === undefined || type === undefined) return { resources: [], total: 0 };
      return queryTable(table, query, {
        type,
        indexed: indexedPaths(type, none).map(({ path }) => path.text),
        lookUp: () => undefined,
        view: ({ stored }) => stored,
        show: ({ stored }) => stored,
      });
    },
    update: async (id, change, _want, ctx) => {
      const partition = tenants.find(ctx);
      return partition?.turns.take(async () => {
        const row = partition.table.find(id);
        if (row !== undefined) await updateRow(partition.table, row, change);
        return row?.stored;
      });
    },
    delete: async (id, removal, ctx) => {
      const partition = tenants.find(ctx);
      if (partition === undefined) return false;
      return partition.turns.take(async () => {
        const row = partition.table.find(id);
        if (row === undefined) return false;
        await removeRow(partition.table, row, removal);
        return true;
      });
    },
  };
}

function shown({ memberships }: Partition, row: Row<Group>, want: { has(attribute: string): boolean }): Stored<Group> {
  return want.has("members") ? withMembers(row.stored, memberships.elementsOf(row.id)) : row.stored;
}

/** The groups that lose a member are different ones now. */
function leaveGroups({ memberships, groups }: Partition, row: Row): void {
  for (const group of memberships.forget(row)) groups.touch(group);
}

function userReading({ memberships, users }: Partition, type: ResourceType): RowReading<StoredUser> {
  return {
    type,
    indexed: [...lookedUp],
    lookUp: (filter) => {
      const groupId = equalityOf(filter, "groups.value");
      if (groupId === undefined) return undefined;
      return [...memberships.idsIn(groupId)].map((id) => users.find(id)).filter((row) => row !== undefined);
    },
    view: ({ id, stored }, filter) =>
      mentions(filter, "groups") ? { ...stored, groups: memberships.groupsOf(id) } : stored,
    show: ({ stored }) => stored,
  };
}

function groupReading(
  { memberships }: Partition,
  type: ResourceType,
  show: RowReading<Group>["show"],
): RowReading<Group> {
  return {
    type,
    indexed: [...lookedUp],
    lookUp: (filter) => {
      const memberId = equalityOf(filter, "members.value");
      return memberId === undefined ? undefined : memberships.directGroupsOf(memberId);
    },
    view: ({ id, stored }, filter) =>
      mentions(filter, "members") ? { ...stored, members: memberships.elementsOf(id) } : stored,
    show,
  };
}

function mentions(filter: Filter, attribute: string): boolean {
  if (filter.op === "and" || filter.op === "or") return filter.filters.some((part) => mentions(part, attribute));
  if (filter.op === "not") return mentions(filter.filter, attribute);
  return filter.op !== "constant" && filter.path.extension === undefined && filter.path.attribute.name === attribute;
}
