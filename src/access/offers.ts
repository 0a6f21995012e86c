/** Offers: what connections may give, asked of the host before a write begins. */
import type { Connection, ConnectionContext } from "../connections/connection.ts";
import { ConnectionError } from "../connections/connection-error.ts";
import { ScimError } from "../error.ts";
import type { Offer } from "./effective-rules.ts";
import type { Rule } from "./rule.ts";
import type { Settings } from "./settings.ts";

/**
 * Offers by the Context of a request. A write holds a database connection, and must not wait for another one to learn
 * which roles there are: with as many writes as connections, all of them would wait for ever.
 */
export class Offers {
  readonly #settings: Settings;
  readonly #offers = new WeakMap<ConnectionContext, Offer>();

  constructor(settings: Settings) {
    this.#settings = settings;
  }

  /** Asks for the offer of a request that may write. @throws ScimError 401 if the connection is gone */
  async prepare(ctx: ConnectionContext): Promise<void> {
    this.#offers.set(ctx, await this.#ask(ctx));
  }

  /** The offer of a request. */
  async of(ctx: ConnectionContext): Promise<Offer> {
    return this.#offers.get(ctx) ?? (await this.#ask(ctx));
  }

  async #ask({ organisation, connection }: ConnectionContext): Promise<Offer> {
    const { connections, store } = this.#settings;
    const found = await connections.get(organisation, connection);
    if (found === undefined) throw ScimError.unauthorized("The connection was deleted. Nothing was written.");
    const rules = await store.within(connection, undefined, "shared", (unit) => unit.rules());
    return await this.offer(found, rules);
  }

  /** What a connection may give by these rules. */
  async offer(connection: Connection, rules: readonly Rule[]): Promise<Offer> {
    const { organisation, id, workspace, ceiling } = connection;
    const { connections } = this.#settings;
    const roles = new Map<string, ReadonlySet<string> | undefined>();
    for (const where of new Set([workspace, ...rules.flatMap((rule) => rule.workspace ?? [])])) {
      roles.set(where, await rolesOf(connections, organisation, where, ceiling));
    }
    return { workspace, defaultRole: await connections.givenRole(organisation, id), roles };
  }
}

async function rolesOf(
  connections: Settings["connections"],
  organisation: string,
  workspace: string,
  ceiling: string | undefined,
): Promise<ReadonlySet<string> | undefined> {
  try {
    return new Set((await connections.roles(organisation, workspace, ceiling)).map(({ id }) => id));
  } catch (thrown) {
    if (thrown instanceof ConnectionError) return undefined;
    throw thrown;
  }
}
