/** The public names of scimkit/kysely. */
export { type KyselyAccess, type KyselyAccessOptions, kyselyAccess } from "./access.ts";
export { type KyselyConnections, type KyselyConnectionsOptions, kyselyConnections } from "./connections.ts";
export { type GroupsMapping, type KyselyGroups, kyselyGroups } from "./group-store.ts";
export { type KyselyStore, kyselyStore } from "./kysely-store.ts";
export type { Column, ColumnRule, MembersMapping, NewValues, StoreMapping, WriteColumn } from "./mapping.ts";
export { type PGliteLike, pgliteDialect } from "./pglite.ts";
export { type ScimkitTables, type ScimkitTablesOptions, scimkitTables } from "./tables.ts";
export { type KyselyUsers, kyselyUsers } from "./user-store.ts";
