/** MemoryResources: a ResourceStore on collections, one per tenant. */
import type { Resource } from "../schema/attribute.ts";
import type { ResourceType } from "../schema/resource-type.ts";
import type { Change, Draft, Removal } from "./change.ts";
import { type Collection, createIn, deleteIn, updateIn } from "./memory-collection.ts";
import { indexedPaths } from "./memory-indexed-paths.ts";
import { listIn } from "./memory-list.ts";
import { everything, type Selection } from "./selection.ts";
import type { ListQuery, Page, ResourceStore, StoreCapabilities } from "./store.ts";
import type { Stored } from "./stored.ts";

/** A {@link ResourceStore} in memory. What it returns is frozen, or the caller's own. */
export interface MemoryStore<R extends Resource = Resource, Ctx = unknown> extends ResourceStore<R, Ctx, undefined> {
  connect(type: ResourceType): StoreCapabilities;
  /**
   * Everything in the tenant, members included, in the order of creation: for tests, and for a host that has no other
   * place for its people.
   *
   * @throws Error if the Context names no tenant
   */
  snapshot(ctx: Ctx): readonly Stored<R>[];
}

/** Where the collections of a store are. */
export interface Collections<R extends Resource, Ctx> {
  /** The tenant's collection, or undefined if nothing was ever written there. */
  find(ctx: Ctx): Collection<R> | undefined;
  /** The tenant's collection, made if there is none; a new one has no indexes. */
  open(ctx: Ctx): Collection<R>;
  all(): Iterable<Collection<R>>;
}

/** What {@link connect} has told. */
interface Connected {
  readonly type: ResourceType;
  readonly indexed: ReturnType<typeof indexedPaths>;
  /** Names of the attributes that are never returned. */
  readonly secrets: ReadonlySet<string>;
}

/**
 * The store of one resource type.
 *
 * @param alsoUnique - paths in canonical case that are unique beside those of the schema
 */
export function memoryResources<R extends Resource, Ctx>(
  collections: Collections<R, Ctx>,
  alsoUnique: ReadonlySet<string>,
): MemoryStore<R, Ctx> {
  let connected: Connected | undefined;
  const open = (ctx: Ctx): Collection<R> => {
    const { indexed, secrets } = required(connected);
    const collection = collections.open(ctx);
    if (collection.table.indexed !== indexed) collection.table.reindex(indexed, secrets);
    return collection;
  };
  return {
    connect(type) {
      const indexed = indexedPaths(type, alsoUnique);
      const secrets = [...type.attributes.values()].filter(({ returned }) => returned === "never");
      connected = { type, indexed, secrets: new Set(secrets.map(({ name }) => name)) };
      for (const { table } of collections.all()) table.reindex(indexed, connected.secrets);
      return { cursors: true, frozen: true };
    },
    async create(draft: Draft<R, undefined>, want: Selection, ctx: Ctx): Promise<Stored<R>> {
      return createIn(open(ctx), draft, want);
    },
    async get(id: string, want: Selection, ctx: Ctx): Promise<Stored<R> | undefined> {
      const collection = collections.find(ctx);
      const row = collection?.table.find(id);
      return row === undefined ? undefined : collection?.relations.read(row.stored, want);
    },
    async list(query: ListQuery, ctx: Ctx): Promise<Page<R>> {
      const { type } = required(connected);
      const collection = collections.find(ctx);
      return collection === undefined ? { resources: [], total: 0 } : listIn(collection, type, query);
    },
    async update(id: string, change: Change<R, undefined>, want: Selection, ctx: Ctx): Promise<Stored<R> | undefined> {
      const collection = collections.find(ctx);
      return collection === undefined ? undefined : updateIn(collection, id, change, want);
    },
    async delete(id: string, removal: Removal<R, undefined>, ctx: Ctx): Promise<boolean> {
      const collection = collections.find(ctx);
      return collection === undefined ? false : deleteIn(collection, id, removal);
    },
    snapshot(ctx: Ctx): readonly Stored<R>[] {
      const collection = collections.find(ctx);
      if (collection === undefined) return [];
      return collection.table.rows.map(({ stored }) => collection.relations.read(stored, everything));
    },
  };
}

function required(connected: Connected | undefined): Connected {
  if (connected !== undefined) return connected;
  throw new Error(
    "The memory store does not know its resource type yet: give it to createScim, or call connect(type).",
  );
}
