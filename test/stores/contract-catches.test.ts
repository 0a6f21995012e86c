/** The store contract kit notices what it is there to notice: a store with one fault fails the checks about it. */
import {
  type CompareOperator,
  type Filter,
  type ListQuery,
  type Resource,
  type ResourceStore,
  ScimError,
} from "scimkit";
import { memoryStores } from "scimkit/memory";
import { storeContract } from "scimkit/testing";
import { describe, expect, it } from "vitest";

interface Context {
  readonly tenant: string;
}

type Store = ResourceStore<Resource, Context, undefined>;
/** A store with some of its methods spoilt. */
type Spoil = (store: Store) => Partial<Store>;

/** The names of the checks that fail. */
async function failures(spoil: { readonly users?: Spoil; readonly groups?: Spoil }): Promise<readonly string[]> {
  const checks = storeContract<Context, Resource, Resource, undefined>(
    async () => {
      const { users, groups } = memoryStores<Context>({ tenant: (context) => context.tenant });
      return {
        users: { ...users, ...spoil.users?.(users) },
        groups: { ...groups, ...spoil.groups?.(groups) },
        contexts: { a: { tenant: "a" }, b: { tenant: "b" } },
      };
    },
    { everyFilter: true },
  );
  const failed: string[] = [];
  for (const check of checks) {
    try {
      await check.run();
    } catch {
      failed.push(`${check.section}: ${check.name}`);
    }
  }
  return failed;
}

/** `list` with another query. */
const asking =
  (change: (query: ListQuery) => ListQuery): Spoil =>
  (store) => ({ list: (query, ctx) => store.list(change(query), ctx) });

/** Rewrites the leaves of a filter. */
function rewrite(filter: Filter, leaf: (filter: Filter) => Filter): Filter {
  switch (filter.op) {
    case "and":
    case "or":
      return { op: filter.op, filters: filter.filters.map((part) => rewrite(part, leaf)) };
    case "not":
      return { op: "not", filter: rewrite(filter.filter, leaf) };
    default:
      return leaf(filter);
  }
}

const rewriting = (leaf: (filter: Filter) => Filter): Spoil =>
  asking((query) => ({ ...query, filter: query.filter && rewrite(query.filter, leaf) }));

const swapping = (from: CompareOperator, to: CompareOperator): Spoil =>
  rewriting((filter) => (filter.op === from && "value" in filter ? { ...filter, op: to } : filter));

const oneTenant: Context = { tenant: "everybody" };

