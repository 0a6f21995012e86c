/** The in-memory store: for tests, for first steps, and as the double of a host's own store. */
import type { Resource } from "../schema/attribute.ts";
import type { Collection } from "./memory-collection.ts";
import { type Directory, directory, type MemoryUser } from "./memory-directory.ts";
import type { MemoryGroup } from "./memory-memberships.ts";
import { noRelations } from "./memory-relations.ts";
import { type Collections, type MemoryStore, memoryResources } from "./memory-resources.ts";
import { MemoryTable } from "./memory-table.ts";
import { Tenants } from "./memory-tenants.ts";
import { Turns } from "./memory-turns.ts";
import type { GroupCapabilities, GroupMembership } from "./store.ts";

export type { MemoryUser } from "./memory-directory.ts";
export type { MemoryGroup } from "./memory-memberships.ts";
export type { MemoryStore } from "./memory-resources.ts";

/** What {@link memoryStore} takes. */
export interface MemoryOptions<Ctx = unknown> {
  /**
   * The key of a Context's tenant. A Context for which it returns anything but a non-empty string is refused with an
   * Error (500). Default: everything is one tenant's.
   */
  readonly tenant?: ((ctx: Ctx) => string) | undefined;
  /** The clock of `meta.created` and `meta.lastModified`. Default: the system's. */
  readonly now?: (() => Date) | undefined;
  /**
   * Milliseconds that a write waits for the tenant's writes before it, their `beforeCommit` included; then it is
   * answered with 503. Default 30,000 (half a minute).
   */
  readonly patience?: number | undefined;
}

/** What {@link memoryStores} takes. */
export interface MemoryStoresOptions<Ctx = unknown> extends MemoryOptions<Ctx> {
  /** Whether a tenant's groups must differ in their `displayName`, whatever its case (Q63). Default true. */
  readonly uniqueGroupNames?: boolean | undefined;
}

/** Users and groups that know of each other. */
export interface MemoryStores<Ctx = unknown, U extends MemoryUser = MemoryUser, G extends MemoryGroup = MemoryGroup> {
  readonly users: MemoryStore<U, Ctx>;
  readonly groups: MemoryStore<G, Ctx> & Required<GroupCapabilities<Ctx>>;
}

/**
 * Stores of users and groups in memory.
 *
 * - Look-ups by `id`, `userName`, `externalId`, `displayName`, `emails.value` and every unique attribute, members and
 *   groups by `value`, use an index; other filters look at every resource.
 * - Memberships are kept both ways; groups may contain groups, in circles too. A member is shown as `{ value, type }`.
 *   A resource that is deleted leaves its groups, which then have a new version.
 * - Writes of one tenant happen one after the other, `beforeCommit` included. What a hook reads from the store is the
 *   state before the write; a hook that writes to the same tenant waits for itself, and gets 503 after `patience`.
 * - Nothing is kept but what is written; of that, not what is never returned: a password, if `features.changePassword`
 *   is on, goes nowhere.
 *
 * @example
 * ```ts
 * const { users, groups } = memoryStores<Customer>({ tenant: (customer) => customer.id });
 * const scim = createScim({ users, groups, authenticate });
 * ```
 * Where users or groups must have an extension: `memoryStores<Customer, UserWith<[typeof badge]>>()`.
 */
export function memoryStores<Ctx = unknown, U extends MemoryUser = MemoryUser, G extends MemoryGroup = MemoryGroup>(
  options?: MemoryStoresOptions<Ctx>,
): MemoryStores<Ctx, U, G>;
export function memoryStores<Ctx>(options: MemoryStoresOptions<Ctx> = {}): MemoryStores<Ctx> {
  const { now, patience } = withDefaults(options);
  const tenants = new Tenants<Directory, Ctx>(options.tenant, () => directory(now, patience));
  const users = memoryResources(
    side(tenants, (tenant) => tenant.users),
    nothing,
  );
  const uniqueNames = options.uniqueGroupNames === false ? nothing : new Set(["displayName"]);
  const groups = memoryResources(
    side(tenants, (tenant) => tenant.groups),
    uniqueNames,
  );
  const groupsOf = async (
    ids: readonly string[],
    ctx: Ctx,
  ): Promise<ReadonlyMap<string, readonly GroupMembership[]>> => {
    const memberships = tenants.find(ctx)?.memberships;
    const found = new Map<string, readonly GroupMembership[]>();
    for (const id of ids) {
      const of = memberships?.groupsOf(id) ?? [];
      if (of.length > 0) found.set(id, of);
    }
    return found;
  };
  return { users, groups: { ...groups, groupsOf } };
}

/**
 * A store of one custom resource type in memory; see {@link memoryStores}.
 *
 * @example
 * ```ts
 * const scim = createScim({ resources: [{ type: deviceType, store: memoryStore() }], authenticate });
 * ```
 */
export function memoryStore<R extends Resource = Resource, Ctx = unknown>(
  options: MemoryOptions<Ctx> = {},
): MemoryStore<R, Ctx> {
  const { now, patience } = withDefaults(options);
  const create = (): Collection<R> => ({
    table: new MemoryTable<R>(now),
    relations: noRelations<R>(),
    turns: new Turns(patience),
  });
  return memoryResources(new Tenants<Collection<R>, Ctx>(options.tenant, create), nothing);
}

const nothing: ReadonlySet<string> = new Set();

function withDefaults({ now, patience = 30_000 }: MemoryOptions<never>): { now: () => Date; patience: number } {
  if (!(Number.isFinite(patience) && patience > 0)) {
    throw new RangeError("The memory store's option `patience` must be a number of milliseconds above 0.");
  }
  return { now: now ?? (() => new Date()), patience };
}

/** One of the collections of each tenant. */
function side<R extends Resource, Ctx>(
  tenants: Tenants<Directory, Ctx>,
  of: (directory: Directory) => Collection<R>,
): Collections<R, Ctx> {
  return {
    find: (ctx) => {
      const found = tenants.find(ctx);
      return found === undefined ? undefined : of(found);
    },
    open: (ctx) => of(tenants.open(ctx)),
    all: () => [...tenants.all()].map(of),
  };
}
