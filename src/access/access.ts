/** Access: what a host does with the access that its customers' groups give. */
import type { ConnectionContext } from "../connections/connection.ts";
import type { ConnectedOptions } from "../connections/options.ts";
import type { ScimOptions } from "../options.ts";
import type { Extension } from "../schema/define-extension.ts";
import type { ResourceType } from "../schema/resource-type.ts";
import type { Explanation } from "./explain.ts";
import type { Job } from "./job.ts";
import type { JournalEntry } from "./journal-entry.ts";
import type { Seats } from "./options.ts";
import type { RulesPreview } from "./preview.ts";
import type { Receipt } from "./receipt.ts";
import type { Rule, RuleSettings } from "./rule.ts";
import type { RevertSelection, RevertStep } from "./undo-plan.ts";

/** Rules that are to be added and removed, together. */
export interface RulesChange {
  readonly add?: readonly RuleSettings[] | undefined;
  /** Ids. */
  readonly remove?: readonly string[] | undefined;
}

/** A rule, and whether it grants anything. */
export interface RuleState extends Rule {
  /** Why it grants nothing now; undefined if it does. */
  readonly problem: string | undefined;
}

/** Which part of a journal is wanted; newest first. */
export interface JournalPage {
  /** Entries at the most. 1 to 1,000, default 100. */
  readonly limit?: number | undefined;
  /** Only entries with a lower sequence. */
  readonly before?: number | undefined;
}

/**
 * Rules, explanations, receipts and the journal of connections.
 *
 * Every method that takes an organisation is confined to it, as those of {@link Connections} are.
 *
 * @throws ConnectionError `notFound` for a connection that the organisation does not have
 */
export interface Access {
  /**
   * The options of `createScim`: everything that connections do, and access within it.
   *
   * @example
   * const scim = createScim(access.scim({ users, groups }));
   */
  scim<
    const UE extends readonly Extension[] = [],
    const GE extends readonly Extension[] = [],
    Tx = unknown,
    const Types extends readonly ResourceType[] = readonly ResourceType[],
  >(options: ConnectedOptions<UE, GE, Tx, Types>): ScimOptions<ConnectionContext, UE, GE, Tx, Types>;

  /** The rules of a connection, and which of them grant nothing. */
  rules(organisation: string, connection: string): Promise<readonly RuleState[]>;
  /** What a change of rules would give and take; nothing is written. @throws ConnectionError as {@link changeRules} */
  previewRules(organisation: string, connection: string, change: RulesChange): Promise<RulesPreview>;
  /**
   * Changes rules. Whom they are about is reconciled in batches afterwards: {@link jobs} tells how far that is.
   *
   * @returns the rules that were added
   * @throws ConnectionError `invalidValue`, `roleNotAllowed` for a role that cannot be given, `workspaceNotAllowed`
   */
  changeRules(organisation: string, connection: string, change: RulesChange): Promise<readonly Rule[]>;
  /** Why a user has which roles; undefined for one whom the connection does not manage. */
  explainAccess(organisation: string, connection: string, user: string): Promise<Explanation | undefined>;
  /** Seats of the connection's workspace; undefined if the host does not count them. */
  seats(organisation: string, connection: string): Promise<Seats | undefined>;

  /** What is being done, or was, in the order in which it was asked for. */
  jobs(organisation: string, connection: string): Promise<readonly Job[]>;
  /**
   * Does what is waiting: jobs, and revocations that were not complete. To be called when a process starts, and now and
   * then; after a change that makes work it is called by itself. Never rejects: see `onError`.
   */
  work(): Promise<void>;
  /** Receipts of ended access, newest first. `limit`: 1 to 1,000, default 100. */
  receipts(organisation: string, connection: string, limit?: number): Promise<readonly Receipt[]>;

  /** What the connection has written, newest first. @throws ConnectionError `invalidValue` */
  journal(organisation: string, connection: string, page?: JournalPage): Promise<readonly JournalEntry[]>;
  /** What taking writes back would do; nothing is written. @throws ConnectionError `invalidValue` */
  previewRevert(organisation: string, connection: string, selection: RevertSelection): Promise<readonly RevertStep[]>;
  /**
   * Takes writes back, through the host's own hooks and into the journal. A resource that was changed since is left as
   * it is, and said so; nothing is forced. Each resource is a write of its own, with other work in between; what is taken
   * back already is passed over, so that one that was interrupted is finished by the same again. Writes since a time
   * include earlier reverts, but for those of what is selected itself.
   *
   * @throws ConnectionError `invalidValue`
   */
  revert(organisation: string, connection: string, selection: RevertSelection): Promise<readonly RevertStep[]>;
}
