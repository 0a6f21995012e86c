/** The public names of scimkit/connections. */
export type {
  Choice,
  Connection,
  ConnectionContext,
  ConnectionSettings,
  ConnectionState,
  IssuedToken,
  Management,
  Token,
} from "./connection.ts";
export { ConnectionError, type ConnectionErrorCode } from "./connection-error.ts";
export type { ConnectionEvent } from "./connection-event.ts";
export type { Connections, DeleteOptions, TokenSettings } from "./connections.ts";
export { createConnections } from "./create-connections.ts";
export type { InsideRequest } from "./inside.ts";
export type { Health, IdentityProvider, LogEntry, LogQuery, Trait } from "./log.ts";
export { memoryConnections } from "./memory-connections.ts";
export type {
  ConnectedOptions,
  ConnectionsOptions,
  Entitlement,
  Limit,
  LinkCandidate,
  LinkPolicy,
} from "./options.ts";
export type { SignedInUser, SignInAccount, SignInOptions, SignInRoute, SsoMatch, SsoSubject } from "./sign-in.ts";
export type { ConnectionRecord, ConnectionStore, Mark, MarkPage, NewLogEntry, TokenRecord, Traffic } from "./store.ts";
export { trafficAfter } from "./traffic.ts";
