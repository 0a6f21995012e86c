/** The rules of a connection: which group gives which role. */
import type { VNode } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { AccessMessage, NamedMessage, RuleMessage } from "../access-messages.ts";
import type { ChoiceMessage, ConnectionMessage } from "../messages.ts";
import { Callout } from "./callout.tsx";
import { say } from "./page.ts";
import { Progress } from "./progress.tsx";
import { RuleForm } from "./rule-form.tsx";
import { RuleRemoval } from "./rule-removal.tsx";
import { groupName, useGroups } from "./use-groups.ts";

interface Props {
  readonly connection: ConnectionMessage;
  readonly workspaces: readonly ChoiceMessage[];
  readonly access: AccessMessage;
  readonly allowed: boolean;
  readonly now: number;
  readonly onChanged: () => Promise<void>;
}

type Asked = { readonly what: "add" } | { readonly what: "change" | "remove"; readonly rule: RuleMessage };

/** The list, and the dialogs in which it is changed. */
export function Rules({ connection, workspaces, access, allowed, now, onChanged }: Props): VNode {
  const [asked, ask] = useState<Asked | undefined>();
  const heading = useRef<HTMLHeadingElement>(null);
  const hasAsked = useRef(false);
  useLayoutEffect(() => {
    if (asked !== undefined) hasAsked.current = asked.what !== "add";
    // The button that asked is gone with its rule: whoever was there goes on from the heading.
    else if (hasAsked.current && document.activeElement === document.body) {
      heading.current?.focus();
      hasAsked.current = false;
    }
  }, [asked, access.rules]);
  const isAboutGroups = asked !== undefined || access.rules.some(({ group }) => "id" in group);
  const groups = useGroups(connection.id, isAboutGroups ? access.journal : undefined);
  const dialog = { connection, groups, onChanged, onClose: () => ask(undefined) };
  return (
    <section class="card" aria-labelledby="rules">
      <h2 id="rules" ref={heading} tabIndex={-1}>
        {say("rulesTitle")}
      </h2>
      <p>{say("rulesText")}</p>
      {access.rules.length === 0 && <p class="hint">{say("rulesNone")}</p>}
      <ul class="rules">
        {access.rules.map((rule) => (
          <Item key={rule.id} rule={rule} groups={groups} allowed={allowed} onAsk={(what) => ask({ what, rule })} />
        ))}
      </ul>
      <Progress jobs={access.jobs} now={now} />
      {allowed && (
        <button type="button" onClick={() => ask({ what: "add" })}>
          {say("ruleNew")}
        </button>
      )}
      {asked?.what === "add" && <RuleForm {...dialog} workspaces={workspaces} rule={undefined} />}
      {asked?.what === "change" && <RuleForm {...dialog} workspaces={workspaces} rule={asked.rule} />}
      {asked?.what === "remove" && <RuleRemoval {...dialog} rule={asked.rule} />}
    </section>
  );
}

interface ItemProps {
  readonly rule: RuleMessage;
  readonly groups: readonly NamedMessage[];
  readonly allowed: boolean;
  readonly onAsk: (what: "change" | "remove") => void;
}

function Item({ rule, groups, allowed, onAsk }: ItemProps): VNode {
  const { group, role, workspace, problem } = rule;
  const title = `${groupName(group, groups)} → ${role.name}`;
  return (
    <li>
      <div class="control">
        <p>
          <strong>{title}</strong> <span class="hint">{say("ruleIn", { workspace: workspace.name })}</span>
          {"id" in group && <span class="hint">, {say("ruleThisGroup")}</span>}
        </p>
        {allowed && (
          <div class="buttons">
            <button
              type="button"
              class="small"
              aria-label={say("ruleChangeNamed", { rule: title })}
              onClick={() => onAsk("change")}
            >
              {say("ruleChange")}
            </button>
            <button
              type="button"
              class="small danger"
              aria-label={say("ruleRemoveNamed", { rule: title })}
              onClick={() => onAsk("remove")}
            >
              {say("ruleRemove")}
            </button>
          </div>
        )}
      </div>
      {problem !== undefined && <Callout severity="warning" title={say("ruleProblem")} detail={problem} />}
    </li>
  );
}
