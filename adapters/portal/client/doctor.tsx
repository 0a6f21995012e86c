/** What the doctor would change in the identity provider. */
import type { ComponentChildren, VNode } from "preact";
import type { FindingMessage } from "../messages.ts";
import { Copyable } from "./copyable.tsx";
import { ago } from "./format.ts";
import { raw, say } from "./page.ts";
import { Rich } from "./rich.tsx";

interface Props {
  readonly findings: readonly FindingMessage[];
  readonly now: number;
}

/** The findings, gravest first; nothing where there are none. The list is there from the start, to be read aloud. */
export function Doctor({ findings, now }: Props): VNode {
  return (
    <section class="findings" aria-label={say("doctorTitle")} aria-live="polite" hidden={findings.length === 0}>
      {findings.map(({ title, text, severity, values }) => (
        <div key={title} class="callout" data-severity={severity}>
          <h3>{say(title, values)}</h3>
          <p>
            <Rich text={raw(text)} values={values} show={(name, shown) => shownValue(name, shown, now)} />
          </p>
        </div>
      ))}
    </section>
  );
}

function shownValue(name: string, text: string, now: number): ComponentChildren {
  if (name === "url") return <Copyable key={name} value={text} label={say("copyUrl")} />;
  if (name === "time") return ago(text, now);
  if (name !== "path" && name !== "token") return text;
  return (
    <code key={name} translate={false}>
      {text}
    </code>
  );
}
