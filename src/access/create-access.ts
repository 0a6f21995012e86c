/** createAccess: wires the parts of access together. */
import type { Connection, ConnectionContext } from "../connections/connection.ts";
import { ConnectionError } from "../connections/connection-error.ts";
import type { MaybePromise } from "../protocol/bearer.ts";
import type { PendingChange, ScimEvent } from "../protocol/event.ts";
import type { Resource } from "../schema/attribute.ts";
import type { ResourceType } from "../schema/resource-type.ts";
import type { ResourceStore } from "../store/store.ts";
import type { Access, RuleState } from "./access.ts";
import type { AccessUnit } from "./access-store.ts";
import { Aftermath } from "./aftermath.ts";
import { withBlocked } from "./blocked.ts";
import { changedRules, checkGrants, newRules } from "./check-rules.ts";
import { effectiveRules } from "./effective-rules.ts";
import { explain } from "./explain.ts";
import type { JobKind } from "./job.ts";
import { RequestMarks } from "./journal.ts";
import { newJob } from "./new-job.ts";
import { Offers } from "./offers.ts";
import type { AccessOptions } from "./options.ts";
import { previewRules } from "./preview.ts";
import { previewRevert, revert } from "./revert.ts";
import type { Rule } from "./rule.ts";
import { resolveSettings, type Settings } from "./settings.ts";
import { Turns } from "./turns.ts";
import type { RevertSelection } from "./undo-plan.ts";
import { Worker } from "./worker.ts";
import { writeStep } from "./write-step.ts";

/** A store with the endpoint of its type. */
interface Served {
  readonly store: ResourceStore<Resource, ConnectionContext>;
  readonly endpoint: string;
}

/** The host's hooks, whatever the types of its resources. */
interface Hooks {
  beforeCommit?(change: PendingChange, ctx: ConnectionContext, tx: unknown): MaybePromise<void>;
  onEvent?(event: ScimEvent, ctx: ConnectionContext): MaybePromise<void>;
}

/**
 * Makes access: which groups of an identity provider give which roles, who may come and who must stay, and a way back.
 *
 * @throws TypeError or RangeError naming the option that makes no sense
 * @example
 * ```ts
 * const access = createAccess({ connections, store: memoryAccess(), reconcileAccess });
 * const scim = createScim(access.scim({ users, groups }));
 * ```
 */
export function createAccess<Tx = unknown>(options: AccessOptions<Tx>): Access {
  const settings = resolveSettings(options);
  const { connections, store } = settings;
  const stores = new Map<string, Served>();
  const marks = new RequestMarks();
  const offers = new Offers(settings);
  const worker = new Worker(settings, {
    offers,
    groups: () => stores.get("Group")?.store,
    readUser: (id, ctx) => readUser(id, ctx, settings, stores.get("User")?.store),
  });
  const aftermath = new Aftermath(settings, () => void worker.run());
  const step = writeStep(settings, { marks, offers, aftermath });
  const parts = { marks, turns: new Turns(), storeOf: (type: string) => stores.get(type) };

  async function find(organisation: string, id: string): Promise<Connection> {
    const found = await connections.get(organisation, id);
    if (found === undefined) throw new ConnectionError("notFound", "There is no such connection.");
    return found;
  }

  function read<T>({ id }: Connection, work: (unit: AccessUnit) => Promise<T>): Promise<T> {
    return store.within(id, undefined, "shared", work);
  }

  const rulesOf = (connection: Connection): Promise<readonly Rule[]> => read(connection, (unit) => unit.rules());

  return {
    scim(given) {
      const hooks: Hooks = given;
      for (const [type, served] of storesOf(given)) stores.set(type, served);
      return connections.scim({
        ...given,
        async beforeRequest(ctx, request) {
          await given.beforeRequest?.(ctx, request);
          if (request.method !== "GET") await offers.prepare(ctx);
        },
        async beforeCommit(change: PendingChange, ctx: ConnectionContext, tx) {
          await hooks.beforeCommit?.(change, ctx, tx);
          await step(change, ctx, tx);
        },
        async onEvent(event: ScimEvent, ctx: ConnectionContext) {
          await aftermath.settle(ctx);
          await hooks.onEvent?.(event, ctx);
        },
      });
    },
    async rules(organisation, id) {
      const connection = await find(organisation, id);
      const rules = await rulesOf(connection);
      const offer = await offers.offer(connection, rules);
      return read(connection, (unit) => withStates(unit, rules, effectiveRules(rules, offer).ineffective));
    },
    async previewRules(organisation, id, change) {
      const connection = await find(organisation, id);
      const present = await rulesOf(connection);
      const added = newRules(id, change, settings.now());
      const next = changedRules(present, added, change);
      const offer = await offers.offer(connection, next);
      return read(connection, (unit) => previewRules(unit, present, next, offer));
    },
    async changeRules(organisation, id, change) {
      const connection = await find(organisation, id);
      const added = newRules(id, change, settings.now());
      checkGrants(added, await offers.offer(connection, added));
      // Alone: every write that comes after it sees the rules, and the job sees every write that came before.
      await store.within(id, undefined, "exclusive", async (unit) => {
        const present = await unit.rules();
        changedRules(present, added, change);
        const removed = present.filter((rule) => change.remove?.includes(rule.id));
        for (const rule of removed) await unit.removeRule(rule.id);
        for (const rule of added) await unit.saveRule(rule);
        for (const what of await jobsFor(unit, [...removed, ...added], present.length === 0)) {
          await unit.saveJob(newJob({ connection: id, organisation }, what, settings.now()));
        }
      });
      void worker.run();
      return added;
    },
    async explainAccess(organisation, id, user) {
      const connection = await find(organisation, id);
      const offer = await offers.offer(connection, await rulesOf(connection));
      return read(connection, (unit) => explain(unit, user, offer));
    },
    async seats(organisation, id) {
      const { workspace } = await find(organisation, id);
      return options.seats?.(organisation, workspace);
    },
    jobs: async (organisation, id) =>
      read(await find(organisation, id), async (unit) => withBlocked(unit, await unit.jobs())),
    work: () => worker.run(),
    receipts: async (organisation, id, limit) =>
      read(await find(organisation, id), (unit) => unit.receipts("all", checkLimit(limit))),
    journal: async (organisation, id, { limit, before } = {}) => {
      const query = { limit: checkLimit(limit), before: checkSequence(before) };
      return read(await find(organisation, id), (unit) => unit.journal(query));
    },
    previewRevert: async (organisation, id, selection) =>
      previewRevert(await find(organisation, id), checkSelection(selection), settings, parts),
    revert: async (organisation, id, selection) =>
      revert(await find(organisation, id), checkSelection(selection), settings, parts),
  };
}

