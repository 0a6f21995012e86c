/** kyselyStore: a host's table as the store of a custom resource type. */
import type { Transaction } from "kysely";
import type { Resource, ResourceStore, ResourceType, StoreCapabilities } from "scimkit";
import type { Mapping, StoreMapping, TableName } from "./mapping.ts";
import { TableStore } from "./resource-store.ts";

/** A store on a host's table, which can be held against the database before it is used. */
export interface KyselyStore<Database, Ctx = unknown, R extends Resource = Resource>
  extends ResourceStore<R, Ctx, Transaction<Database>> {
  /** @throws Error naming what in the mapping the type has no use for, or cannot do without */
  connect(type: ResourceType): StoreCapabilities;
  /**
   * Holds the mapping against the database; call it when the host starts, after `createScim`. Without it, a wrong
   * mapping fails the first request.
   *
   * @throws Error naming the table or column that is not there, or that cannot hold its attribute
   */
  check(): Promise<void>;
  /**
   * The `create index` statements for the look-ups and pages that IdPs ask for, as this mapping's queries can use them.
   * Prints; it creates nothing, and does not look whether the host has an index like it.
   *
   * @param ctx - any Context: its tenant's columns are the ones to index by
   */
  indexDdl(ctx: Ctx): Promise<readonly string[]>;
}

/**
 * Resources of one custom type in a table of the host's.
 *
 * @throws Error from `createScim`, where the mapping and the schema do not fit
 * @example
 * const devices = kyselyStore({ db, table: "devices", key: "id", columns: { serial: "serial_number" } });
 */
export function kyselyStore<Database, Table extends TableName<Database>, Ctx = unknown, R extends Resource = Resource>(
  mapping: StoreMapping<Database, Table, Ctx>,
): KyselyStore<Database, Ctx, R>;
export function kyselyStore<Database, Ctx, R extends Resource>(
  mapping: Mapping<Database, Ctx>,
): KyselyStore<Database, Ctx, R> {
  return new TableStore<Database, Ctx, R>(mapping);
}
