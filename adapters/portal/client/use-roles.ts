/** The roles of a workspace, asked for when it is chosen. */
import { useEffect, useState } from "preact/hooks";
import type { ChoiceMessage, ErrorMessage, RolesMessage } from "../messages.ts";
import { call, reason } from "./call.ts";

/** The roles, and how far they have come. */
export interface Roles {
  readonly choices: readonly ChoiceMessage[];
  readonly loaded: boolean;
  readonly failure?: ErrorMessage;
}

const none: Roles = { choices: [], loaded: false };

/**
 * The roles that may be chosen in a workspace, lowest first.
 *
 * @param path - which list of the API is asked for: `/roles`, or `/connections/…/roles` for a rule
 * @param query - `workspace`, and for `/roles` the `connection` whose ceiling counts; nothing is asked while the workspace is empty
 */
export function useRoles(path: string, query: { readonly workspace: string; readonly connection?: string }): Roles {
  const [roles, setRoles] = useState(none);
  const asked = query.workspace === "" ? undefined : `${path}?${new URLSearchParams({ ...query })}`;
  useEffect(() => {
    let current = true;
    const set = (next: Roles): void => {
      if (current) setRoles(next);
    };
    set(none);
    if (asked !== undefined) {
      call<RolesMessage>("GET", asked).then(
        (answer) => set({ choices: answer.roles, loaded: true }),
        (thrown) => set({ choices: [], loaded: false, failure: reason(thrown) }),
      );
    }
    return () => {
      current = false;
    };
  }, [asked]);
  return roles;
}
