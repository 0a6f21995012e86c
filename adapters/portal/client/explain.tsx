/** Why somebody has the roles that they have. */
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import type { ExplainedRoleMessage, ExplanationMessage, StepMessage } from "../access-messages.ts";
import { call } from "./call.ts";
import { Failure } from "./failure.tsx";
import { Field } from "./field.tsx";
import { time } from "./format.ts";
import { say } from "./page.ts";
import { useAction } from "./use-action.ts";

interface Props {
  readonly connection: string;
  readonly now: number;
}

/** A question, and its answer. */
export function Explain({ connection, now }: Props): VNode {
  const [userName, setUserName] = useState("");
  const [answer, setAnswer] = useState<ExplanationMessage | undefined>();
  const action = useAction();
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    setAnswer(undefined);
    const path = `/connections/${encodeURIComponent(connection)}/explain?${new URLSearchParams({ userName })}`;
    await action.run(async () => setAnswer(await call("GET", path)));
  };
  return (
    <section class="card" aria-labelledby="explain">
      <h2 id="explain">{say("explainTitle")}</h2>
      <form onSubmit={submit}>
        <Field label="explainUser" hint="explainUserHint">
          {(control) => (
            <input
              {...control}
              type="text"
              required
              maxLength={256}
              autocomplete="off"
              autocapitalize="none"
              spellcheck={false}
              value={userName}
              onInput={(event) => setUserName(event.currentTarget.value)}
            />
          )}
        </Field>
        <Failure reason={action.failure} />
        <div class="buttons">
          <button type="submit" aria-disabled={action.busy}>
            {say("explainAsk")}
          </button>
        </div>
      </form>
      <div class="live" aria-live="polite">
        {answer !== undefined && <Answer answer={answer} now={now} />}
      </div>
    </section>
  );
}

function Answer({ answer, now }: { readonly answer: ExplanationMessage; readonly now: number }): VNode {
  const { person, active, roles } = answer;
  return (
    <div class="explanation">
      <h3>{say("explainOf", { person: person.name })}</h3>
      {roles.length === 0 && <p>{say(active ? "explainNoRoles" : "explainInactive")}</p>}
      {roles.map((role) => (
        <Role key={`${role.workspace.id} ${role.role.id}`} role={role} now={now} />
      ))}
    </div>
  );
}

function Role({ role, now }: { readonly role: ExplainedRoleMessage; readonly now: number }): VNode {
  return (
    <div>
      <h4>
        {role.role.name} <span class="hint">{say("ruleIn", { workspace: role.workspace.name })}</span>
      </h4>
      <ul>
        {role.because.map(({ kind, chain }, index) => (
          <li key={index}>{kind === "default" ? say("explainDefault") : <Chain chain={chain} now={now} />}</li>
        ))}
      </ul>
    </div>
  );
}

/** From the person to the rule. */
function Chain({ chain, now }: { readonly chain: readonly StepMessage[]; readonly now: number }): VNode {
  return (
    <ol class="chain">
      {chain.map(({ group, displayName, since, request }, index) => (
        <li key={group}>
          {say(index === 0 ? "explainIn" : "explainWithin", { group: displayName })}{" "}
          <span class="hint">
            {say("explainSince", { time: time(since, now) })}
            {request !== undefined && `, ${say("explainRequest", { request })}`}
          </span>
        </li>
      ))}
      <li>{say("explainRule")}</li>
    </ol>
  );
}
