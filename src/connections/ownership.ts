/** Ownership: which connection manages a resource, and whether another may take charge of it. */
import { ScimError } from "../error.ts";
import type { ConnectionContext, Management } from "./connection.ts";
import type { LinkCandidate, LinkPolicy } from "./options.ts";
import type { ConnectionStore, Mark } from "./store.ts";

/** Who manages a resource, seen from one connection. */
export type Owner =
  /** The connection itself. */
  | { readonly kind: "own" }
  /** A connection of the same organisation that has been deleted, or moved to another workspace. */
  | { readonly kind: "released"; readonly wasLinked: boolean }
  /** Another connection of the workspace. */
  | { readonly kind: "other"; readonly management: Management }
  /** Nobody: somebody who signed up or was invited. */
  | { readonly kind: "nobody" };

/** Who manages a resource of the Context's workspace. */
export async function ownerOf(
  store: ConnectionStore,
  resourceType: string,
  id: string,
  { workspace, organisation, connection }: ConnectionContext,
): Promise<Owner> {
  const mark = await store.findMark(workspace, resourceType, id);
  if (mark === undefined) return { kind: "nobody" };
  if (mark.connection === connection) return { kind: "own" };
  const management = await managementOf(store, mark);
  if (management !== undefined) return { kind: "other", management };
  return mark.organisation === organisation ? { kind: "released", wasLinked: mark.linked } : { kind: "nobody" };
}

/** What a mark says, if its connection still is there, and in the mark's workspace. */
export async function managementOf(
  store: ConnectionStore,
  { connection: id, workspace, since, linked }: Mark,
): Promise<Management | undefined> {
  if (id === undefined) return undefined;
  const connection = await store.find(id);
  return connection?.workspace === workspace ? { connection: id, since, linked } : undefined;
}

/** Whether the policy lets a connection take charge of a resource that it does not manage. */
export async function mayLink(
  policy: LinkPolicy,
  owner: Owner,
  candidate: Omit<LinkCandidate, "management">,
  ctx: ConnectionContext,
): Promise<boolean> {
  if (owner.kind === "own" || owner.kind === "released") return true;
  if (policy === "never") return false;
  if (policy === "same-workspace") return owner.kind === "nobody";
  const management = owner.kind === "other" ? owner.management : undefined;
  return (await policy({ ...candidate, management }, ctx)) === true;
}

const found = {
  userName: "A user with this userName is in the workspace already",
  email: "A user with this email is in the workspace already",
} as const;

/** 409 for what must not be linked, with what an admin can do about it. Names nobody. */
export function notLinked({ resourceType, by }: Pick<LinkCandidate, "resourceType" | "by">, owner: Owner): ScimError {
  const what = by === "id" ? `This ${resourceType.toLowerCase()} is in the workspace already` : found[by];
  const whose =
    owner.kind === "other"
      ? "and another connection manages it"
      : "and was not provisioned by this connection, so it is left alone";
  const way =
    resourceType === "User"
      ? "Remove or rename that account in the application, take the person out of scope, or ask for linking of accounts to be switched on"
      : "Rename or remove one of the two groups, or ask for linking of groups to be switched on";
  return ScimError.uniqueness(by === "email" ? "emails" : resourceType === "User" ? "userName" : "displayName", {
    detail: `${what}, ${whose}. ${way}; then provision it again.`,
  });
}
