/** The texts of the access pages in English; part of the table in en.ts. */
export const enAccess = {
  errorPerson: "This connection manages nobody with this user name.",

  // Rules
  rulesTitle: "Roles by group",
  rulesText:
    "Whoever is in a group of your identity provider is given a role in {product}, for as long as they are in it.",
  rulesNone: "There is no rule: everybody has the default role.",
  ruleIn: "in {workspace}",
  ruleThisGroup: "only this group, even if it is renamed",
  ruleProblem: "This rule grants nothing",
  ruleNew: "New rule",
  ruleEdit: "Change a rule",
  ruleChange: "Change",
  ruleChangeNamed: "Change the rule {rule}",
  ruleRemove: "Remove",
  ruleRemoveNamed: "Remove the rule {rule}",
  ruleRemoveTitle: "Remove this rule?",
  ruleRemoved: "The rule is removed.",
  ruleAdd: "Add the rule",
  ruleSave: "Save the rule",
  ruleSaved: "The rule is saved.",
  ruleGroup: "Group",
  ruleByName: "Every group with this name, now or later",
  ruleById: "This very group, even if it is renamed",
  ruleGroupName: "Name of the group",
  ruleGroupNameHint: "As in your identity provider. The group need not be there yet.",
  ruleGroupPick: "Choose a group",
  ruleRole: "Role",
  ruleRoleHint: "None above what this connection may give.",

  // Preview
  previewTitle: "What this changes",
  previewEmpty: "Choose a group and a role to see whom it is about.",
  previewNobody: "Nobody gains or loses a role now.",
  previewGain: "Gain the role: {count}",
  previewLose: "Lose the role: {count}",
  previewMore: "and {count} more",

  // Jobs
  progressLabel: "Applying the rules",
  progressOf: "{done} of {total} people",
  progressCounting: "Counting the people…",
  progressRetried: "Something went wrong; it is tried again.",
  progressDone: "The rules were applied {time} (people: {count}).",

  // Explanations
  explainTitle: "Why does this person have this role?",
  explainUser: "User name",
  explainUserHint: "As in your identity provider; often the e-mail address.",
  explainAsk: "Explain",
  explainOf: "Roles of {person}",
  explainNoRoles: "No role comes from this connection.",
  explainInactive: "Deactivated people have no role.",
  explainDefault: "The default role of this connection, which everybody has.",
  explainIn: "In the group {group}",
  explainWithin: "which is in the group {group}",
  explainSince: "since {time}",
  explainRequest: "by the request {request}",
  explainRule: "to which a rule gives this role",

  // Seats
  seatsTitle: "Seats",
  seatsUsed: "{used} in use",
  seatsOf: "{used} of {limit} in use",
  seatsFull: "All seats are taken: nobody else can be added.",

  // Blocked changes
  blockedTitle: "Blocked changes",
  blockedText:
    "Rules of {product} did not allow these changes. What your identity provider sent was not written; it usually tries again.",
  blockedNone: "Nothing was blocked.",
  blockedRole: "{person} keeps a role that the rules no longer give",

  // Receipts
  receiptsTitle: "Ended access",
  receiptsText: "When somebody is deactivated or deleted, {product} ends their access everywhere, and keeps a receipt.",
  receiptsNone: "Nobody’s access has been ended yet.",
  receiptSurface: "Where",
  receiptEnded: "Ended",
  receiptRemaining: "Left",
  receiptAttempts: "Attempts",
  receiptComplete: "Complete",
  receiptOpen: "Not complete",
  receiptProblem: "What went wrong",

  // Undo
  undoTitle: "Changes, and taking them back",
  undoText:
    "Everything that this connection has written, request by request. What somebody has changed since is left as it is.",
  undoNone: "Nothing has been written yet.",
  undo: "Take back",
  undoNamed: "Take back: {what}, {time}",
  undoAsk: "Take this back?",
  undoSinceTitle: "Take back everything since…",
  undoSince: "Since",
  undoSinceHint: "All that this connection has written from this time on, the newest first.",
  undoSinceAsk: "Preview",
  undoSinceConfirm: "Take back everything since {time}?",
  undoCount: "Changed: {changed}. Left as they are: {conflicts}.",
  undoNothing: "There is nothing to take back.",
  undoDone: "Taken back.",
  undoResult: "What was taken back",
  undoLeft: "Left as it is",
  undoRestore: "gets its old values back",
  undoDelete: "is deleted",
  undoRecreate: "comes back under a new id",
  undoJoin: "Members who come back: {count}",
  undoLeave: "Members who leave: {count}",
  wroteCreate: "created",
  wroteChange: "changed",
  wroteDelete: "deleted",
  wroteDeactivate: "deactivated",
  wroteRevert: "taken back",
  wroteJoined: "joined: {count}",
  wroteLeft: "left: {count}",
  wroteAttributes: "Attributes",
  requestId: "Request",
} as const;

/** The name of a text of the access pages. */
type AccessText = keyof typeof enAccess;

/** All texts of the access pages in one language. */
export type AccessStrings = Readonly<Record<AccessText, string>>;
