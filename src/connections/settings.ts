/** Settings: the options of createConnections with every default, and hooks whose answers are checked. */
import type { Choice } from "./connection.ts";
import type { ConnectionEvent } from "./connection-event.ts";
import type { ConnectionsOptions, Limit, LinkPolicy } from "./options.ts";
import type { SignInOptions } from "./sign-in.ts";
import type { ConnectionStore } from "./store.ts";

/** What the parts of createConnections are given. */
export interface Settings {
  readonly store: ConnectionStore;
  /** Why the organisation may not use SCIM; undefined if it may. Anything but `true` from the host is a no. */
  refusal(organisation: string): Promise<string | undefined>;
  workspaces(organisation: string): Promise<readonly Choice[]>;
  roles(organisation: string, workspace: string): Promise<readonly Choice[]>;
  readonly fallbackRole: string | undefined;
  perWorkspace(organisation: string): Promise<number>;
  perOrganisation(organisation: string): Promise<number>;
  readonly maxTokens: number;
  readonly tokenPrefix: string;
  readonly retryAfter: number;
  readonly logEntries: number;
  readonly link: LinkPolicy;
  readonly linkGroups: LinkPolicy;
  readonly signIn: SignInOptions | undefined;
  /** Tells the host of an event. Never throws. */
  tell(event: ConnectionEvent): Promise<void>;
  /** Tells the host what went wrong aside of a request. Never throws. */
  fail(error: unknown): void;
  now(): Date;
}

const notInPlan =
  "SCIM provisioning is not part of this organisation's plan. Ask whoever manages the subscription to add it.";

/**
 * Fills in the defaults.
 *
 * @throws TypeError or RangeError naming the option that makes no sense
 */
export function resolveSettings(options: ConnectionsOptions): Settings {
  checkStore(options.store);
  const prefix = options.tokenPrefix ?? "scim_";
  if (!/^[\w.~-]{0,20}$/.test(prefix)) {
    throw new TypeError("createConnections: `tokenPrefix` must be up to 20 letters, digits, `_`, `-`, `.` or `~`.");
  }
  const fail = (error: unknown): void => {
    try {
      options.onError?.(error);
    } catch {
      // There is nobody left to tell.
    }
  };
  return {
    store: options.store,
    async refusal(organisation) {
      const answer = options.entitled === undefined ? true : await options.entitled(organisation);
      if (answer === true) return undefined;
      return typeof answer === "object" && typeof answer?.detail === "string" ? answer.detail : notInPlan;
    },
    workspaces: async (organisation) =>
      checkChoices(
        "workspaces",
        (await options.workspaces?.(organisation)) ?? [{ id: organisation, name: organisation }],
      ),
    roles: async (organisation, workspace) =>
      checkChoices("roles", (await options.roles?.(organisation, workspace)) ?? [{ id: "member", name: "Member" }]),
    fallbackRole: options.fallbackRole,
    perWorkspace: limit("connectionsPerWorkspace", options.connectionsPerWorkspace),
    perOrganisation: limit("workspacesPerOrganisation", options.workspacesPerOrganisation),
    maxTokens: whole("tokensPerConnection", options.tokensPerConnection ?? 20, 2),
    tokenPrefix: prefix,
    retryAfter: whole("retryAfter", options.retryAfter ?? 300, 1),
    logEntries: whole("log.entries", options.log?.entries ?? 1_000, 1, 100_000),
    link: policy("link", options.link),
    linkGroups: policy("linkGroups", options.linkGroups),
    signIn: options.signIn,
    async tell(event) {
      try {
        await options.onEvent?.(event);
      } catch (error) {
        fail(error);
      }
    },
    fail,
    now: () => options.now?.() ?? new Date(),
  };
}

function checkStore(store: ConnectionStore | undefined): void {
  if (typeof store?.insert !== "function" || typeof store.findToken !== "function") {
    throw new TypeError("createConnections: `store` must be a ConnectionStore, such as `memoryConnections()`.");
  }
}

/** @throws TypeError for an answer of the host's that is no list of choices */
function checkChoices(hook: string, choices: readonly Choice[]): readonly Choice[] {
  const isSound =
    Array.isArray(choices) && choices.every((choice) => typeof choice?.id === "string" && choice.id !== "");
  if (!isSound) throw new TypeError(`createConnections: \`${hook}\` must return a list of { id, name }.`);
  return choices;
}

function limit(name: string, given: Limit = 1): (organisation: string) => Promise<number> {
  if (typeof given === "function") return async (organisation) => whole(name, await given(organisation), 1);
  whole(name, given, 1);
  return async () => given;
}

function whole(name: string, value: number, least: number, most = Number.POSITIVE_INFINITY): number {
  const isWhole = value === Number.POSITIVE_INFINITY || Number.isSafeInteger(value);
  if (isWhole && value >= least && value <= most) return value;
  const range = most === Number.POSITIVE_INFINITY ? `of at least ${least}` : `from ${least} to ${most}`;
  throw new RangeError(`createConnections: \`${name}\` must be a whole number ${range}.`);
}

function policy(name: string, given: LinkPolicy = "never"): LinkPolicy {
  if (given === "never" || given === "same-workspace" || typeof given === "function") return given;
  throw new TypeError(`createConnections: \`${name}\` must be "never", "same-workspace" or a function.`);
}
