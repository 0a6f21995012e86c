/** Connection, Token, ConnectionContext: what joins an organisation's identity provider to a workspace. */

/** Whether an identity provider is let in. Paused: it is answered with 503 and `Retry-After`, and comes back later. */
export type ConnectionState = "active" | "paused";

/** An organisation's identity provider, provisioning into one workspace. */
export interface Connection {
  /** A UUID. */
  readonly id: string;
  /** The host's id of the customer. */
  readonly organisation: string;
  /** The host's id of the workspace; no two organisations have a workspace with the same id. */
  readonly workspace: string;
  /** The role that new users are given, as it was chosen; it may have vanished since. */
  readonly defaultRole: string;
  /** The highest role that this connection may give. Absent: every role that the host's `roles` lists. */
  readonly ceiling?: string | undefined;
  readonly state: ConnectionState;
  readonly created: Date;
  /** When its workspace, role, ceiling or state last changed. */
  readonly updated: Date;
}

/** What is kept of a token; never the token itself. */
export interface Token {
  /** A UUID. */
  readonly id: string;
  /** What the admin calls it: up to 100 characters, perhaps none. */
  readonly label: string;
  /** Its first characters, by which people recognise it. */
  readonly prefix: string;
  readonly created: Date;
  /** When it last let a request in; written at most once a minute. */
  readonly lastUsed?: Date | undefined;
  /** When it stops, or stopped, letting requests in. Absent: never. */
  readonly expires?: Date | undefined;
  /** When it was revoked. */
  readonly revoked?: Date | undefined;
}

/** A token that has just been made. */
export interface IssuedToken {
  readonly token: Token;
  /** The token itself, for the identity provider. It is kept nowhere, and cannot be shown again. */
  readonly secret: string;
}

/** The Context of every request that a connection lets in: the only source of the tenant. */
export interface ConnectionContext {
  readonly organisation: string;
  readonly workspace: string;
  /**
   * The role for users that this request creates: the connection's default role, or what takes its place since it
   * vanished; `""` if nothing may. Requests that only read are given the default role as it was chosen.
   */
  readonly defaultRole: string;
  /** The connection's id. */
  readonly connection: string;
}

/** A workspace or a role that may be chosen. */
export interface Choice {
  readonly id: string;
  /** As people know it. */
  readonly name: string;
}

/** What a new connection points at. */
export interface ConnectionSettings {
  /** Default: the workspace, where there is only one to choose. */
  readonly workspace?: string | undefined;
  /** Default: the lowest role. */
  readonly defaultRole?: string | undefined;
  /** Default: none; every role that the host's `roles` lists may be given. */
  readonly ceiling?: string | undefined;
}

/** Who manages a user, or a group. */
export interface Management {
  /** The connection's id. */
  readonly connection: string;
  /** When the connection created it, or took charge of it. */
  readonly since: Date;
  /** Whether it had been there before, and was linked. */
  readonly linked: boolean;
}
