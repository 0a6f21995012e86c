/** memoryAccess: an AccessStore in memory, for tests and first steps. */
import type { AccessStore, AccessUnit } from "./access-store.ts";
import { MemoryAccessUnit } from "./memory-access-unit.ts";

/**
 * Access in memory. Work on one connection happens one piece after the other; work that throws is taken back. Work on a
 * connection must not wait for other work on it.
 */
export function memoryAccess(): AccessStore {
  const units = new Map<string, MemoryAccessUnit>();
  const turns = new Map<string, Promise<void>>();
  const unitOf = (connection: string): MemoryAccessUnit => {
    let unit = units.get(connection);
    if (unit === undefined) {
      unit = new MemoryAccessUnit();
      units.set(connection, unit);
    }
    return unit;
  };
  return {
    async within<T>(
      connection: string,
      _tx: unknown,
      _mode: "shared" | "exclusive",
      work: (unit: AccessUnit) => Promise<T>,
    ): Promise<T> {
      const before = turns.get(connection);
      let release = (): void => {};
      const mine = new Promise<void>((resolve) => {
        release = resolve;
      });
      turns.set(connection, mine);
      await before;
      const unit = unitOf(connection);
      try {
        const result = await work(unit);
        unit.keep();
        return result;
      } catch (thrown) {
        unit.takeBack();
        throw thrown;
      } finally {
        release();
        if (turns.get(connection) === mine) turns.delete(connection);
      }
    },
    async waiting() {
      return [...units].filter(([, unit]) => unit.isWaiting()).map(([connection]) => connection);
    },
    async forget(connection) {
      units.delete(connection);
    },
  };
}
