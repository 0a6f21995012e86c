/** compose: the host's stores and hooks, with everything that connections do around them. */
import type { ScimOptions, UserStore } from "../options.ts";
import type { MaybePromise } from "../protocol/bearer.ts";
import type { PendingChange, ScimEvent } from "../protocol/event.ts";
import type { Exchange } from "../protocol/exchange.ts";
import type { ScimRequest } from "../request.ts";
import type { Extension } from "../schema/define-extension.ts";
import type { GroupWith } from "../schema/group-type.ts";
import type { ResourceType } from "../schema/resource-type.ts";
import type { UserWith } from "../schema/user-type.ts";
import type { GroupCapabilities, ResourceStore } from "../store/store.ts";
import { publicly } from "./administer.ts";
import type { ConnectionContext } from "./connection.ts";
import { exchangeEntry } from "./log-entry.ts";
import type { LogWriter } from "./log-writer.ts";
import { ManagedStore } from "./managed-store.ts";
import type { ConnectedOptions } from "./options.ts";
import { linkKey, type RequestState, type RequestStates } from "./request-state.ts";
import type { Settings } from "./settings.ts";
import type { StandIns } from "./stand-ins.ts";
import { type GiveRole, inOrder, markStep, roleStep, type Step } from "./step.ts";
import { toldChange, toldEvents } from "./told.ts";

/** What {@link compose} puts around the host's options. */
export interface Parts {
  readonly settings: Settings;
  readonly states: RequestStates;
  readonly log: LogWriter;
  readonly standIns: StandIns;
  authenticate(request: ScimRequest): Promise<ConnectionContext | null>;
}

const writes: ReadonlySet<string | undefined> = new Set(["create", "replace", "patch", "delete", "bulk"]);

/** All that the identity provider asks is logged; of the host's own requests, which have no token, those that write. */
function isLogged({ operation }: Exchange, { token }: RequestState): boolean {
  return token !== undefined || writes.has(operation);
}

/** The host's hooks, whatever the types of its resources. */
interface Hooks {
  beforeCommit?(change: PendingChange, ctx: ConnectionContext, tx: unknown): MaybePromise<void>;
  onEvent?(event: ScimEvent, ctx: ConnectionContext): MaybePromise<void>;
  onExchange?(exchange: Exchange, ctx: ConnectionContext | undefined): void;
  beforeRequest?(ctx: ConnectionContext, request: ScimRequest): MaybePromise<void>;
  giveRole?(...parameters: Parameters<GiveRole>): MaybePromise<void>;
}

/** The options of `createScim`. */
export function compose<
  UE extends readonly Extension[],
  GE extends readonly Extension[],
  Tx,
  Types extends readonly ResourceType[],
>(options: ConnectedOptions<UE, GE, Tx, Types>, parts: Parts): ScimOptions<ConnectionContext, UE, GE, Tx, Types> {
  const { giveRole: _role, beforeRequest: _request, users, groups, ...rest } = options;
  const hooks: Hooks = options;
  const within = steps(hooks, parts);
  const { states } = parts;
  return {
    ...rest,
    ...(users === undefined ? {} : { users: managedUsers<UE, Tx>(users, parts) }),
    ...(groups === undefined ? {} : { groups: managedGroups<GE, Tx>(groups, parts) }),
    async authenticate(request) {
      const ctx = await parts.authenticate(request);
      if (ctx !== null) await hooks.beforeRequest?.(ctx, request);
      return ctx;
    },
    tenant: ({ connection, workspace }) => JSON.stringify([connection, workspace]),
    async beforeCommit(change: PendingChange, ctx, tx) {
      const link = states.of(ctx).links.get(linkKey(change.resourceType, change.id));
      await within(toldChange(change, link), ctx, tx);
    },
    async onEvent(event: ScimEvent, ctx) {
      await hear(event, ctx, parts);
      const link = states.of(ctx).links.get(linkKey(event.resourceType, event.id));
      for (const told of toldEvents(event, link)) await hooks.onEvent?.(told, ctx);
    },
    onExchange(exchange, ctx) {
      if (ctx !== undefined && isLogged(exchange, states.of(ctx))) {
        parts.log.add(ctx.connection, exchangeEntry(exchange, states.of(ctx)));
      }
      hooks.onExchange?.(exchange, ctx);
    },
  };
}

/** Everything that happens inside the transaction of a write, in this order. */
function steps(hooks: Hooks, { settings, states }: Parts): Step {
  const { beforeCommit, giveRole } = hooks;
  return inOrder([
    ...(giveRole === undefined ? [] : [roleStep(giveRole.bind(hooks))]),
    ...(beforeCommit === undefined ? [] : [beforeCommit.bind(hooks)]),
    markStep(settings, states),
  ]);
}

/** After the commit: what was done beside what was asked is noted, and told. */
async function hear(event: ScimEvent, ctx: ConnectionContext, { states, settings, standIns }: Parts): Promise<void> {
  const { links, notes, connection, hasStandIn } = states.of(ctx);
  const isWrite = /\.(?:created|replaced|patched)$/.test(event.type);
  if (isWrite && links.has(linkKey(event.resourceType, event.id))) {
    const link = links.get(linkKey(event.resourceType, event.id));
    const isUser = event.resourceType === "User";
    notes.add(link?.linked === false ? takenBack : isUser ? linkedUser : linkedGroup);
    const type = isUser ? "user.linked" : "group.linked";
    await settings.tell({ type, connection: publicly(connection), id: event.id });
  } else if (event.type === "user.created" && hasStandIn) {
    notes.add(
      ctx.defaultRole === ""
        ? "The default role cannot be given any more, and neither can another; the user was given none."
        : `The default role cannot be given any more; the user was given "${ctx.defaultRole}".`,
    );
    await standIns.tell(connection, ctx.defaultRole);
  }
}

const linkedUser = "Linked a user that was there already; userName and emails were left as they are.";
const linkedGroup = "Linked a group that was there already.";
const takenBack = "Took charge again of what an earlier connection of the organisation had provisioned.";

function managedUsers<UE extends readonly Extension[], Tx>(
  users: NonNullable<ScimOptions<ConnectionContext, UE, [], Tx>["users"]>,
  parts: Parts,
): NonNullable<ScimOptions<ConnectionContext, UE, [], Tx>["users"]> {
  const manage = (store: UserStore<ConnectionContext, UserWith<UE>, Tx>) => new ManagedStore(store, "User", parts);
  return "store" in users ? { store: manage(users.store), extensions: users.extensions } : manage(users);
}

function managedGroups<GE extends readonly Extension[], Tx>(
  groups: NonNullable<ScimOptions<ConnectionContext, [], GE, Tx>["groups"]>,
  parts: Parts,
): NonNullable<ScimOptions<ConnectionContext, [], GE, Tx>["groups"]> {
  const manage = (
    store: ResourceStore<GroupWith<GE>, ConnectionContext, Tx> & GroupCapabilities<ConnectionContext>,
  ) => {
    const managed = new ManagedStore(store, "Group", parts);
    const { groupsOf } = store;
    if (groupsOf === undefined) return managed;
    return Object.assign(managed, {
      groupsOf: (ids: readonly string[], ctx: ConnectionContext) => groupsOf.call(store, ids, ctx),
    });
  };
  return "store" in groups ? { store: manage(groups.store), extensions: groups.extensions } : manage(groups);
}
