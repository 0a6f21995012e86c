/** Aftermath: what is told and begun once a write is committed. */
import type { ConnectionContext } from "../connections/connection.ts";
import type { AccessEvent } from "./access-event.ts";
import type { IneffectiveRule } from "./desired.ts";
import type { Receipt } from "./receipt.ts";
import type { Settings } from "./settings.ts";

interface Pending {
  readonly events: AccessEvent[];
  isAlarming: boolean;
  hasWork: boolean;
}

/** Milliseconds in which the same rule is complained of once. */
const quiet = 60 * 60 * 1_000;
/** Rules that are remembered at the most. */
const remembered = 10_000;

/** What writes leave behind, by the Context of their request; a write that is rolled back is never told. */
export class Aftermath {
  readonly #settings: Settings;
  readonly #begin: () => void;
  readonly #pending = new WeakMap<ConnectionContext, Pending>();
  /** When a rule was last complained of, and a connection last caused an alarm. */
  readonly #told = new Map<string, number>();

  /** @param begin - starts the work on jobs */
  constructor(settings: Settings, begin: () => void) {
    this.#settings = settings;
    this.#begin = begin;
  }

  ineffective(ctx: ConnectionContext, rules: readonly IneffectiveRule[]): void {
    for (const rule of rules) {
      const event = { type: "rule.ineffective", connection: ctx.connection, ...rule } as const;
      this.#of(ctx).events.push(event);
    }
  }

  incomplete(ctx: ConnectionContext, receipts: readonly Receipt[]): void {
    const { connection } = ctx;
    for (const receipt of receipts) this.#of(ctx).events.push({ type: "revocation.incomplete", connection, receipt });
  }

  alarm(ctx: ConnectionContext): void {
    this.#of(ctx).isAlarming = true;
  }

  work(ctx: ConnectionContext): void {
    this.#of(ctx).hasWork = true;
  }

  /** Tells what the writes of a request have left behind. Never throws. */
  async settle(ctx: ConnectionContext): Promise<void> {
    const pending = this.#pending.get(ctx);
    if (pending === undefined) return;
    this.#pending.delete(ctx);
    for (const event of pending.events) {
      if (event.type !== "rule.ineffective" || this.#isNews(`rule ${event.rule}`, quiet))
        await this.#settings.tell(event);
    }
    if (pending.hasWork) this.#begin();
    if (pending.isAlarming) await this.#sound(ctx).catch((error: unknown) => this.#settings.fail(error));
  }

  async #sound({ connection, organisation }: ConnectionContext): Promise<void> {
    const { alarm, store, now, tell } = this.#settings;
    const span = alarm.minutes * 60_000;
    const since = new Date(now().getTime() - span);
    const [deactivated, users] = await store.within(connection, undefined, "shared", async (unit) => [
      await unit.deactivatedSince(since),
      await unit.countUsers("all"),
    ]);
    if (deactivated < alarm.least || deactivated < alarm.share * users) return;
    if (!this.#isNews(`alarm ${connection}`, span)) return;
    await tell({ type: "alarm.deactivations", connection, organisation, deactivated, users, since });
  }

  #of(ctx: ConnectionContext): Pending {
    let pending = this.#pending.get(ctx);
    if (pending === undefined) {
      pending = { events: [], isAlarming: false, hasWork: false };
      this.#pending.set(ctx, pending);
    }
    return pending;
  }

  #isNews(what: string, span: number): boolean {
    const now = this.#settings.now().getTime();
    const last = this.#told.get(what);
    if (last !== undefined && now - last < span) return false;
    if (this.#told.size >= remembered) this.#told.clear();
    this.#told.set(what, now);
    return true;
  }
}
