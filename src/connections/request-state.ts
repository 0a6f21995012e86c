/** RequestState: what connections know of a request beside its Context. */
import type { ScimRequest } from "../request.ts";
import type { ConnectionContext } from "./connection.ts";
import type { Trait } from "./log.ts";
import type { ConnectionRecord } from "./store.ts";

/** A resource that was there before, of which a connection takes charge. */
export interface Link {
  /** The paths whose values really change. */
  readonly changed: readonly string[];
  /** As {@link Mark.linked}: false for what a connection of the organisation had created. */
  readonly linked: boolean;
}

/** What is known of one request that was let in. */
export interface RequestState {
  readonly connection: ConnectionRecord;
  /** The token's id; undefined for what the host asked for itself. */
  readonly token: string | undefined;
  readonly request: ScimRequest;
  /** Whether the Context's role stands in for the default role. */
  readonly hasStandIn: boolean;
  /** What the log says beside the outcome. */
  readonly notes: Set<string>;
  readonly traits: Set<Trait>;
  /** The resources that this request links, by {@link linkKey}. */
  readonly links: Map<string, Link>;
}

/** The states of requests, by the Context that was made for each. */
export class RequestStates {
  readonly #states = new WeakMap<ConnectionContext, RequestState>();

  /** Begins a request: the Context that stands for it. */
  begin(
    state: Pick<RequestState, "connection" | "token" | "request">,
    role: string,
    hasStandIn: boolean,
  ): ConnectionContext {
    const { id, organisation, workspace } = state.connection;
    const context = Object.freeze({ organisation, workspace, defaultRole: role, connection: id });
    this.#states.set(context, { ...state, hasStandIn, notes: new Set(), traits: new Set(), links: new Map() });
    return context;
  }

  /** @throws Error for a Context that none of these connections has made */
  of(context: ConnectionContext): RequestState {
    const state = this.#states.get(context);
    if (state === undefined) {
      throw new Error("The Context must be the very one that `connections.authenticate` returned.");
    }
    return state;
  }
}

/** How a resource is named in {@link RequestState.links}. */
export function linkKey(resourceType: string, id: string): string {
  return `${resourceType} ${id}`;
}
