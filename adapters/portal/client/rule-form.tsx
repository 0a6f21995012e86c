/** A new rule, or another one in place of an old one, with the preview of what that changes. */
import type { VNode } from "preact";
import { useId, useState } from "preact/hooks";
import type { NamedMessage, RuleMessage } from "../access-messages.ts";
import type { ChoiceMessage, ConnectionMessage } from "../messages.ts";
import { call } from "./call.ts";
import { Dialog } from "./dialog.tsx";
import { Failure } from "./failure.tsx";
import { Field, Select } from "./field.tsx";
import { useAnnounce } from "./notice.tsx";
import { say } from "./page.ts";
import { RulesPreview } from "./rules-preview.tsx";
import { useRoles } from "./use-roles.ts";

interface Props {
  readonly connection: ConnectionMessage;
  /** In which a rule may give a role. */
  readonly workspaces: readonly ChoiceMessage[];
  readonly groups: readonly NamedMessage[];
  /** The one that is changed; undefined for a new one. */
  readonly rule: RuleMessage | undefined;
  readonly onChanged: () => Promise<void>;
  readonly onClose: () => void;
}

/** What the form holds. */
interface Draft {
  readonly by: "name" | "id";
  readonly displayName: string;
  readonly id: string;
  readonly workspace: string;
  readonly role: string;
}

/** The dialog. */
export function RuleForm({ connection, workspaces, groups, rule, onChanged, onClose }: Props): VNode {
  const [draft, setDraft] = useState(() => draftOf(rule, connection));
  const roles = useRoles(`/connections/${encodeURIComponent(connection.id)}/roles`, { workspace: draft.workspace });
  const announce = useAnnounce();
  const set = (part: Partial<Draft>): void => setDraft((before) => ({ ...before, ...part }));
  const isRoleKnown = roles.choices.some(({ id }) => id === draft.role);
  const change = isRoleKnown ? changeOf(draft, connection, rule) : undefined;
  const save = async (): Promise<void> => {
    await call("POST", `/connections/${encodeURIComponent(connection.id)}/rules`, change);
    announce("ruleSaved");
    await onChanged();
  };
  const isNew = rule === undefined;
  return (
    <Dialog
      title={say(isNew ? "ruleNew" : "ruleEdit")}
      confirm={isNew ? "ruleAdd" : "ruleSave"}
      wide
      onConfirm={save}
      onClose={onClose}
    >
      <div class="beside">
        <div class="fields">
          <GroupFields draft={draft} groups={groups} onChange={set} />
          {workspaces.length > 1 && (
            <Select
              label="workspace"
              placeholder="workspacePick"
              choices={workspaces}
              value={draft.workspace}
              onChange={(workspace) => set({ workspace })}
            />
          )}
          <Select
            label="ruleRole"
            hint="ruleRoleHint"
            placeholder="rolePick"
            error={roles.loaded && roles.choices.length === 0 ? "roleNone" : undefined}
            choices={roles.choices}
            value={draft.role}
            onChange={(role) => set({ role })}
          />
          <Failure reason={roles.failure} />
        </div>
        <RulesPreview connection={connection.id} change={change} />
      </div>
    </Dialog>
  );
}

interface GroupProps {
  readonly draft: Draft;
  readonly groups: readonly NamedMessage[];
  readonly onChange: (part: Partial<Draft>) => void;
}

function GroupFields({ draft, groups, onChange }: GroupProps): VNode {
  const list = useId();
  return (
    <>
      <fieldset class="choices">
        <legend>{say("ruleGroup")}</legend>
        {(["name", "id"] as const).map((by) => (
          <label key={by}>
            <input type="radio" name="by" checked={draft.by === by} onChange={() => onChange({ by })} />
            <span>{say(by === "name" ? "ruleByName" : "ruleById")}</span>
          </label>
        ))}
      </fieldset>
      {draft.by === "name" ? (
        <Field label="ruleGroupName" hint="ruleGroupNameHint">
          {(control) => (
            <>
              <input
                {...control}
                type="text"
                required
                maxLength={200}
                autocomplete="off"
                list={list}
                value={draft.displayName}
                onInput={(event) => onChange({ displayName: event.currentTarget.value })}
              />
              <datalist id={list}>
                {[...new Set(groups.map(({ name }) => name))].map((name) => (
                  <option key={name} value={name} />
                ))}
              </datalist>
            </>
          )}
        </Field>
      ) : (
        <Select
          label="ruleGroup"
          placeholder="ruleGroupPick"
          choices={groups}
          value={draft.id}
          onChange={(id) => onChange({ id })}
        />
      )}
    </>
  );
}

function draftOf(rule: RuleMessage | undefined, { workspace }: ConnectionMessage): Draft {
  const group = rule?.group ?? { displayName: "" };
  return {
    by: "id" in group ? "id" : "name",
    displayName: "id" in group ? "" : group.displayName,
    id: "id" in group ? group.id : "",
    workspace: rule?.workspace.id ?? workspace.id,
    role: rule?.role.id ?? "",
  };
}

/** What the server is asked to do; undefined while something is missing. */
function changeOf(draft: Draft, { workspace: own }: ConnectionMessage, rule: RuleMessage | undefined): unknown {
  const { by, displayName, id, workspace, role } = draft;
  if ((by === "name" ? displayName.trim() : id) === "") return undefined;
  const group = by === "name" ? { displayName } : { id };
  // Without a workspace it is that of the connection, now and when the connection is given another.
  const where = workspace === own.id ? {} : { workspace };
  return { add: [{ group, role, ...where }], ...(rule === undefined ? {} : { remove: [rule.id] }) };
}
