/** MemoryMarks: which connection manages which resource, in memory. */
import type { Mark, MarkPage } from "./store.ts";

interface Numbered {
  readonly mark: Mark;
  /** Grows with every mark that is put: a position between pages. */
  readonly number: number;
}

/** The marks of all connections, by resource and by connection. */
export class MemoryMarks {
  readonly #byResource = new Map<string, Numbered>();
  readonly #byConnection = new Map<string, Map<string, Numbered>>();
  readonly #exists: (connection: string, evenPaused: boolean) => boolean;
  #last = 0;

  /** @param exists - whether there is a connection with this id, and, unless `evenPaused`, it is active */
  constructor(exists: (connection: string, evenPaused: boolean) => boolean) {
    this.#exists = exists;
  }

  /** Keeps a mark, in the place of one that the resource may have; false if its connection is not active. */
  put(mark: Mark, evenPaused: boolean): boolean {
    const { connection, workspace, resourceType, resourceId } = mark;
    if (connection === undefined || !this.#exists(connection, evenPaused)) return false;
    this.remove(workspace, resourceType, resourceId);
    const key = keyOf(workspace, resourceType, resourceId);
    const numbered = { mark, number: ++this.#last };
    this.#byResource.set(key, numbered);
    this.#of(connection).set(key, numbered);
    return true;
  }

  remove(workspace: string, resourceType: string, resourceId: string): void {
    const key = keyOf(workspace, resourceType, resourceId);
    const connection = this.#byResource.get(key)?.mark.connection;
    if (connection !== undefined) this.#byConnection.get(connection)?.delete(key);
    this.#byResource.delete(key);
  }

  find(workspace: string, resourceType: string, resourceId: string): Mark | undefined {
    return this.#byResource.get(keyOf(workspace, resourceType, resourceId))?.mark;
  }

  page(connection: string, resourceType: string, after: string | undefined, limit: number): MarkPage {
    const start = after === undefined ? 0 : Number(after);
    const marks: Mark[] = [];
    let last = start;
    for (const { mark, number } of this.#byConnection.get(connection)?.values() ?? []) {
      if (number <= start || mark.resourceType !== resourceType) continue;
      if (marks.length === limit) return { marks, next: String(last) };
      marks.push(mark);
      last = number;
    }
    return { marks };
  }

  count(connection: string, workspace: string): ReadonlyMap<string, number> {
    const counts = new Map<string, number>();
    for (const { mark } of this.#byConnection.get(connection)?.values() ?? []) {
      if (mark.workspace === workspace) counts.set(mark.resourceType, (counts.get(mark.resourceType) ?? 0) + 1);
    }
    return counts;
  }

  /** Leaves the marks of a connection that is deleted to whoever comes after it. */
  release(connection: string): void {
    for (const [key, { mark, number }] of this.#byConnection.get(connection) ?? []) {
      this.#byResource.set(key, { mark: { ...mark, connection: undefined }, number });
    }
    this.#byConnection.delete(connection);
  }

  #of(connection: string): Map<string, Numbered> {
    const present = this.#byConnection.get(connection);
    if (present !== undefined) return present;
    const created = new Map<string, Numbered>();
    this.#byConnection.set(connection, created);
    return created;
  }
}

const keyOf = (...parts: readonly string[]): string => JSON.stringify(parts);
