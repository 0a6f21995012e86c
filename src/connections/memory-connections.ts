/** memoryConnections: connections in memory, for tests and first steps. */
import type { LogEntry } from "./log.ts";
import { MemoryMarks } from "./memory-marks.ts";
import type { ConnectionRecord, ConnectionStore, TokenRecord, Traffic } from "./store.ts";
import { trafficAfter } from "./traffic.ts";

/** Everything about one connection but its marks. */
interface Kept {
  record: ConnectionRecord;
  readonly tokens: Map<string, TokenRecord>;
  log: readonly LogEntry[];
  sequence: number;
  traffic: Traffic;
}

/**
 * Connections in memory: gone when the process ends.
 *
 * @example
 * const connections = createConnections({ store: memoryConnections() });
 */
export function memoryConnections(): ConnectionStore {
  const kept = new Map<string, Kept>();
  const byHash = new Map<string, { readonly connection: Kept; readonly id: string }>();
  const marks = new MemoryMarks((connection, evenPaused) => {
    const state = kept.get(connection)?.record.state;
    return state === "active" || (evenPaused && state === "paused");
  });
  const records = (): ConnectionRecord[] => [...kept.values()].map(({ record }) => record);
  const othersOf = ({ id, organisation, workspace }: ConnectionRecord): ConnectionRecord[] =>
    records().filter(
      (other) => other.id !== id && (other.organisation === organisation || other.workspace === workspace),
    );
  return {
    async insert(record, check) {
      check(othersOf(record));
      kept.set(record.id, {
        record,
        tokens: new Map(),
        log: [],
        sequence: 0,
        traffic: { identityProvider: "unknown" },
      });
    },
    find: async (id) => kept.get(id)?.record,
    list: async (organisation) => records().filter((record) => record.organisation === organisation),
    async update(id, change, check) {
      const connection = kept.get(id);
      if (connection === undefined) return undefined;
      const next = change(connection.record);
      check?.(next, othersOf(next));
      connection.record = next;
      return next;
    },
    async delete(id) {
      const connection = kept.get(id);
      if (connection === undefined) return false;
      for (const { hash } of connection.tokens.values()) byHash.delete(hash);
      marks.release(id);
      return kept.delete(id);
    },
    async insertToken(token, check) {
      const connection = kept.get(token.connection);
      if (connection === undefined) return false;
      const changed = check([...connection.tokens.values()]);
      if (changed !== undefined) connection.tokens.set(changed.id, changed);
      connection.tokens.set(token.id, token);
      byHash.set(token.hash, { connection, id: token.id });
      return true;
    },
    async findToken(hash) {
      const found = byHash.get(hash);
      const token = found?.connection.tokens.get(found.id);
      return found === undefined || token === undefined ? undefined : { token, connection: found.connection.record };
    },
    tokens: async (connection) => [...(kept.get(connection)?.tokens.values() ?? [])],
    async revokeToken(connection, id, at) {
      const tokens = kept.get(connection)?.tokens;
      const token = tokens?.get(id);
      if (token === undefined || token.revoked !== undefined) return token;
      const revoked = { ...token, revoked: at };
      tokens?.set(id, revoked);
      return revoked;
    },
    async touchToken(id, at, notAfter) {
      for (const { tokens } of kept.values()) {
        const token = tokens.get(id);
        if (token === undefined) continue;
        if (token.lastUsed === undefined || token.lastUsed <= notAfter) tokens.set(id, { ...token, lastUsed: at });
        return;
      }
    },
    mark: async (mark, _tx, evenPaused = false) => marks.put(mark, evenPaused),
    unmark: async (workspace, resourceType, resourceId) => marks.remove(workspace, resourceType, resourceId),
    findMark: async (workspace, resourceType, resourceId) => marks.find(workspace, resourceType, resourceId),
    marks: async (connection, resourceType, after, limit) => marks.page(connection, resourceType, after, limit),
    countMarks: async (connection, workspace) => marks.count(connection, workspace),
    async append(id, entries, keep) {
      const connection = kept.get(id);
      if (connection === undefined) return;
      const numbered = entries.map((entry) => ({ ...entry, sequence: ++connection.sequence }));
      connection.log = [...connection.log, ...numbered].slice(-keep);
      connection.traffic = trafficAfter(connection.traffic, numbered);
    },
    async entries(id, limit, before = Number.POSITIVE_INFINITY) {
      const log = kept.get(id)?.log ?? [];
      return log
        .filter(({ sequence }) => sequence < before)
        .slice(-limit)
        .reverse();
    },
    traffic: async (id) => kept.get(id)?.traffic,
  };
}
