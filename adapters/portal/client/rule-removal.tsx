/** The question before a rule is removed, with what that changes. */
import type { VNode } from "preact";
import type { NamedMessage, RuleMessage } from "../access-messages.ts";
import type { ConnectionMessage } from "../messages.ts";
import { call } from "./call.ts";
import { Dialog } from "./dialog.tsx";
import { useAnnounce } from "./notice.tsx";
import { say } from "./page.ts";
import { RulesPreview } from "./rules-preview.tsx";
import { groupName } from "./use-groups.ts";

interface Props {
  readonly connection: ConnectionMessage;
  readonly groups: readonly NamedMessage[];
  readonly rule: RuleMessage;
  readonly onChanged: () => Promise<void>;
  readonly onClose: () => void;
}

/** The dialog. */
export function RuleRemoval({ connection, groups, rule, onChanged, onClose }: Props): VNode {
  const announce = useAnnounce();
  const change = { remove: [rule.id] };
  const remove = async (): Promise<void> => {
    await call("POST", `/connections/${encodeURIComponent(connection.id)}/rules`, change);
    announce("ruleRemoved");
    await onChanged();
  };
  return (
    <Dialog title={say("ruleRemoveTitle")} confirm="ruleRemove" danger onConfirm={remove} onClose={onClose}>
      <p>
        <strong>
          {groupName(rule.group, groups)} → {rule.role.name}
        </strong>{" "}
        {say("ruleIn", { workspace: rule.workspace.name })}
      </p>
      <RulesPreview connection={connection.id} change={change} />
    </Dialog>
  );
}
