/** Issuing, rotating and revoking the tokens of a connection. */

import { publicly } from "./administer.ts";
import type { IssuedToken, Token } from "./connection.ts";
import { ConnectionError } from "./connection-error.ts";
import type { TokenSettings } from "./connections.ts";
import { hashOf, newSecret } from "./secret.ts";
import type { Settings } from "./settings.ts";
import type { ConnectionRecord, TokenRecord } from "./store.ts";
import { checkLabel } from "./text.ts";

/** The tokens of connections. */
export interface Tokens {
  list(connection: ConnectionRecord): Promise<readonly Token[]>;
  issue(connection: ConnectionRecord, given: TokenSettings): Promise<IssuedToken>;
  rotate(
    connection: ConnectionRecord,
    id: string,
    given: { readonly overlap: number; readonly expires?: Date | undefined },
  ): Promise<IssuedToken>;
  revoke(connection: ConnectionRecord, id: string): Promise<Token>;
}

/** A year, in seconds. */
const maxOverlap = 31_536_000;
/** How many random characters of a token people may see: 36 of 256 bits. */
const shown = 6;

/** The tokens of connections. */
export function tokensOf(settings: Settings): Tokens {
  const { store, tokenPrefix, maxTokens } = settings;

  async function make(
    connection: ConnectionRecord,
    label: string,
    expires: Date | undefined,
    replace: (tokens: readonly TokenRecord[]) => TokenRecord | undefined,
  ): Promise<IssuedToken> {
    const secret = newSecret(tokenPrefix);
    const now = settings.now();
    const hash = await hashOf(secret);
    const record: TokenRecord = {
      id: crypto.randomUUID(),
      connection: connection.id,
      label,
      prefix: secret.slice(0, tokenPrefix.length + shown),
      created: now,
      ...(expires === undefined ? {} : { expires }),
      hash,
    };
    const isThere = await store.insertToken(record, (tokens) => {
      const replaced = replace(tokens);
      const others = tokens.filter((token) => token.id !== replaced?.id && isUsable(token, now));
      if (others.length >= maxTokens) {
        throw new ConnectionError("tooManyTokens", "The connection has too many tokens. Revoke one that is not used.");
      }
      return replaced;
    });
    if (!isThere) throw new ConnectionError("notFound", "There is no such connection.");
    return { token: visible(record), secret };
  }

  return {
    async list(connection) {
      return (await store.tokens(connection.id)).map(visible);
    },
    async issue(connection, { label = "", expires }) {
      const ends = checkExpiry(expires, settings.now());
      const issued = await make(connection, checkLabel(label), ends, () => undefined);
      await settings.tell({ type: "token.issued", connection: publicly(connection), token: issued.token });
      return issued;
    },
    async rotate(connection, id, { overlap, expires }) {
      const now = settings.now();
      const end = new Date(now.getTime() + checkOverlap(overlap) * 1_000);
      const ends = checkExpiry(expires, now);
      const { label } = findUsable(await store.tokens(connection.id), id, now);
      const issued = await make(connection, label, ends, (tokens) => {
        const old = findUsable(tokens, id, now);
        return { ...old, expires: old.expires === undefined || end < old.expires ? end : old.expires };
      });
      await settings.tell({ type: "token.rotated", connection: publicly(connection), token: issued.token });
      return issued;
    },
    async revoke(connection, id) {
      const revoked = typeof id === "string" ? await store.revokeToken(connection.id, id, settings.now()) : undefined;
      if (revoked === undefined) throw new ConnectionError("notFound", "The connection has no such token.");
      await settings.tell({ type: "token.revoked", connection: publicly(connection), token: visible(revoked) });
      return visible(revoked);
    },
  };
}

/** Whether a token lets requests in. */
export function isUsable({ revoked, expires }: Token, now: Date): boolean {
  return revoked === undefined && (expires === undefined || expires > now);
}

function findUsable(tokens: readonly TokenRecord[], id: string, now: Date): TokenRecord {
  const token = tokens.find((candidate) => candidate.id === id);
  if (token === undefined) throw new ConnectionError("notFound", "The connection has no such token.");
  if (isUsable(token, now)) return token;
  throw new ConnectionError("tokenEnded", "The token has ended, so there is nothing to rotate. Issue a new one.");
}

function checkExpiry(expires: Date | undefined, now: Date): Date | undefined {
  if (expires === undefined) return undefined;
  if (expires instanceof Date && expires > now) return expires;
  throw new ConnectionError("invalidValue", '"expires" must be a time in the future.');
}

function checkOverlap(overlap: number): number {
  if (typeof overlap === "number" && overlap >= 0 && overlap <= maxOverlap) return overlap;
  throw new ConnectionError("invalidValue", `"overlap" must be a number of seconds from 0 to ${maxOverlap}.`);
}

/** A token without what only the store needs. */
function visible({ hash: _, connection: __, ...token }: TokenRecord): Token {
  return token;
}
