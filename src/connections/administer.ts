/** Making, reading, changing and pausing connections. */
import type { Choice, Connection, ConnectionSettings, ConnectionState } from "./connection.ts";
import { ConnectionError } from "./connection-error.ts";
import { allowedRoles, rolesUpTo } from "./roles.ts";
import type { Settings } from "./settings.ts";
import type { ConnectionRecord } from "./store.ts";
import { checkId, checkSettings } from "./text.ts";

/** What {@link Connections} is about: the connections themselves. */
export interface Administration {
  workspaces(organisation: string): Promise<readonly Choice[]>;
  /** The workspaces with room for one more connection of the organisation. */
  available(organisation: string): Promise<readonly Choice[]>;
  roles(organisation: string, workspace: string, ceiling?: string): Promise<readonly Choice[]>;
  create(organisation: string, given: ConnectionSettings): Promise<Connection>;
  /** @throws ConnectionError `notFound` */
  find(organisation: string, id: string): Promise<ConnectionRecord>;
  list(organisation: string): Promise<readonly Connection[]>;
  update(organisation: string, id: string, given: ConnectionSettings): Promise<Connection>;
  setState(organisation: string, id: string, state: ConnectionState): Promise<Connection>;
}

/** The administration of connections. */
export function administration(settings: Settings): Administration {
  const { store } = settings;

  async function find(organisation: string, id: string): Promise<ConnectionRecord> {
    checkOrganisation(organisation);
    const record = typeof id === "string" ? await store.find(id) : undefined;
    if (record?.organisation === organisation) return record;
    throw new ConnectionError("notFound", "There is no such connection.");
  }

  async function rolesOf(organisation: string, workspace: string): Promise<readonly Choice[]> {
    const workspaces = await settings.workspaces(organisation);
    if (!workspaces.some(({ id }) => id === workspace)) {
      throw new ConnectionError(
        "workspaceNotAllowed",
        "The organisation has no such workspace. Choose one of its own.",
      );
    }
    return settings.roles(organisation, workspace);
  }

  /** What a connection is to point at, checked against what the host says now. */
  async function decide(organisation: string, given: ConnectionSettings, present?: ConnectionRecord): Promise<Target> {
    checkSettings(given);
    const named = given.workspace ?? present?.workspace ?? (await onlyWorkspace(organisation));
    const workspace = checkId("workspace", named);
    const roles = await rolesOf(organisation, workspace);
    const ceiling = given.ceiling ?? present?.ceiling;
    const upToCeiling = ceiling === undefined ? roles : rolesUpTo(checkId("ceiling", ceiling), roles);
    const lowest = upToCeiling[0]?.id;
    const defaultRole = checkId("defaultRole", given.defaultRole ?? present?.defaultRole ?? lowest);
    const upToDefault = rolesUpTo(defaultRole, upToCeiling);
    if (upToDefault.length === 0) {
      throw new ConnectionError("roleNotAllowed", "That role cannot be given here. Choose one of the roles listed.");
    }
    return {
      workspace,
      defaultRole,
      ...(ceiling === undefined ? {} : { ceiling }),
      upToDefault: upToDefault.map(({ id }) => id),
      upToCeiling: ceiling === undefined ? [] : upToCeiling.map(({ id }) => id),
    };
  }

  async function onlyWorkspace(organisation: string): Promise<string | undefined> {
    const workspaces = await settings.workspaces(organisation);
    return workspaces.length === 1 ? workspaces[0]?.id : undefined;
  }

  async function limits(organisation: string): Promise<Limits> {
    const [perWorkspace, perOrganisation] = await Promise.all([
      settings.perWorkspace(organisation),
      settings.perOrganisation(organisation),
    ]);
    return { perWorkspace, perOrganisation };
  }

  return {
    find,
    async workspaces(organisation) {
      return settings.workspaces(checkOrganisation(organisation));
    },
    async available(organisation) {
      const own = (await store.list(checkOrganisation(organisation))).map(({ workspace }) => workspace);
      const [workspaces, allowed] = await Promise.all([settings.workspaces(organisation), limits(organisation)]);
      return workspaces.filter(
        ({ id }) =>
          own.filter((workspace) => workspace === id).length < allowed.perWorkspace &&
          new Set([...own, id]).size <= allowed.perOrganisation,
      );
    },
    async roles(organisation, workspace, ceiling) {
      const roles = await rolesOf(checkOrganisation(organisation), workspace);
      return allowedRoles({ ceiling, upToCeiling: [] }, roles);
    },
    async create(organisation, given) {
      const refusal = await settings.refusal(checkOrganisation(organisation));
      if (refusal !== undefined) throw new ConnectionError("notEntitled", refusal);
      const target = await decide(organisation, given);
      const now = settings.now();
      const record: ConnectionRecord = {
        id: crypto.randomUUID(),
        organisation,
        ...target,
        state: "active",
        created: now,
        updated: now,
      };
      const allowed = await limits(organisation);
      await store.insert(record, (others) => checkLimits(record, others, allowed));
      await settings.tell({ type: "connection.created", connection: publicly(record) });
      return publicly(record);
    },
    async list(organisation) {
      return (await store.list(checkOrganisation(organisation))).map(publicly);
    },
    async update(organisation, id, given) {
      for (;;) {
        const seen = await find(organisation, id);
        const target = await decide(organisation, given, seen);
        const allowed = await limits(organisation);
        let isStale = false;
        const change = (current: ConnectionRecord): ConnectionRecord => {
          isStale = !hasSameTarget(current, seen);
          return isStale ? current : { ...current, ...target, updated: settings.now() };
        };
        const check = (next: ConnectionRecord, others: readonly ConnectionRecord[]): void => {
          if (next.workspace !== seen.workspace) checkLimits(next, others, allowed);
        };
        const updated = await store.update(id, change, check);
        if (updated === undefined || isStale) continue;
        if (!hasSameTarget(updated, seen)) {
          await settings.tell({ type: "connection.updated", connection: publicly(updated) });
        }
        return publicly(updated);
      }
    },
    async setState(organisation, id, state) {
      const { state: before } = await find(organisation, id);
      const updated = await store.update(id, (current) =>
        current.state === state ? current : { ...current, state, updated: settings.now() },
      );
      if (updated === undefined) throw new ConnectionError("notFound", "There is no such connection.");
      const type = state === "paused" ? "connection.paused" : "connection.resumed";
      if (before !== state) await settings.tell({ type, connection: publicly(updated) });
      return publicly(updated);
    },
  };
}

