/** authenticate: whose token is it, and may its connection be used? RFC 7644 §2. */
import { ScimError } from "../error.ts";
import { bearer } from "../protocol/bearer.ts";
import type { ScimRequest } from "../request.ts";
import type { ConnectionContext } from "./connection.ts";
import { denialEntry } from "./log-entry.ts";
import type { LogWriter } from "./log-writer.ts";
import type { RequestStates } from "./request-state.ts";
import { givenRole } from "./roles.ts";
import { hashOf, sameHash } from "./secret.ts";
import type { Settings } from "./settings.ts";
import type { ConnectionRecord, TokenRecord } from "./store.ts";
import { isUsable } from "./tokens.ts";

/** How often the use of a token is written, in milliseconds. */
const touchEvery = 60_000;

/** The `authenticate` of connections. */
export function authenticator(
  settings: Settings,
  states: RequestStates,
  log: LogWriter,
): (request: ScimRequest) => Promise<ConnectionContext | null> {
  const { store } = settings;
  const verify = bearer<ConnectionContext>(async (secret, request) => {
    const hash = await hashOf(secret);
    const found = await store.findToken(hash);
    if (found === undefined || !sameHash(found.token.hash, hash)) return null;
    const at = settings.now();
    try {
      await admit(found.token, found.connection, at);
    } catch (thrown) {
      const denial = ScimError.from(thrown);
      log.add(found.connection.id, denialEntry(request, found.token.id, denial, at, settings.now()));
      throw thrown;
    }
    return await begin(found.token, found.connection, request);
  });

  async function admit(token: TokenRecord, { state, organisation }: ConnectionRecord, now: Date): Promise<void> {
    if (!isUsable(token, now)) throw ended(token);
    if (state === "paused") {
      const detail =
        "Provisioning is paused in the application's settings. Nothing was written; it is asked for again later.";
      throw ScimError.unavailable(detail, settings.retryAfter);
    }
    const refusal = await settings.refusal(organisation);
    if (refusal !== undefined) throw ScimError.forbidden(refusal);
    await touch(token, now);
  }

  async function touch({ id, lastUsed }: TokenRecord, now: Date): Promise<void> {
    const notAfter = new Date(now.getTime() - touchEvery);
    if (lastUsed !== undefined && lastUsed > notAfter) return;
    try {
      await store.touchToken(id, now, notAfter);
    } catch (error) {
      settings.fail(error);
    }
  }

  async function begin(
    token: TokenRecord,
    connection: ConnectionRecord,
    request: ScimRequest,
  ): Promise<ConnectionContext> {
    const state = { connection, token: token.id, request };
    if (!canCreate(request)) return states.begin(state, connection.defaultRole, false);
    const roles = await settings.roles(connection.organisation, connection.workspace);
    const { role, isStandIn } = givenRole(connection, roles, settings.fallbackRole);
    return states.begin(state, role, isStandIn);
  }

  return async (request) => (await verify(request)) ?? null;
}

/** Whether users can come out of a request: `POST /Users` and `POST /Bulk` among others, never a query. */
function canCreate({ method, url }: ScimRequest): boolean {
  return method === "POST" && !/\/\.search\/?(?:\?|$)/i.test(url);
}

function ended({ revoked }: TokenRecord): ScimError {
  const what = revoked === undefined ? "has expired" : "was revoked";
  return ScimError.unauthorized(
    `The token ${what}. Issue a new one in the application's settings, and paste it into the identity provider.`,
    'Bearer realm="SCIM", error="invalid_token"',
  );
}
