/** The public names of scimkit/access. */
export type { Access, JournalPage, RuleState, RulesChange } from "./access.ts";
export type { AccessEvent } from "./access-event.ts";
export type { AccessStore, AccessUnit, JournalQuery, KnownGroup, KnownUser, Membership } from "./access-store.ts";
export { createAccess } from "./create-access.ts";
export type { Because, DesiredAccess, DesiredRole, IneffectiveRule, Step } from "./desired.ts";
export type { Explanation } from "./explain.ts";
export type { Job, JobKind } from "./job.ts";
export type { JournalEntry, NewJournalEntry, Snapshot } from "./journal-entry.ts";
export { memoryAccess } from "./memory-access.ts";
export type { AccessOptions, Loss, Seats, Surface } from "./options.ts";
export type { RolePreview, RulesPreview } from "./preview.ts";
export type { Receipt } from "./receipt.ts";
export type { GroupReference, Rule, RuleSettings } from "./rule.ts";
export type { RevertSelection, RevertStep } from "./undo-plan.ts";
