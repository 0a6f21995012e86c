/** Records as an AccessStore keeps them. */
import type { Job, NewJournalEntry, Receipt, Rule } from "scimkit/access";

/** When everything of these records happened. */
export const since = new Date("2026-11-25T14:05:00.123Z");

export function entryOf(request: string, more: Partial<NewJournalEntry> = {}): NewJournalEntry {
  return {
    connection: "c1",
    request,
    at: since,
    operation: "patch",
    resourceType: "User",
    resourceId: "u1",
    name: "ann",
    before: { userName: "ann", name: { givenName: "Ann" } },
    after: { userName: "anna" },
    changed: ["userName"],
    members: { added: [], removed: [] },
    groups: [],
    deactivation: false,
    ...more,
  };
}

export const jobOf = (id: string, finished?: Date): Job => ({
  id,
  connection: "c1",
  organisation: "acme",
  what: { kind: "reconcile", groups: ["g1"] },
  created: since,
  done: 5,
  total: 10,
  cursor: "u5",
  finished,
  blocked: [{ user: "u1", detail: "The last owner stays." }],
  problem: undefined,
});

export const receiptOf = (id: string): Receipt => ({
  id,
  connection: "c2",
  organisation: "acme",
  user: "u1",
  surface: "sessions",
  request: "q1",
  at: since,
  ended: 2,
  remaining: 1,
  duration: 12,
  attempts: 1,
  complete: false,
  problem: "Some access is left.",
});

export const ruleOf = (id: string): Rule => ({
  id,
  connection: "c1",
  created: since,
  group: { id: "g1" },
  role: "admin",
});
