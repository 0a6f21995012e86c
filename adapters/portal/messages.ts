/** What the page and its server say to one another, as JSON; dates are ISO 8601 texts. */
import type { Text } from "./strings/en.ts";
import type { GuideName } from "./strings/en-guides.ts";

/** What somebody may do with the connections of their organisation; `read` is needed to see the page at all. */
export type PortalAction = "read" | "configure" | "tokens" | "pause" | "delete" | "rules" | "undo";

/** A workspace or role that may be chosen. */
export interface ChoiceMessage {
  readonly id: string;
  readonly name: string;
}

/** A connection as the page shows it. */
export interface ConnectionMessage {
  readonly id: string;
  readonly workspace: ChoiceMessage;
  readonly defaultRole: ChoiceMessage;
  readonly state: "active" | "paused";
  readonly created: string;
}

/** A token, by what is known of it. */
export interface TokenMessage {
  readonly id: string;
  readonly label: string;
  /** The first characters, by which it is recognised. */
  readonly prefix: string;
  readonly state: "valid" | "expired" | "revoked";
  readonly created: string;
  readonly lastUsed?: string;
  readonly expires?: string;
}

/** A token that was just made: the only message with a secret in it. */
export interface IssuedMessage {
  readonly token: TokenMessage;
  readonly secret: string;
}

/** A new connection, and its first token where the reader may make tokens. */
export interface CreatedMessage {
  readonly connection: ConnectionMessage;
  readonly issued?: IssuedMessage;
}

/** An identity provider. */
export interface ProviderMessage {
  readonly name: string;
  /** Its instructions, where there are some. */
  readonly guide?: GuideName;
}

/** How a connection is doing. */
export interface HealthMessage {
  readonly connected: boolean;
  /** Who is connected, as far as that is known. */
  readonly provider?: ProviderMessage;
  readonly lastRequest?: string;
  readonly lastError?: string;
  readonly users: number;
  readonly groups: number;
}

/** One request in the log. */
export interface LogMessage {
  /** Counts up; by what older entries are asked for. */
  readonly sequence: number;
  readonly at: string;
  readonly method: string;
  /** What was asked, in words. */
  readonly request: Text;
  /** The address, where it leads nowhere. */
  readonly path?: string;
  readonly resourceId?: string;
  readonly status: number;
  readonly outcome: "ok" | "refused" | "failed";
  readonly scimType?: string;
  readonly detail?: string;
  /** In milliseconds. */
  readonly duration: number;
  /** The name of the identity provider, as far as it is known. */
  readonly provider?: string;
  readonly userAgent?: string;
  /** What was done beside what was asked, in English. */
  readonly notes: readonly string[];
  /** Of a refused request: what it means and what helps. */
  readonly explanation?: Text;
}

/** A page of the log, newest first. */
export interface LogPageMessage {
  readonly entries: readonly LogMessage[];
  /** Whether there are older ones. */
  readonly more: boolean;
}

/** Something that the doctor would change. */
export interface FindingMessage {
  readonly title: Text;
  readonly text: Text;
  readonly severity: "info" | "warning" | "error";
  readonly values: Readonly<Record<string, string | number>>;
}

/** All that changes while a connection works, in one message. */
export interface StatusMessage {
  readonly connection: ConnectionMessage;
  readonly tokens: readonly TokenMessage[];
  readonly health: HealthMessage;
  readonly findings: readonly FindingMessage[];
  readonly log: LogPageMessage;
}

/** The organisation, what may be done, and what there is. */
export interface OverviewMessage {
  readonly actions: readonly PortalAction[];
  readonly entitled: boolean;
  /** Why the organisation is not entitled, in the host's words. */
  readonly reason?: string;
  /** All workspaces of the organisation. */
  readonly workspaces: readonly ChoiceMessage[];
  /** Those in which one more connection may be made. */
  readonly available: readonly ChoiceMessage[];
  readonly connections: readonly ConnectionMessage[];
}

/** The roles of a workspace, lowest first. */
export interface RolesMessage {
  readonly roles: readonly ChoiceMessage[];
}

/** What the page is told once, inside of its HTML. */
export interface PageMessage {
  readonly locale: string;
  readonly product: string;
  readonly organisation: string;
  /** The absolute URL of the SCIM base. */
  readonly scimUrl: string;
  readonly back?: { readonly url: string; readonly label: string };
  /** Whether there are rules, explanations and a way back; default: no. */
  readonly hasAccess?: boolean;
}

/** A request that was refused. */
export interface ErrorMessage {
  /** What the page says of it, in the reader's language. */
  readonly text: Text;
  /** What exactly was wrong, in English, where there is more to say. */
  readonly detail?: string;
}