const faults: readonly (readonly [fault: string, spoil: Parameters<typeof failures>[0], caught: RegExp])[] = [
  ["get ignores the tenant", { users: (store) => tenantless(store, "get") }, /^Tenants: a resource is read/],
  ["update ignores the tenant", { users: (store) => tenantless(store, "update") }, /^Tenants: a resource is read/],
  ["delete ignores the tenant", { users: (store) => tenantless(store, "delete") }, /^Tenants: a resource is read/],
  ["list ignores the tenant", { users: (store) => tenantless(store, "list") }, /^Tenants: a list has/],
  [
    "the filter is ignored",
    { users: asking((query) => ({ ...query, filter: undefined })) },
    /^Filters: userName eq "nobody@example.com" finds nobody/,
  ],
  [
    "every filter is refused",
    {
      users: (store) => ({
        list: async (query, ctx) => {
          if (query.filter !== undefined) throw ScimError.invalidFilter("no filters here");
          return store.list(query, ctx);
        },
      }),
    },
    /^Filters: userName eq "ada@EXAMPLE.com" finds ada/,
  ],
  [
    "not is ignored",
    {
      users: asking((query) => ({ ...query, filter: query.filter?.op === "not" ? query.filter.filter : query.filter })),
    },
    /^Filters: not \(title pr\) finds cyd, eve/,
  ],
  [
    "and is or",
    {
      users: asking((query) => ({
        ...query,
        filter: query.filter?.op === "and" ? { op: "or", filters: query.filter.filters } : query.filter,
      })),
    },
    /^Filters: userName eq "cyd" and active eq false finds nobody/,
  ],
  [
    "brackets match across elements",
    { users: rewriting((filter) => (filter.op === "valuePath" ? filter.filter : filter)) },
    /^Filters: emails\[type eq "home" and value co "@work.example"\] finds dee/,
  ],
  ["sw is co", { users: swapping("sw", "co") }, /^Filters: title sw "engineer" finds dee/],
  ["ew is co", { users: swapping("ew", "co") }, /^Filters: title ew "engineer" finds ada, dee/],
  ["co is sw", { users: swapping("co", "sw") }, /^Filters: userName co "@EXAMPLE.com"/],
  ["eq is sw", { users: swapping("eq", "sw") }, /^Filters: userName eq "dee" finds nobody/],
  ["gt is ge", { users: swapping("gt", "ge") }, /^Filters: userName gt "cyd" finds dee/],
  ["ge is gt", { users: swapping("ge", "gt") }, /^Filters: userName ge "cyd" finds cyd, dee/],
  ["lt is le", { users: swapping("lt", "le") }, /^Filters: userName lt "cyd" finds ada, bob, eve/],
  ["le is lt", { users: swapping("le", "lt") }, /^Filters: userName le "CYD" finds ada, bob, cyd, eve/],
  [
    "an underscore matches any letter",
    {
      users: rewriting((filter) =>
        filter.op === "sw" && filter.value === "bob_" ? { ...filter, value: "bob" } : filter,
      ),
    },
    /^Filters: userName sw "bob_" finds bob/,
  ],
  [
    "ne does not hold where there is no value, as in SQL",
    {
      users: rewriting((filter) =>
        filter.op === "ne" ? { op: "and", filters: [{ op: "pr", path: filter.path }, filter] } : filter,
      ),
    },
    /^Filters: title ne "engineer" finds ada, bob, cyd, eve/,
  ],
  [
    "nor does not, as in SQL",
    {
      users: asking((query) => {
        const { filter } = query;
        if (filter?.op !== "not" || filter.filter.op !== "sw") return query;
        return { ...query, filter: { op: "and", filters: [{ op: "pr", path: filter.filter.path }, filter] } };
      }),
    },
    /^Filters: not \(title sw "100"\) finds cyd, dee, eve/,
  ],
  [
    "externalId is compared without its case",
    {
      users: rewriting((filter) =>
        filter.op === "eq" && filter.path.text === "externalId" && typeof filter.value === "string"
          ? { op: "or", filters: ["Ext-A", "ext-a"].map((value) => ({ ...filter, value })) }
          : filter,
      ),
    },
    /^Filters: externalId eq "Ext-A" finds ada/,
  ],
  ["the order is ignored", { users: asking((query) => ({ ...query, sort: undefined })) }, /^Sorting: ascending/],
  [
    "descending is ascending",
    { users: asking((query) => ({ ...query, sort: query.sort && { ...query.sort, descending: false } })) },
    /^Sorting: descending/,
  ],
  [
    "startIndex counts from 0",
    {
      users: asking((query) => ({
        ...query,
        window:
          query.window.by === "index" ? { ...query.window, startIndex: query.window.startIndex + 1 } : query.window,
      })),
    },
    /^Paging by index: pages have what is asked for/,
  ],
  [
    "the total is the size of the page",
    {
      users: (store) => ({
        list: async (query, ctx) => {
          const page = await store.list(query, ctx);
          return { ...page, total: page.resources.length };
        },
      }),
    },
    /^Paging by index: pages have what is asked for/,
  ],
  [
    "a changed resource moves to the end",
    {
      users: (store) => ({
        list: async (query, ctx) => {
          const page = await store.list({ ...query, window: { by: "index", startIndex: 1, count: 1_000 } }, ctx);
          const moved = [...page.resources].sort((a, b) => Number(a.meta.version) - Number(b.meta.version));
          const start = query.window.by === "index" ? query.window.startIndex - 1 : 0;
          return { resources: moved.slice(start, start + query.window.count), total: page.total };
        },
      }),
    },
    /^Paging by index: a change of a resource does not move it/,
  ],
  [
    "cursors are offsets",
    {
      users: (store) => ({
        list: async (query, ctx) => {
          if (query.window.by === "index") return store.list(query, ctx);
          const { position = "0", count } = query.window;
          if (!/^\d{1,9}$/.test(position)) throw ScimError.invalidCursor("no");
          const startIndex = Number(position) + 1;
          const page = await store.list({ ...query, window: { by: "index", startIndex, count } }, ctx);
          const next = startIndex + count <= page.total ? String(startIndex - 1 + count) : undefined;
          return { ...page, ...(next === undefined ? {} : { next }) };
        },
      }),
    },
    /^Paging by cursor: what comes or goes in between/,
  ],
  [
    "the last page has a next one",
    {
      users: (store) => ({
        list: async (query, ctx) => {
          const page = await store.list(query, ctx);
          const last = page.resources.at(-1);
          return query.window.by === "index" || last === undefined
            ? page
            : { ...page, next: page.next ?? JSON.stringify({ side: "after", sequence: 1e9 }) };
        },
      }),
    },
    /^Paging by cursor: a page that holds the last resource has no next one/,
  ],
  [
    "unreadable positions begin again",
    {
      users: (store) => ({
        list: (query, ctx) =>
          store.list(query, ctx).catch((thrown: unknown) => {
            if (query.window.by === "index") throw thrown;
            return store.list({ ...query, window: { ...query.window, position: undefined } }, ctx);
          }),
      }),
    },
    /^Paging by cursor: a position that is none/,
  ],
  [
    "beforeCommit is never called",
    {
      users: (store) => ({
        create: (draft, want, ctx) => store.create({ ...draft, beforeCommit: async () => {} }, want, ctx),
      }),
    },
    /^Create, read, update, delete: beforeCommit is called once/,
  ],
  [
    "beforeCommit is not awaited",
    {
      users: (store) => ({
        create: (draft, want, ctx) =>
          store.create(
            {
              ...draft,
              beforeCommit: async (outcome, tx) => {
                draft.beforeCommit(outcome, tx).catch(() => {});
              },
            },
            want,
            ctx,
          ),
      }),
    },
    /^Transactions: a creation whose beforeCommit/,
  ],
  [
    "what beforeCommit throws comes after the commit",
    {
      users: (store) => ({
        async update(id, change, want, ctx) {
          let failure: unknown;
          const stored = await store.update(
            id,
            {
              members: change.members,
              apply: (current) => change.apply(current),
              beforeCommit: async (outcome, tx) => {
                await change.beforeCommit(outcome, tx).catch((thrown: unknown) => {
                  failure = thrown;
                });
              },
            },
            want,
            ctx,
          );
          if (failure !== undefined) throw failure;
          return stored;
        },
      }),
    },
    /^Transactions: an update whose beforeCommit/,
  ],
  [
    "updates are read, changed and written without a lock",
    {
      users: (store) => ({
        async update(id, change, want, ctx) {
          const current = await store.get(id, want, ctx);
          if (current === undefined) return undefined;
          await Promise.resolve();
          const applied = change.apply(current);
          return store.update(
            id,
            {
              members: change.members,
              apply: () => applied,
              beforeCommit: (outcome, tx) => change.beforeCommit(outcome, tx),
            },
            want,
            ctx,
          );
        },
      }),
    },
    /^Concurrency: of many updates none starts from a state/,
  ],
  [
    "If-Match is not checked on deletion",
    { users: (store) => ({ delete: (id, removal, ctx) => store.delete(id, { ...removal, check: () => {} }, ctx) }) },
    /^Transactions: an update or deletion by an outdated If-Match/,
  ],
  [
    "every update writes",
    {
      users: (store) => ({
        update: (id, change, want, ctx) =>
          store.update(
            id,
            {
              members: change.members,
              apply: (current) => ({ ...change.apply(current), changed: ["userName"] }),
              beforeCommit: (outcome, tx) => change.beforeCommit(outcome, tx),
            },
            want,
            ctx,
          ),
      }),
    },
    /^Create, read, update, delete: a change that changes nothing writes nothing/,
  ],
  [
    "deleted resources are still read",
    {
      users: (store) => {
        const last = new Map<string, Awaited<ReturnType<Store["get"]>>>();
        return {
          async get(id, want, ctx) {
            const found = await store.get(id, want, ctx);
            if (found !== undefined) last.set(id, found);
            return found ?? last.get(id);
          },
          async delete(id, removal, ctx) {
            last.set(id, await store.get(id, { has: () => true }, ctx));
            return store.delete(id, removal, ctx);
          },
        };
      },
    },
    /^Create, read, update, delete: a deleted resource is gone/,
  ],
  [
    "inactive users are hidden",
    {
      users: (store) => ({
        async list(query, ctx) {
          const page = await store.list(query, ctx);
          return { ...page, resources: page.resources.filter(({ active }) => active !== false) };
        },
      }),
    },
    /^Create, read, update, delete: a deactivated user is still read/,
  ],
  [
    "ids that are no UUIDs are an error",
    {
      users: (store) => ({
        async get(id, want, ctx) {
          if (!/^[0-9a-f-]{36}$/.test(id)) throw new Error("invalid input syntax for type uuid");
          return store.get(id, want, ctx);
        },
      }),
    },
    /^Ids: any text may be asked for/,
  ],
  [
    "conflicts are plain errors",
    {
      users: (store) => ({
        create: (draft, want, ctx) =>
          store.create(draft, want, ctx).catch((thrown: unknown) => {
            throw thrown instanceof ScimError && thrown.status === 409 ? new Error("duplicate key") : thrown;
          }),
      }),
    },
    /^Uniqueness: a userName that is taken/,
  ],
  [
    "userName is unique with its case",
    {
      users: (store) => ({
        create: (draft, want, ctx) =>
          store
            .create(draft, want, ctx)
            .catch(() =>
              store.create(
                { ...draft, resource: { ...draft.resource, userName: `${draft.resource.userName}.` } },
                want,
                ctx,
              ),
            ),
      }),
    },
    /^Uniqueness: a userName that differs only in case/,
  ],
  [
    "attributes are lost",
    {
      users: (store) => ({
        create: (draft, want, ctx) => {
          const { emails, ...resource } = draft.resource;
          return store.create({ ...draft, resource }, want, ctx);
        },
      }),
    },
    /^Create, read, update, delete: create returns what was stored/,
  ],
  [
    "unknown members are left out",
    {
      groups: (store) => ({
        update: (id, change, want, ctx) => store.update(id, change, want, ctx).catch(() => store.get(id, want, ctx)),
      }),
    },
    /^Members of groups: an unknown member is refused/,
  ],
  [
    "removing one member removes all",
    {
      groups: (store) => ({
        update: (id, change, want, ctx) => {
          const delta = change.members;
          const members =
            delta !== undefined && delta.remove.length > 0 ? { ...delta, reset: true, remove: [] } : delta;
          return store.update(
            id,
            {
              members,
              apply: (current) => change.apply(current),
              beforeCommit: (outcome, tx) => change.beforeCommit(outcome, tx),
            },
            want,
            ctx,
          );
        },
      }),
    },
    /^Members of groups: adding and removing changes those named/,
  ],
  [
    "members are cut off at a hundred",
    {
      groups: (store) => ({
        async get(id, want, ctx) {
          const group = await store.get(id, want, ctx);
          return group && Array.isArray(group.members) ? { ...group, members: group.members.slice(0, 100) } : group;
        },
      }),
    },
    /^Members of groups: a thousand members/,
  ],
  [
    "members are not read",
    { groups: (store) => ({ get: (id, _want, ctx) => store.get(id, { has: () => false }, ctx) }) },
    /^Selection: members are read when they are wanted/,
  ],
];

