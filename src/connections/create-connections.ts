/** createConnections: wires the parts of connections together. */
import type { Resource } from "../schema/attribute.ts";
import { createScim } from "../scim.ts";
import type { ResourceStore } from "../store/store.ts";
import { administration, publicly } from "./administer.ts";
import { authenticator } from "./authenticate.ts";
import { compose, type Parts } from "./compose.ts";
import type { ConnectionContext } from "./connection.ts";
import { ConnectionError } from "./connection-error.ts";
import type { Connections } from "./connections.ts";
import { deactivateUsers } from "./deactivate.ts";
import { matchSubject, routeOf } from "./enter.ts";
import { type Inside, inside } from "./inside.ts";
import type { LogQuery } from "./log.ts";
import { LogWriter } from "./log-writer.ts";
import type { ConnectionsOptions } from "./options.ts";
import { managementOf } from "./ownership.ts";
import { RequestStates } from "./request-state.ts";
import { type GivenRole, givenRole } from "./roles.ts";
import { resolveSettings } from "./settings.ts";
import { StandIns } from "./stand-ins.ts";
import type { ConnectionRecord } from "./store.ts";
import { checkSettings } from "./text.ts";
import { tokensOf } from "./tokens.ts";

/** What `scim` was given last. */
interface Wired {
  readonly inside: Inside;
  readonly users: ResourceStore<Resource, ConnectionContext> | undefined;
}

/**
 * Makes connections: which organisation's identity provider provisions into which workspace, by which tokens.
 *
 * @throws TypeError or RangeError naming the option that makes no sense
 * @example
 * ```ts
 * const connections = createConnections({ store: memoryConnections(), workspaces, roles });
 * const scim = createScim(connections.scim({ users, groups }));
 * ```
 */
export function createConnections(options: ConnectionsOptions): Connections {
  const settings = resolveSettings(options);
  const { store } = settings;
  const states = new RequestStates();
  const log = new LogWriter({
    append: (connection, entries) => store.append(connection, entries, settings.logEntries),
    fail: settings.fail,
  });
  const authenticate = authenticator(settings, states, log);
  const parts: Parts = { settings, states, log, standIns: new StandIns(settings), authenticate };
  const { find, workspaces, available, roles, create, list, update, setState } = administration(settings);
  const tokens = tokensOf(settings);
  const roleOf = async (connection: ConnectionRecord): Promise<GivenRole> => {
    const offered = await settings.roles(connection.organisation, connection.workspace);
    return givenRole(connection, offered, settings.fallbackRole);
  };
  let wired: Wired | undefined;
  return {
    refusal: (organisation) => settings.refusal(organisation),
    workspaces,
    available,
    roles,
    givenRole: async (organisation, id) => (await roleOf(await find(organisation, id))).role,
    create,
    list,
    update,
    get: async (organisation, id) => {
      const found = typeof id === "string" ? await store.find(id) : undefined;
      return found?.organisation === organisation ? publicly(found) : undefined;
    },
    pause: (organisation, id) => setState(organisation, id, "paused"),
    resume: (organisation, id) => setState(organisation, id, "active"),
    async delete(organisation, id, how) {
      const connection = await find(organisation, id);
      if (how?.users !== "keep" && how?.users !== "deactivate") {
        throw new ConnectionError("invalidValue", 'Say what becomes of the users: "keep" or "deactivate".');
      }
      if (how.users === "deactivate") {
        if (wired?.users === undefined) throw new Error("connections.delete: `connections.scim` was given no users.");
        await setState(organisation, id, "paused");
        await deactivateUsers(connection, store, wired.inside);
      }
      await log.flush();
      if (await store.delete(id)) {
        await settings.tell({ type: "connection.deleted", connection: publicly(connection) });
      }
    },
    tokens: async (organisation, id) => tokens.list(await find(organisation, id)),
    issueToken: async (organisation, id, given = {}) =>
      tokens.issue(await find(organisation, id), checkSettings(given)),
    rotateToken: async (organisation, id, token, how) =>
      tokens.rotate(await find(organisation, id), token, checkSettings(how)),
    revokeToken: async (organisation, id, token) => tokens.revoke(await find(organisation, id), token),
    authenticate,
    scim(given) {
      const composed = compose(given, parts);
      const make: Parameters<typeof inside>[2] = (identify) =>
        createScim({ ...composed, authenticate: identify, features: { ...composed.features, patch: true } });
      wired = { inside: inside(states, roleOf, make, given.beforeRequest?.bind(given)), users: storeOf(given.users) };
      return composed;
    },
    async send(organisation, id, request, begun) {
      const connection = await find(organisation, id);
      if (wired === undefined) throw new Error("connections.send: `connections.scim` was not called.");
      return wired.inside.send(connection, connection.workspace, request, begun);
    },
    async log(organisation, id, query = {}) {
      await find(organisation, id);
      await log.flush();
      const { limit, before } = checkQuery(checkSettings(query));
      return store.entries(id, limit, before);
    },
    async health(organisation, id) {
      const { workspace } = await find(organisation, id);
      await log.flush();
      const [traffic, counts] = await Promise.all([store.traffic(id), store.countMarks(id, workspace)]);
      return {
        ...(traffic ?? { identityProvider: "unknown" }),
        users: counts.get("User") ?? 0,
        groups: counts.get("Group") ?? 0,
      };
    },
    flush: () => log.flush(),
    async managedBy(workspace, user) {
      const mark = await store.findMark(workspace, "User", user);
      return mark === undefined ? undefined : managementOf(store, mark);
    },
    signInRoute: (email) => routeOf(email, settings),
    async signIn(subject) {
      if (wired?.users === undefined) throw new Error("connections.signIn: `connections.scim` was given no users.");
      return matchSubject(subject, wired.users, settings);
    },
  };
}

function checkQuery({ limit = 100, before }: LogQuery): {
  readonly limit: number;
  readonly before: number | undefined;
} {
  if (!(Number.isSafeInteger(limit) && limit >= 1 && limit <= 1_000)) {
    throw new ConnectionError("invalidValue", '"limit" must be a whole number from 1 to 1,000.');
  }
  if (before !== undefined && !Number.isSafeInteger(before)) {
    throw new ConnectionError("invalidValue", '"before" must be the sequence of an entry.');
  }
  return { limit, before };
}

/** The store of users, with or without extensions. */
function storeOf(users: ResourceStore | { readonly store: ResourceStore } | undefined): ResourceStore | undefined {
  return users !== undefined && "store" in users ? users.store : users;
}
