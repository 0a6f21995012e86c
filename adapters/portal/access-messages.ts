/** What the access pages and their server say to one another, as JSON; dates are ISO 8601 texts. */
import type { ChoiceMessage, LogMessage } from "./messages.ts";

/** Somebody or something with an id, by the name that people know. */
export interface NamedMessage {
  readonly id: string;
  readonly name: string;
}

/** The group of a rule. */
export type GroupMessage = { readonly id: string } | { readonly displayName: string };

/** A rule as the page shows it. */
export interface RuleMessage {
  readonly id: string;
  readonly group: GroupMessage;
  readonly role: ChoiceMessage;
  readonly workspace: ChoiceMessage;
  /** Why it grants nothing, in English. */
  readonly problem?: string;
}

/** Work that is under way, or was. */
export interface JobMessage {
  readonly id: string;
  readonly created: string;
  /** People done so far. */
  readonly done: number;
  /** People there are, once they are counted. */
  readonly total?: number;
  readonly finished?: string;
  /** Why the last batch failed, in English. */
  readonly problem?: string;
}

/** Somebody whose roles stayed as they were, and the host's words for it. */
export interface BlockedMessage {
  /** The id of a user. */
  readonly user: string;
  readonly detail: string;
  /** When the rules were changed that would have taken a role. */
  readonly at: string;
}

/** That somebody's access has ended at one place. */
export interface ReceiptMessage {
  readonly id: string;
  /** The id of a user. */
  readonly user: string;
  /** As the host calls it: `sessions`. */
  readonly surface: string;
  readonly at: string;
  readonly ended?: number;
  readonly remaining?: number;
  /** In milliseconds. */
  readonly duration: number;
  readonly attempts: number;
  readonly complete: boolean;
  readonly problem?: string;
}

/** All that changes while access is worked on, in one message. */
export interface AccessMessage {
  readonly rules: readonly RuleMessage[];
  readonly seats?: { readonly used: number; readonly limit?: number };
  /** What is under way, and the last one that is finished. */
  readonly jobs: readonly JobMessage[];
  /** People whom the host's guard kept, by the newest job first. */
  readonly blocked: readonly BlockedMessage[];
  /** Writes of the identity provider that the host's rules refused, newest first. */
  readonly refused: readonly LogMessage[];
  /** Newest first. */
  readonly receipts: readonly ReceiptMessage[];
  /** The sequence of the newest entry of the journal; 0 for none. */
  readonly journal: number;
}

/** Who would gain and who would lose a role. */
export interface RolePreviewMessage {
  readonly role: ChoiceMessage;
  readonly workspace: ChoiceMessage;
  readonly gain: number;
  readonly lose: number;
  /** Ids of the first of them. */
  readonly gaining: readonly string[];
  readonly losing: readonly string[];
}

/** What a change of rules would do. */
export interface RulesPreviewMessage {
  readonly roles: readonly RolePreviewMessage[];
  /** In English. */
  readonly problems: readonly string[];
}

/** The groups of the connection's workspace, by name. */
export interface GroupsMessage {
  readonly groups: readonly NamedMessage[];
}

/** Names of people, for those whose name is known. */
export interface PeopleMessage {
  readonly people: readonly NamedMessage[];
}

/** One link of the chain from a person to the group of a rule. */
export interface StepMessage {
  readonly group: string;
  readonly displayName: string;
  readonly since: string;
  /** The request that did it, where the journal goes back that far. */
  readonly request?: string;
}

/** A role, and each reason for it: a chain of groups, from the person on; none for the default role. */
export interface ExplainedRoleMessage {
  readonly role: ChoiceMessage;
  readonly workspace: ChoiceMessage;
  readonly because: readonly { readonly kind: "default" | "rule"; readonly chain: readonly StepMessage[] }[];
}

/** Why somebody has which roles. */
export interface ExplanationMessage {
  readonly person: NamedMessage;
  readonly active: boolean;
  readonly roles: readonly ExplainedRoleMessage[];
}

/** One resource that a request has written. */
export interface JournalEntryMessage {
  readonly sequence: number;
  readonly request: string;
  readonly at: string;
  readonly operation: "create" | "replace" | "patch" | "delete";
  /** `User`, `Group`, … */
  readonly resourceType: string;
  readonly name: string;
  /** Paths. */
  readonly changed: readonly string[];
  readonly joined: number;
  readonly left: number;
  readonly deactivation: boolean;
  /** Whether it took something back. */
  readonly revert: boolean;
}

/** A page of the journal, newest first. */
export interface JournalMessage {
  readonly entries: readonly JournalEntryMessage[];
  /** Whether there are older ones. */
  readonly more: boolean;
}

/** What taking back does to one resource, or would do. */
export interface RevertStepMessage {
  readonly resourceType: string;
  readonly name: string;
  readonly action: "restore" | "delete" | "recreate" | "nothing";
  readonly paths: readonly string[];
  readonly joining: number;
  readonly leaving: number;
  /** Why it is left as it is, in English. */
  readonly conflict?: string;
}

/** What taking back does, or would do. */
export interface RevertMessage {
  /** Resources that are changed. */
  readonly changed: number;
  /** Resources that are left as they are, because somebody has changed them since or the host's rules refuse. */
  readonly conflicts: number;
  /** The first of them, conflicts before the others; those that are as they were already are left out. */
  readonly steps: readonly RevertStepMessage[];
}
