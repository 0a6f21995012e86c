/** What taking back does to each resource, or would do. */
import type { VNode } from "preact";
import type { RevertMessage, RevertStepMessage } from "../access-messages.ts";
import type { Text } from "../strings/en.ts";
import { count } from "./format.ts";
import { say } from "./page.ts";

/** The counts, and the first resources: those that are left as they are before the others. */
export function RevertSteps({ revert: { changed, conflicts, steps } }: { readonly revert: RevertMessage }): VNode {
  if (changed + conflicts === 0) return <p>{say("undoNothing")}</p>;
  const more = changed + conflicts - steps.length;
  return (
    <>
      <p>{say("undoCount", { changed: count(changed), conflicts: count(conflicts) })}</p>
      <ul>
        {steps.map((step, index) => (
          <Step key={index} step={step} />
        ))}
        {more > 0 && <li class="hint">{say("previewMore", { count: count(more) })}</li>}
      </ul>
    </>
  );
}

const actions: Readonly<Record<RevertStepMessage["action"], Text>> = {
  restore: "undoRestore",
  delete: "undoDelete",
  recreate: "undoRecreate",
  nothing: "undoNothing",
};

function Step({ step }: { readonly step: RevertStepMessage }): VNode {
  const { name, action, paths, joining, leaving, conflict } = step;
  if (conflict !== undefined) {
    return (
      <li>
        <strong>{name}</strong>: {say("undoLeft")}. <span lang="en">{conflict}</span>
      </li>
    );
  }
  const members = [
    joining > 0 && say("undoJoin", { count: count(joining) }),
    leaving > 0 && say("undoLeave", { count: count(leaving) }),
  ].filter((text) => text !== false);
  // Where only members change, there are no old values to speak of.
  const isAboutMembers = action === "restore" && paths.length === 0 && members.length > 0;
  return (
    <li>
      <strong>{name}</strong> {!isAboutMembers && say(actions[action])}{" "}
      {paths.length > 0 && <code>{paths.join(", ")}</code>} {members.join(". ")}
    </li>
  );
}
