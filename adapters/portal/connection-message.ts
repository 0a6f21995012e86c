/** Connections, tokens and their health as the page shows them. */
import type { Choice, Connection, Health, Token } from "scimkit/connections";
import type { ChoiceMessage, ConnectionMessage, HealthMessage, TokenMessage } from "./messages.ts";
import { providerOf } from "./provider.ts";

/** A connection, with the names of its workspace and role; what is gone has its id for a name. */
export function connectionMessage(
  connection: Connection,
  workspaces: readonly Choice[],
  roles: readonly Choice[],
): ConnectionMessage {
  return {
    id: connection.id,
    workspace: named(connection.workspace, workspaces),
    defaultRole: named(connection.defaultRole, roles),
    state: connection.state,
    created: connection.created.toISOString(),
  };
}

/** What may be chosen, and no other property that the host's objects may have. */
export function choiceMessages(choices: readonly Choice[]): ChoiceMessage[] {
  return choices.map(({ id, name }) => ({ id, name }));
}

/** A token, and whether it lets anybody in now. */
export function tokenMessage(token: Token, now: Date): TokenMessage {
  const { lastUsed, expires } = token;
  return {
    id: token.id,
    label: token.label,
    prefix: token.prefix,
    state: stateOf(token, now),
    created: token.created.toISOString(),
    ...(lastUsed === undefined ? {} : { lastUsed: lastUsed.toISOString() }),
    ...(expires === undefined ? {} : { expires: expires.toISOString() }),
  };
}

/** Whether a token lets anybody in. */
export function stateOf({ expires, revoked }: Token, now: Date): TokenMessage["state"] {
  if (revoked !== undefined) return "revoked";
  return expires !== undefined && expires <= now ? "expired" : "valid";
}

/** The health of a connection. */
export function healthMessage(health: Health): HealthMessage {
  const provider = providerOf(health.identityProvider);
  const { lastRequest, lastError } = health;
  return {
    connected: health.connected !== undefined,
    users: health.users,
    groups: health.groups,
    ...(provider === undefined ? {} : { provider }),
    ...(lastRequest === undefined ? {} : { lastRequest: lastRequest.toISOString() }),
    ...(lastError === undefined ? {} : { lastError: lastError.at.toISOString() }),
  };
}

function named(id: string, choices: readonly Choice[]): ChoiceMessage {
  return { id, name: choices.find((choice) => choice.id === id)?.name ?? id };
}
