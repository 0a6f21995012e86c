/** TableStore: a ResourceStore on a host's table. */
import type { Kysely, QueryExecutorProvider, Transaction } from "kysely";
import type {
  Applied,
  Change,
  Draft,
  ListQuery,
  MembersOutcome,
  Page,
  Removal,
  Resource,
  ResourceStore,
  ResourceType,
  Selection,
  StoreCapabilities,
  Stored,
} from "scimkit";
import { checkUnwritten } from "./assign.ts";
import { asStored, type BoundStore, bindStore } from "./bound-store.ts";
import { divide } from "./divide.ts";
import { indexDdl } from "./index-ddl.ts";
import { isObject, type JsonObject } from "./json-object.ts";
import { holds, type Layout, layOut, type Place } from "./layout.ts";
import { listRows } from "./list-rows.ts";
import { MappedTable } from "./mapped-table.ts";
import type { Mapping } from "./mapping.ts";
import type { Row } from "./read-place.ts";
import { changeElements, completeAll, elementsIn, type Relation } from "./relation.ts";
import { inTransaction, reading } from "./transaction.ts";
import { guardedUniqueness, type Uniqueness } from "./uniqueness.ts";
import { deleteRow, insertRow, lockRow, readRow, rowChange, settings, updateRow } from "./write-rows.ts";

interface Connected {
  readonly type: ResourceType;
  readonly layout: Layout;
}

/** A store of resources of one type in one table of the host's. */
export class TableStore<Database, Ctx, R extends Resource> implements ResourceStore<R, Ctx, Transaction<Database>> {
  readonly table: MappedTable<Database, Ctx>;
  readonly #related: ReadonlySet<string>;
  readonly #uniqueness: Uniqueness<Ctx>;
  #relation: Relation<Ctx> | undefined;
  #connected: Connected | undefined;
  #bound: Promise<BoundStore<Ctx>> | undefined;

  /**
   * @param related - attributes of the type that are never in its table
   * @param uniqueness - default: the database's constraints, and a guard for what they leave open
   */
  constructor(
    mapping: Mapping<Database, Ctx>,
    related: readonly string[] = [],
    uniqueness: Uniqueness<Ctx> = guardedUniqueness(),
  ) {
    this.table = new MappedTable(mapping);
    this.#related = new Set(related);
    this.#uniqueness = uniqueness;
  }