function tenantless(store: Store, method: "get" | "update" | "delete" | "list"): Partial<Store> {
  const at = (): Context => oneTenant;
  // Everything lives in one tenant; only the spoilt method fails to tell them apart.
  const own = new Map<string, string>();
  const mine = (id: string, ctx: Context): boolean => own.get(id) === ctx.tenant;
  return {
    async create(draft, want, ctx) {
      const stored = await store.create(draft, want, at());
      own.set(stored.id, ctx.tenant);
      return stored;
    },
    get: async (id, want, ctx) => (method === "get" || mine(id, ctx) ? store.get(id, want, at()) : undefined),
    update: async (id, change, want, ctx) =>
      method === "update" || mine(id, ctx) ? store.update(id, change, want, at()) : undefined,
    delete: async (id, removal, ctx) =>
      method === "delete" || mine(id, ctx) ? store.delete(id, removal, at()) : false,
    async list(query, ctx) {
      const page = await store.list(query, at());
      if (method === "list") return page;
      const resources = page.resources.filter(({ id }) => mine(id, ctx));
      return { ...page, resources, total: resources.length };
    },
  };
}

describe("The store contract", () => {
  it("is kept by the store that the faults are put into", async () => {
    expect(await failures({})).toEqual([]);
  });

  it.each(faults)("notices when %s", async (_fault, spoil, caught) => {
    expect(await failures(spoil)).toContainEqual(expect.stringMatching(caught));
  });
});
