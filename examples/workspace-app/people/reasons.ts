/** Reasons: why somebody has each of their roles. */
import type { Because, DesiredRole } from "scimkit/access";
import type { Management } from "scimkit/connections";
import type { Product } from "../product.ts";
import { workspacesOf } from "./directory.ts";
import type { Profile } from "./profile.ts";
import type { VisibleWorkspace } from "./visible.ts";

/** A role, where it is held, and why. */
export interface Reason {
  readonly role: string;
  /** The workspace's name; undefined for the person's own. */
  readonly elsewhere: string | undefined;
  readonly why: readonly string[];
}

/** Roles by groups as the library explains them, and the role that is theirs besides. */
export async function reasonsOf(
  { db, access }: Product,
  { id, ownRole }: Profile,
  { id: home, organisation }: VisibleWorkspace,
  management: Management | undefined,
): Promise<readonly Reason[]> {
  const explanation = management && (await access.explainAccess(organisation, management.connection, id));
  const explained = explanation?.roles ?? [];
  const isDefault = explained.some(
    ({ role, workspace, because }) => role === ownRole && workspace === home && because.some(isByDefault),
  );
  const own: Reason = {
    role: ownRole,
    elsewhere: undefined,
    why: [isDefault ? "everybody whom the identity provider sends is given it" : "it was given here, by hand"],
  };
  const names = new Map((await workspacesOf(db, organisation)).map(({ id: workspace, name }) => [workspace, name]));
  const granted = explained.map((role) =>
    reason(role, role.workspace === home ? undefined : names.get(role.workspace)),
  );
  return [own, ...granted.filter(({ why }) => why.length > 0)];
}

function reason({ role, because }: DesiredRole, elsewhere: string | undefined): Reason {
  return { role, elsewhere, why: because.flatMap((one) => (one.kind === "rule" ? [chainOf(one)] : [])) };
}

function isByDefault({ kind }: Because): boolean {
  return kind === "default";
}

/** `in the group Leads since 2026-11-25 14:05 UTC, which is in Workspace admins since …`. */
function chainOf({ chain }: Extract<Because, { readonly kind: "rule" }>): string {
  const steps = chain.map(({ displayName, since }) => `${displayName} since ${minute(since)}`);
  return `in the group ${steps.join(", which is in ")}`;
}

function minute(date: Date): string {
  return `${date.toISOString().slice(0, 16).replace("T", " ")} UTC`;
}