  get #db(): Kysely<Database> {
    return this.table.db;
  }

  /** Whether `createScim` has been given the store. */
  get isConnected(): boolean {
    return this.#connected !== undefined;
  }

  /** Says where the related attribute comes from. */
  relate(relation: Relation<Ctx>): void {
    this.#relation = relation;
  }

  /** @throws Error naming what in the mapping cannot work */
  connect(type: ResourceType): StoreCapabilities {
    const layout = layOut(this.table.mapping, type, this.#related);
    this.#connected = { type, layout };
    this.#bound = undefined;
    return {
      cursors: true,
      holds: (path) =>
        path.extension === undefined && this.#related.has(path.attribute.name)
          ? this.#relation?.attribute === path.attribute.name
          : holds(layout, path),
    };
  }

  /**
   * Holds the mapping against the database. The store does so by itself at its first use; a host that calls this when it
   * starts learns of a wrong mapping then.
   *
   * @throws Error naming the table or column that is not there, or that cannot hold its attribute
   */
  async check(): Promise<void> {
    await this.#ready();
  }

  /** The `create index` statements that this mapping's queries can use. */
  async indexDdl(ctx: Ctx): Promise<readonly string[]> {
    return indexDdl(this.#db, await this.#ready(), ctx);
  }

  async #ready(): Promise<BoundStore<Ctx>> {
    await this.#relation?.prepare();
    return await this.bound();
  }

  /** The store together with its resource type and what the database says of its table. */
  bound(): Promise<BoundStore<Ctx>> {
    this.#bound ??= this.#bind().catch((error: unknown) => {
      this.#bound = undefined;
      throw error;
    });
    return this.#bound;
  }

  async #bind(): Promise<BoundStore<Ctx>> {
    if (this.#connected === undefined) throw new Error("The store has not been given to createScim.");
    return bindStore(this.#connected.type, this.#connected.layout, await this.table.bound());
  }

  async create(draft: Draft<R, Transaction<Database>>, _want: Selection, ctx: Ctx): Promise<Stored<R>> {
    const store = await this.#ready();
    const resource: JsonObject = isObject(draft.resource) ? draft.resource : {};
    const { places, columns } = store.layout;
    const divided = divide(resource, places);
    return await inTransaction(this.#db, async (trx) => {
      const created = store.reader.read(await insertRow(trx, store, resource, divided, ctx));
      checkUnwritten(undefined, divided, divide(created, places), columns);
      await this.#uniqueness.claim(trx, store, undefined, created, ctx);
      const add = elementsIn(this.#relation, resource);
      if (add.length > 0) await this.#relation?.change?.(trx, created.id, { reset: false, add, remove: [] }, ctx);
      const after = asStored<R>(add.length > 0 ? await this.#complete(trx, created) : created);
      await draft.beforeCommit({ after }, trx);
      return after;
    });
  }

  async get(id: string, want: Selection, ctx: Ctx): Promise<Stored<R> | undefined> {
    const store = await this.#ready();
    return await reading(async () => {
      const row = await readRow(this.#db, store, store.reader.select(want), id, ctx);
      return row && asStored<R>(await this.#wanted(this.#db, store.reader.read(row), want));
    });
  }

  async list(query: ListQuery, ctx: Ctx): Promise<Page<R>> {
    const store = await this.#ready();
    const relation = this.#relation;
    return await reading(async () => {
      const related = new Map(relation === undefined ? [] : [[relation.attribute, await relation.sources(ctx)]]);
      const { rows, ...page } = await listRows(this.#db, store, query, ctx, related);
      const own = rows.map((row) => store.reader.read(row));
      const isWanted = relation !== undefined && query.want.has(relation.attribute);
      const resources = isWanted ? await completeAll(relation, this.#db, own) : own;
      return { ...page, resources: resources.map((resource) => asStored<R>(resource)) };
    });
  }

  async update(
    id: string,
    change: Change<R, Transaction<Database>>,
    want: Selection,
    ctx: Ctx,
  ): Promise<Stored<R> | undefined> {
    const store = await this.#ready();
    return await inTransaction(this.#db, async (trx) => {
      const row = await lockRow(trx, store, id, ctx, "no key update");
      if (row === undefined) return undefined;
      const isWhole = change.members === undefined;
      const own = store.reader.read(row);
      const before = asStored<R>(isWhole ? await this.#complete(trx, own) : own);
      const applied = change.apply(before);
      const written = await this.#write(trx, store, row, before, applied, change.members, ctx);
      if (written === undefined) return asStored<R>(isWhole ? before : await this.#wanted(trx, own, want));
      const after = asStored<R>(isWhole ? await this.#complete(trx, written.after) : written.after);
      await change.beforeCommit({ before, after, members: isWhole ? undefined : written.members }, trx);
      return isWhole ? after : asStored<R>(await this.#wanted(trx, written.after, want));
    });
  }

  /** Writes what has changed of a locked row and its relation; undefined if nothing has. */
  async #write(
    trx: Transaction<Database>,
    store: BoundStore<Ctx>,
    row: Row,
    before: Stored,
    { resource, changed }: Applied<R>,
    delta: Change["members"],
    ctx: Ctx,
  ): Promise<{ readonly after: Stored; readonly members: MembersOutcome | undefined } | undefined> {
    const next: JsonObject = isObject(resource) ? resource : {};
    const change = rowChange(before, next, placesOf(changed, store.layout), store.reader.rest(row));
    const assignments = await settings(store, change);
    const members = await changeElements(this.#relation, trx, before.id, { next, changed, delta }, ctx);
    const haveMembersChanged = members !== undefined && members.added.length + members.removed.length > 0;
    if (changed.length === 0 && !haveMembersChanged) return undefined;
    // What the store cannot keep changes no row, and is no new version.
    const isWritten = assignments.size > 0 || haveMembersChanged;
    const after = store.reader.read(
      isWritten ? await updateRow(trx, store, before.id, assignments, change.after) : row,
    );
    checkUnwritten(change.before, change.after, divide(after, change.places), store.layout.columns);
    if (assignments.size > 0) await this.#uniqueness.claim(trx, store, before, after, ctx);
    return { after, members };
  }

  async delete(id: string, removal: Removal<R, Transaction<Database>>, ctx: Ctx): Promise<boolean> {
    const store = await this.#ready();
    return await inTransaction(this.#db, async (trx) => {
      await this.#relation?.lockGroups(trx, id, ctx);
      const row = await lockRow(trx, store, id, ctx, "update");
      if (row === undefined) return false;
      const before = asStored<R>(store.reader.read(row));
      removal.check(before);
      await this.#relation?.end(trx, before.id);
      await deleteRow(trx, store, before.id);
      await removal.beforeCommit({ before }, trx);
      return true;
    });
  }

  async #wanted(db: QueryExecutorProvider, resource: Stored, want: Selection): Promise<Stored> {
    const attribute = this.#relation?.attribute;
    return attribute !== undefined && want.has(attribute) ? await this.#complete(db, resource) : resource;
  }

  async #complete(db: QueryExecutorProvider, resource: Stored): Promise<Stored> {
    const [complete = resource] = await completeAll(this.#relation, db, [resource]);
    return complete;
  }
}

/** The places that changed paths speak of, and those that share columns with them: `name.givenName` is about `name`. */
function placesOf(changed: readonly string[], { byName, sharing }: Layout): readonly Place[] {
  const places = new Set<Place>();
  for (const path of changed) {
    const place = byName.get(path) ?? byName.get(path.slice(0, path.lastIndexOf(".")));
    if (place === undefined) continue;
    places.add(place);
    for (const other of sharing.get(place) ?? []) places.add(other);
  }
  return [...places];
}
