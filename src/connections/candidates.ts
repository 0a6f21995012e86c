/** Users that are there already, with the userName or an email that an identity provider wants a new user to have. */
import { ScimError } from "../error.ts";
import { foldCase } from "../filter/fold-case.ts";
import { defaultGrammar } from "../filter/grammar.ts";
import { isRecord } from "../filter/present.ts";
import { parseFilter } from "../filter/resolve.ts";
import type { Resource } from "../schema/attribute.ts";
import type { ResourceType } from "../schema/resource-type.ts";
import type { Selection } from "../store/selection.ts";
import type { ResourceStore } from "../store/store.ts";
import type { Stored } from "../store/stored.ts";
import type { ConnectionContext } from "./connection.ts";

/** Somebody who is there already. */
export interface Candidate {
  readonly present: Stored<Resource>;
  readonly by: "userName" | "email";
}

/** More emails than these are no way to find somebody. */
const maxEmails = 5;
/** More people than these are too many to choose from. */
const maxFound = 10;

/** Their groups are no part of who they are. */
const own: Selection = { has: (attribute) => attribute !== "groups" };

/** The emails that a resource says are its user's, each once. */
export function emailsOf({ emails }: Resource): readonly string[] {
  const values = (Array.isArray(emails) ? emails : []).map((email: unknown) =>
    isRecord(email) ? email.value : undefined,
  );
  return [...new Set(values.filter((value) => typeof value === "string" && value !== ""))].filter(isText);
}

/**
 * Looks for the users of the Context's workspace who have the userName, or one of the emails as an email or a userName;
 * those with the userName first. A store that cannot look for emails is asked for userNames alone.
 */
export async function findCandidates(
  store: ResourceStore<Resource, ConnectionContext>,
  type: ResourceType,
  sent: Resource,
  ctx: ConnectionContext,
): Promise<readonly Candidate[]> {
  const userName = isText(sent.userName) ? sent.userName : undefined;
  const emails = emailsOf(sent).slice(0, maxEmails);
  const names = [...new Set([...(userName === undefined ? [] : [userName]), ...emails].map(foldCase))];
  const byName = names.map((name) => `userName eq ${JSON.stringify(name)}`);
  const byEmail = emails.map((email) => `emails.value eq ${JSON.stringify(email)}`);
  const people = await list(store, type, byName, byEmail, ctx);
  const hasName = ({ userName: name }: Resource): boolean =>
    userName !== undefined && isText(name) && foldCase(name) === foldCase(userName);
  return [
    ...people.filter(hasName).map((present) => ({ present, by: "userName" }) as const),
    ...people.filter((person) => !hasName(person)).map((present) => ({ present, by: "email" }) as const),
  ];
}

async function list(
  store: ResourceStore<Resource, ConnectionContext>,
  type: ResourceType,
  byName: readonly string[],
  byEmail: readonly string[],
  ctx: ConnectionContext,
): Promise<readonly Stored<Resource>[]> {
  const terms = [...byName, ...byEmail];
  if (terms.length === 0) return [];
  const filter = parseFilter(terms.join(" or "), type, defaultGrammar);
  try {
    const window = { by: "index", startIndex: 1, count: maxFound } as const;
    return (await store.list({ filter, sort: undefined, window, want: own }, ctx)).resources;
  } catch (thrown) {
    if (byEmail.length === 0 || !(thrown instanceof ScimError && thrown.scimType === "invalidFilter")) throw thrown;
    return list(store, type, byName, [], ctx);
  }
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}