/** What is to be done for rules that came or went. With the first rule, everybody's default role is told to the host. */
async function jobsFor(unit: AccessUnit, rules: readonly Rule[], isFirst: boolean): Promise<readonly JobKind[]> {
  const jobs: JobKind[] = [];
  const groups = new Set<string>();
  for (const { group } of rules) {
    const found = "id" in group ? await unit.groups([group.id]) : await unit.groupsNamed(group.displayName);
    for (const { id } of found) groups.add(id);
    if ("id" in group && found.length === 0) jobs.push({ kind: "readGroup", group: group.id });
  }
  if (isFirst) jobs.push({ kind: "reconcileAll" });
  if (groups.size > 0) jobs.push({ kind: "reconcile", groups: [...groups] });
  return jobs;
}

async function withStates(
  unit: AccessUnit,
  rules: readonly Rule[],
  ineffective: ReturnType<typeof effectiveRules>["ineffective"],
): Promise<readonly RuleState[]> {
  const problems = new Map(ineffective.map(({ rule, detail }) => [rule, detail]));
  const states: RuleState[] = [];
  for (const rule of rules) {
    const { group } = rule;
    const isGone = "id" in group && (await unit.groups([group.id])).length === 0;
    const problem =
      problems.get(rule.id) ?? (isGone ? "The group is not there any more; the rule grants nothing." : undefined);
    states.push({ ...rule, problem });
  }
  return states;
}

/** A user that the connection manages, as its store has it. */
async function readUser(
  id: string,
  ctx: ConnectionContext,
  { connections }: Settings,
  users: ResourceStore<Resource, ConnectionContext> | undefined,
): Promise<{ readonly id: string; readonly active: boolean } | undefined> {
  const management = await connections.managedBy(ctx.workspace, id);
  if (management?.connection !== ctx.connection) return undefined;
  const user = await users?.get(id, { has: (name) => name === "active" }, ctx);
  return user === undefined ? undefined : { id, active: user.active !== false };
}

/** The host's stores, with or without extensions. */
interface Stores {
  readonly users?: ResourceStore | { readonly store: ResourceStore };
  readonly groups?: ResourceStore | { readonly store: ResourceStore };
  readonly resources?: readonly { readonly type: ResourceType; readonly store: ResourceStore }[];
}

/** The host's stores by the names of their types. */
function storesOf({ users, groups, resources = [] }: Stores): ReadonlyMap<string, Served> {
  const served = new Map<string, Served>();
  for (const { type, store } of resources) served.set(type.name, { store, endpoint: type.endpoint });
  const add = (name: string, given: ResourceStore | { readonly store: ResourceStore }): void => {
    served.set(name, { store: "store" in given ? given.store : given, endpoint: `/${name}s` });
  };
  if (users !== undefined) add("User", users);
  if (groups !== undefined) add("Group", groups);
  return served;
}

function checkLimit(limit = 100): number {
  if (Number.isSafeInteger(limit) && limit >= 1 && limit <= 1_000) return limit;
  throw new ConnectionError("invalidValue", '"limit" must be a whole number from 1 to 1,000.');
}

function checkSequence(before: number | undefined): number | undefined {
  if (before === undefined || Number.isSafeInteger(before)) return before;
  throw new ConnectionError("invalidValue", '"before" must be the sequence of an entry.');
}

function checkSelection(selection: RevertSelection): RevertSelection {
  const { request, since }: { readonly request?: unknown; readonly since?: unknown } = selection ?? {};
  if (typeof request === "string") return { request };
  if (since instanceof Date && !Number.isNaN(since.getTime())) return { since };
  throw new ConnectionError("invalidValue", "Say which request to take back, or from when on.");
}
