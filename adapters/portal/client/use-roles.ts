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
 * @param workspace - empty while none is chosen
 * @param connection - whose ceiling counts
 */
export function useRoles(workspace: string, connection = ""): Roles {
  const [roles, setRoles] = useState(none);
  useEffect(() => {
    let current = true;
    const set = (next: Roles): void => {
      if (current) setRoles(next);
    };
    set(none);
    if (workspace !== "") {
      const query = new URLSearchParams({ workspace, ...(connection === "" ? {} : { connection }) });
      call<RolesMessage>("GET", `/roles?${query}`).then(
        (answer) => set({ choices: answer.roles, loaded: true }),
        (thrown) => set({ choices: [], loaded: false, failure: reason(thrown) }),
      );
    }
    return () => {
      current = false;
    };
  }, [workspace, connection]);
  return roles;
}
