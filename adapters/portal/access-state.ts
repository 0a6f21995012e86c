/** Rules, jobs, seats, what was blocked and receipts, as the page shows them. */
import type { Access, GroupReference, Job, Receipt, RolePreview, RulesPreview } from "scimkit/access";
import type { Choice, Connection, Connections, LogEntry } from "scimkit/connections";
import type {
  AccessMessage,
  GroupMessage,
  JobMessage,
  ReceiptMessage,
  RulesPreviewMessage,
} from "./access-messages.ts";
import { logPage } from "./log-message.ts";
import type { ChoiceMessage } from "./messages.ts";

/** Entries of the log that are looked through for refused writes. */
const examined = 200;
/** Refused writes, blocked people and receipts that are shown. */
const shown = 20;
/** People that a preview names for each role. */
const named = 10;

const writes: ReadonlySet<string> = new Set(["create", "replace", "patch", "delete", "bulk"]);

/** The names of an organisation's workspaces and roles; what is gone has its id for a name. */
export interface Names {
  workspace(id: string): ChoiceMessage;
  role(id: string, workspace: string): ChoiceMessage;
}

/** Reads the names of all roles in these workspaces. */
export async function namesIn(
  connections: Connections,
  organisation: string,
  workspaces: Iterable<string>,
): Promise<Names> {
  const all = await connections.workspaces(organisation);
  const roles = new Map<string, readonly Choice[]>();
  for (const workspace of new Set(workspaces)) {
    const known = all.some(({ id }) => id === workspace);
    roles.set(workspace, known ? await connections.roles(organisation, workspace) : []);
  }
  const called = (id: string, choices: readonly Choice[] = []): ChoiceMessage => ({
    id,
    name: choices.find((choice) => choice.id === id)?.name ?? id,
  });
  return { workspace: (id) => called(id, all), role: (id, workspace) => called(id, roles.get(workspace)) };
}

/** All that there is to see of a connection's access. */
export async function accessState(
  access: Access,
  connections: Connections,
  { organisation, id, workspace: own }: Connection,
): Promise<AccessMessage> {
  const [rules, jobs, seats, receipts, log, [newest]] = await Promise.all([
    access.rules(organisation, id),
    access.jobs(organisation, id),
    access.seats(organisation, id),
    access.receipts(organisation, id, shown),
    connections.log(organisation, id, { limit: examined }),
    access.journal(organisation, id, { limit: 1 }),
  ]);
  const workspaces = rules.map(({ workspace = own }) => workspace);
  const names = await namesIn(connections, organisation, workspaces);
  return {
    rules: rules.map(({ id: rule, group, role, workspace = own, problem }) => ({
      id: rule,
      group: groupMessage(group),
      role: names.role(role, workspace),
      workspace: names.workspace(workspace),
      ...(problem === undefined ? {} : { problem }),
    })),
    ...(seats === undefined
      ? {}
      : { seats: { used: seats.used, ...(seats.limit !== undefined && { limit: seats.limit }) } }),
    jobs: jobMessages(jobs),
    blocked: blockedOf(jobs),
    refused: logPage(log.filter(isRefusedByHost), shown).entries,
    receipts: receipts.map(receiptMessage),
    journal: newest?.sequence ?? 0,
  };
}

/** A preview, with the names of its roles. */
export function previewMessage({ roles, problems }: RulesPreview, names: Names): RulesPreviewMessage {
  const preview = ({ role, workspace, gain, lose, gaining, losing }: RolePreview): RulesPreviewMessage["roles"][0] => ({
    role: names.role(role, workspace),
    workspace: names.workspace(workspace),
    gain,
    lose,
    gaining: gaining.slice(0, named),
    losing: losing.slice(0, named),
  });
  return { roles: roles.map(preview), problems };
}

function groupMessage(group: GroupReference): GroupMessage {
  return "id" in group ? { id: group.id } : { displayName: group.displayName };
}

/** What is under way, and the last job that is finished. */
function jobMessages(jobs: readonly Job[]): readonly JobMessage[] {
  const finished = jobs.findLast((job) => job.finished !== undefined);
  return jobs
    .filter((job) => job.finished === undefined || job === finished)
    .map(({ id, created, done, total, finished: end, problem }) => ({
      id,
      created: created.toISOString(),
      done,
      ...(total === undefined ? {} : { total }),
      ...(end === undefined ? {} : { finished: end.toISOString() }),
      ...(problem === undefined ? {} : { problem }),
    }));
}

/** Each person once, as the newest job has found them. */
function blockedOf(jobs: readonly Job[]): AccessMessage["blocked"] {
  const blocked = new Map<string, AccessMessage["blocked"][0]>();
  for (const { blocked: kept, created } of jobs.toReversed()) {
    for (const { user, detail } of kept) {
      if (!blocked.has(user)) blocked.set(user, { user, detail, at: created.toISOString() });
    }
  }
  return [...blocked.values()].slice(0, shown);
}

/** Whether the host's own rules refused a write: what the protocol refuses says so by its scimType. */
function isRefusedByHost({ outcome, operation = "", scimType, status }: LogEntry): boolean {
  const isConflict = status === 403 || status === 409;
  return outcome === "refused" && writes.has(operation) && isConflict && scimType === undefined;
}

function receiptMessage(receipt: Receipt): ReceiptMessage {
  const { id, user, surface, at, ended, remaining, duration, attempts, complete, problem } = receipt;
  return {
    id,
    user,
    surface,
    at: at.toISOString(),
    duration,
    attempts,
    complete,
    ...(ended === undefined ? {} : { ended }),
    ...(remaining === undefined ? {} : { remaining }),
    ...(problem === undefined ? {} : { problem }),
  };
}
