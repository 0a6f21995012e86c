/** served: what the HTTP suites run over: every mount on the memory stores, unless a file says otherwise (test/kysely). */
import type { GroupStore, UserStore } from "scimkit";
import { memoryStores } from "scimkit/memory";
import { type Mount, mounts } from "./mounts.ts";

/** What `authenticate` returns in the HTTP suites: a tenant, as each kind of store knows it. */
export interface TestContext {
  readonly tenant: string;
  /** Undefined: nobody's; every store must then refuse. */
  readonly workspaceId: number | undefined;
}

/** Stores of users and groups. */
export interface TestStores {
  readonly users: UserStore<TestContext>;
  readonly groups: GroupStore<TestContext>;
}

/** A mount, and stores to serve over it. */
export interface Served extends Mount {
  /** Stores in which the tenants of {@link freshTenants} have nothing yet. */
  openStores(): Promise<TestStores>;
}

/** A Context that names no tenant. */
export const nobody: TestContext = { tenant: "", workspaceId: undefined };

let workspaces = 0;

/** The Contexts of two tenants that nobody has had before: databases outlive the hosts of single tests. */
export function freshTenants(): { readonly one: TestContext; readonly two: TestContext } {
  const mine = (tenant: string): TestContext => ({ tenant, workspaceId: ++workspaces });
  return { one: mine("one"), two: mine("two") };
}

/** The memory stores, empty. */
export function openMemory(): TestStores {
  return memoryStores<TestContext>({ tenant: ({ tenant }) => tenant });
}

let rows: readonly Served[] = mounts.map((mount) => ({ ...mount, openStores: async () => openMemory() }));

/** The rows that the HTTP suites run over, once each. */
export function served(): readonly Served[] {
  return rows;
}

/** Has the HTTP suites that this file imports hereafter run over these rows. */
export function serve(others: readonly Served[]): void {
  rows = others;
}
