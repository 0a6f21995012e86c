/** Who would gain and who would lose a role. */
import type { VNode } from "preact";
import type { RolePreviewMessage, RulesPreviewMessage } from "../access-messages.ts";
import type { Text } from "../strings/en.ts";
import { Failure } from "./failure.tsx";
import { count } from "./format.ts";
import { say } from "./page.ts";
import { type NameOf, useNames } from "./use-names.ts";
import { usePreview } from "./use-preview.ts";

interface Props {
  readonly connection: string;
  /** Rules to add and to remove; undefined while the form is not filled in. */
  readonly change: unknown;
}

/** The preview of a change of rules, read aloud when it is there. */
export function RulesPreview({ connection, change }: Props): VNode {
  const path = `/connections/${encodeURIComponent(connection)}/rules/preview`;
  const { answer, failure } = usePreview<RulesPreviewMessage>(path, change);
  const people = answer?.roles.flatMap(({ gaining, losing }) => [...gaining, ...losing]) ?? [];
  const name = useNames(connection, people);
  return (
    <section class="preview" aria-label={say("previewTitle")}>
      <h3>{say("previewTitle")}</h3>
      <Failure reason={failure} />
      <div class="live" aria-live="polite">
        {change === undefined && <p class="hint">{say("previewEmpty")}</p>}
        {change !== undefined && answer === undefined && failure === undefined && <p class="hint">{say("loading")}</p>}
        {answer?.roles.length === 0 && <p>{say("previewNobody")}</p>}
        {answer?.roles.map((role) => (
          <Role key={`${role.workspace.id} ${role.role.id}`} preview={role} name={name} />
        ))}
        {answer?.problems.map((problem) => (
          <p key={problem} class="callout" data-severity="warning" lang="en">
            {problem}
          </p>
        ))}
      </div>
    </section>
  );
}

function Role({ preview, name }: { readonly preview: RolePreviewMessage; readonly name: NameOf }): VNode {
  const { role, workspace, gain, lose, gaining, losing } = preview;
  return (
    <>
      <h4>
        {role.name} <span class="hint">{say("ruleIn", { workspace: workspace.name })}</span>
      </h4>
      <People label="previewGain" amount={gain} ids={gaining} name={name} />
      <People label="previewLose" amount={lose} ids={losing} name={name} />
    </>
  );
}

interface PeopleProps {
  readonly label: Text;
  readonly amount: number;
  /** The first of them. */
  readonly ids: readonly string[];
  readonly name: NameOf;
}

function People({ label, amount, ids, name }: PeopleProps): VNode | null {
  if (amount === 0) return null;
  return (
    <div>
      <p>{say(label, { count: count(amount) })}</p>
      <ul>
        {ids.map((id) => (
          <li key={id}>{name(id)}</li>
        ))}
        {amount > ids.length && <li class="hint">{say("previewMore", { count: count(amount - ids.length) })}</li>}
      </ul>
    </div>
  );
}
