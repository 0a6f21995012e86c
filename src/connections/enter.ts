/** How people of connected organisations sign in: by email, and by the subject that SSO asserts. */
import { defaultGrammar } from "../filter/grammar.ts";
import { parseFilter } from "../filter/resolve.ts";
import type { Resource } from "../schema/attribute.ts";
import { userType } from "../schema/user-type.ts";
import type { Selection } from "../store/selection.ts";
import type { ResourceStore } from "../store/store.ts";
import type { ConnectionContext } from "./connection.ts";
import { managementOf } from "./ownership.ts";
import type { Settings } from "./settings.ts";
import type { SignedInUser, SignInRoute, SsoMatch, SsoSubject } from "./sign-in.ts";
import type { ConnectionRecord } from "./store.ts";

const deactivated = "This account has been deactivated. Ask an administrator of your organisation.";

/** People with the same externalId in one workspace that are looked at; more than one is a mistake already. */
const most = 10;

const activity: Selection = { has: (attribute) => attribute === "active" };

/**
 * What a sign-in page does with an email. Deactivated people are refused before they are sent anywhere.
 *
 * @throws Error without the option `signIn`
 */
export async function routeOf(email: string, { signIn, store }: Settings): Promise<SignInRoute> {
  if (signIn === undefined) throw new Error("createConnections: `signInRoute` needs the option `signIn`.");
  const account = await signIn.account(email);
  if (account?.active === false) return { refused: deactivated };
  const organisation = account?.organisation ?? (await signIn.organisationOf?.(email));
  const sso = organisation === undefined ? undefined : await signIn.sso?.(organisation);
  if (sso !== undefined) return { sso };
  if (account === undefined || account.hasPassword) return { password: true };
  const mark = await store.findMark(account.workspace, "User", account.user);
  return mark !== undefined && (await managementOf(store, mark)) !== undefined
    ? { passwordReset: true }
    : { password: true };
}

/** The users that an SSO subject is, in each workspace that the organisation has connected. */
export async function matchSubject(
  subject: SsoSubject,
  users: ResourceStore<Resource, ConnectionContext>,
  { store }: Settings,
): Promise<SsoMatch> {
  const filter = filterOf(subject);
  const active = new Map<string, SignedInUser>();
  let isKnown = false;
  for (const connection of filter === undefined ? [] : await store.list(subject.organisation)) {
    const window = { by: "index", startIndex: 1, count: most } as const;
    const ctx = contextOf(connection);
    const { resources } = await users.list({ filter, sort: undefined, window, want: activity }, ctx);
    for (const user of resources) {
      const mark = await store.findMark(connection.workspace, "User", user.id);
      if (mark?.connection !== connection.id) continue;
      isKnown = true;
      if (user.active === false) continue;
      const { id, workspace } = connection;
      active.set(JSON.stringify([workspace, user.id]), { connection: id, workspace, user: user.id });
    }
  }
  if (active.size > 0) return { users: [...active.values()] };
  return { refused: isKnown ? "deactivated" : "unknown" };
}

const type = userType([]);

/** Undefined: nobody is meant. Other than for a filter of SCIM's, an empty text is nobody's externalId. */
function filterOf(subject: SsoSubject) {
  const [name, value] = "externalId" in subject ? ["externalId", subject.externalId] : ["userName", subject.userName];
  if (typeof value !== "string" || value === "") return undefined;
  return parseFilter(`${name} eq ${JSON.stringify(value)}`, type, defaultGrammar);
}

function contextOf({ organisation, workspace, defaultRole, id }: ConnectionRecord): ConnectionContext {
  return { organisation, workspace, defaultRole, connection: id };
}
