/** Changing the workspace and the default role of a connection. */
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import type { ChoiceMessage, ConnectionMessage } from "../messages.ts";
import { call } from "./call.ts";
import { Failure } from "./failure.tsx";
import { Select } from "./field.tsx";
import { useAnnounce } from "./notice.tsx";
import { say } from "./page.ts";
import { useAction } from "./use-action.ts";
import { useRoles } from "./use-roles.ts";

interface Props {
  readonly connection: ConnectionMessage;
  /** The workspaces that may be chosen, its own among them. */
  readonly workspaces: readonly ChoiceMessage[];
  readonly onChanged: () => Promise<void>;
}

/** The form. What was not touched follows what somebody else changes meanwhile. */
export function Settings({ connection, workspaces, onChanged }: Props): VNode {
  const [workspaceChosen, setWorkspace] = useState<string | undefined>();
  const [roleChosen, setRole] = useState<string | undefined>();
  const workspace = workspaceChosen ?? connection.workspace.id;
  const roles = useRoles("/roles", { workspace, connection: connection.id });
  const role = roleChosen ?? connection.defaultRole.id;
  const known = roles.choices.some(({ id }) => id === role);
  const moved = workspace !== connection.workspace.id;
  const changed = moved || role !== connection.defaultRole.id;
  const action = useAction();
  const announce = useAnnounce();
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (!changed || !known) return;
    await action.run(async () => {
      await call("PATCH", `/connections/${encodeURIComponent(connection.id)}`, { workspace, defaultRole: role });
      setWorkspace(undefined);
      setRole(undefined);
      announce("saved");
      await onChanged();
    });
  };
  return (
    <form onSubmit={submit} noValidate>
      <Select
        label="workspace"
        placeholder="workspacePick"
        {...(moved ? { hint: "workspaceChange" } : {})}
        choices={workspaces}
        value={workspace}
        onChange={setWorkspace}
      />
      <Select
        label="role"
        hint="roleHint"
        placeholder="rolePick"
        error={roles.loaded && !known ? (roles.choices.length === 0 ? "roleNone" : "required") : undefined}
        choices={roles.choices}
        value={role}
        disabled={roles.choices.length === 0}
        onChange={setRole}
      />
      <Failure reason={action.failure ?? roles.failure} />
      <div class="buttons">
        <button type="submit" class="primary" aria-disabled={action.busy || !changed || !known}>
          {say("settingsSave")}
        </button>
      </div>
    </form>
  );
}
