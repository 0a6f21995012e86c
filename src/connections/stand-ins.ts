/** StandIns: tells the host that a default role cannot be given any more, now and then. */
import { publicly } from "./administer.ts";
import type { Settings } from "./settings.ts";
import type { ConnectionRecord } from "./store.ts";

/** How often the host is told of one and the same, in milliseconds. */
const every = 3_600_000;
/** Connections that are remembered at the most. */
const most = 1_000;

/** Remembers what the host has been told. */
export class StandIns {
  readonly #settings: Settings;
  readonly #told = new Map<string, number>();

  constructor(settings: Settings) {
    this.#settings = settings;
  }

  /** @param given - the role that a new user was given; `""` for none */
  async tell(connection: ConnectionRecord, given: string): Promise<void> {
    const now = this.#settings.now().getTime();
    const key = JSON.stringify([connection.id, connection.defaultRole, given]);
    const told = this.#told.get(key);
    if (told !== undefined && now - told < every) return;
    if (this.#told.size >= most) this.#told.clear();
    this.#told.set(key, now);
    await this.#settings.tell({ type: "role.missing", connection: publicly(connection), given });
  }
}