type Target = Pick<ConnectionRecord, "workspace" | "defaultRole" | "ceiling" | "upToDefault" | "upToCeiling">;

interface Limits {
  readonly perWorkspace: number;
  readonly perOrganisation: number;
}

/** A workspace belongs to one organisation: another's connections fill it, whatever the limit. */
function checkLimits(
  { organisation, workspace }: ConnectionRecord,
  others: readonly ConnectionRecord[],
  { perWorkspace, perOrganisation }: Limits,
): void {
  const there = others.filter((other) => other.workspace === workspace);
  if (there.length >= perWorkspace || there.some((other) => other.organisation !== organisation)) {
    throw new ConnectionError(
      "workspaceTaken",
      "The workspace is connected already. Change or delete that connection.",
    );
  }
  const own = others.filter((other) => other.organisation === organisation).map((other) => other.workspace);
  if (new Set([...own, workspace]).size > perOrganisation) {
    throw new ConnectionError(
      "tooManyWorkspaces",
      "The organisation cannot connect more workspaces. Change or delete one of its connections.",
    );
  }
}

function hasSameTarget(one: ConnectionRecord, other: ConnectionRecord): boolean {
  return one.workspace === other.workspace && one.defaultRole === other.defaultRole && one.ceiling === other.ceiling;
}

/** @throws TypeError: an organisation is the host's to name, never the client's */
function checkOrganisation(organisation: string): string {
  if (typeof organisation === "string" && organisation !== "") return organisation;
  throw new TypeError("An organisation is named by a text that is not empty.");
}

/** A connection as the host sees it. */
export function publicly({ upToDefault: _, upToCeiling: __, ...connection }: ConnectionRecord): Connection {
  return connection;
}
