/** Making a connection: the workspace and the default role. */
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import type { ChoiceMessage, CreatedMessage } from "../messages.ts";
import { call } from "./call.ts";
import { Failure } from "./failure.tsx";
import { Select } from "./field.tsx";
import { say } from "./page.ts";
import { useAction } from "./use-action.ts";
import { useRoles } from "./use-roles.ts";

interface Props {
  /** The workspaces that may be chosen. */
  readonly workspaces: readonly ChoiceMessage[];
  readonly onCreated: (created: CreatedMessage) => void;
}

/** The form. The only workspace, and the lowest role, are chosen beforehand. */
export function Setup({ workspaces, onCreated }: Props): VNode {
  const [workspace, setWorkspace] = useState(workspaces.length === 1 ? (workspaces[0]?.id ?? "") : "");
  const [chosen, setChosen] = useState<string | undefined>();
  const [tried, setTried] = useState(false);
  const roles = useRoles("/roles", { workspace });
  const action = useAction();
  const role = roles.choices.some(({ id }) => id === chosen) ? chosen : roles.choices[0]?.id;
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    setTried(true);
    if (workspace === "" || role === undefined) return;
    await action.run(async () => onCreated(await call("POST", "/connections", { workspace, defaultRole: role })));
  };
  if (workspaces.length === 0) return <p>{say("workspaceNone")}</p>;
  return (
    <form onSubmit={submit} noValidate>
      <Select
        label="workspace"
        hint="workspaceHint"
        placeholder="workspacePick"
        error={tried && workspace === "" ? "required" : undefined}
        choices={workspaces}
        value={workspace}
        onChange={setWorkspace}
      />
      <Select
        label="role"
        hint="roleHint"
        placeholder="rolePick"
        error={roles.loaded && role === undefined ? "roleNone" : undefined}
        choices={roles.choices}
        value={role ?? ""}
        disabled={roles.choices.length === 0}
        onChange={setChosen}
      />
      <Failure reason={action.failure ?? roles.failure} />
      <div class="buttons">
        <button type="submit" class="primary" aria-disabled={action.busy}>
          {say("create")}
        </button>
      </div>
    </form>
  );
}
