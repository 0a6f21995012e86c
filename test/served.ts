/** served: what the HTTP suites run over: every mount on the memory stores, unless a file says otherwise (test/kysely). */
import type { GroupStore, UserStore } from "scimkit";
import { memoryStores } from "scimkit/memory";
import { type Mount, mounts } from "./mounts.ts";

/** What `authenticate` returns in the HTTP suites: a tenant, as each kind of store knows it. */
export interface TestContext {
  readonly tenant: string;
  /** NaN: nobody's; every store must then refuse. */
  readonly workspaceId: number;
}

/** Stores of users and groups. */
export interface TestStores {
  readonly users: UserStore<TestContext>;
  readonly groups: GroupStore<TestContext>;
}

/** A mount, and stores to serve over it. */
export interface Served extends Mount {
  /** Whether the stores keep what is sent as a password; else it is passed over, and not advertised. */
  readonly keepsPasswords: boolean;
  /** Whether a user may be neither active nor inactive; else `active` without a value is `true`. */
  readonly keepsUnsetActive: boolean;
  /**
   * Stores in which the tenants of {@link freshTenants} have nothing yet.
   *
   * @param changePassword - whether the service has that feature on; default false
   */
  openStores(changePassword?: boolean): Promise<TestStores>;
}

/** A Context that names no tenant. */
export const nobody: TestContext = { tenant: "", workspaceId: Number.NaN };

let workspaces = 0;

/** The Contexts of two tenants that nobody has had before: databases outlive the hosts of single tests. */
export function freshTenants(): { readonly one: TestContext; readonly two: TestContext } {
  const mine = (tenant: string): TestContext => ({ tenant, workspaceId: ++workspaces });
  return { one: mine("one"), two: mine("two") };
}

/** Users that are `users`, but for some methods. */
export function usersBut(
  users: UserStore<TestContext>,
  others: Partial<UserStore<TestContext>>,
): UserStore<TestContext> {
  return {
    connect: (type) => users.connect?.(type) ?? {},
    create: (draft, want, context) => users.create(draft, want, context),
    get: (id, want, context) => users.get(id, want, context),
    list: (query, context) => users.list(query, context),
    update: (id, change, want, context) => users.update(id, change, want, context),
    delete: (id, removal, context) => users.delete(id, removal, context),
    ...others,
  };
}

/** The memory stores, empty. */
export function openMemory(): TestStores {
  return memoryStores<TestContext>({ tenant: ({ tenant }) => tenant });
}

let rows: readonly Served[] = mounts.map((mount) => ({
  ...mount,
  keepsPasswords: true,
  keepsUnsetActive: true,
  openStores: async () => openMemory(),
}));

/** The rows that the HTTP suites run over, once each. */
export function served(): readonly Served[] {
  return rows;
}

/** Has the HTTP suites that this file imports hereafter run over these rows. */
export function serve(others: readonly Served[]): void {
  rows = others;
}
