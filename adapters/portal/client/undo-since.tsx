/** From when on everything is to be taken back. */
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { Field } from "./field.tsx";
import { say } from "./page.ts";

/** A form that asks for the time, and does nothing by itself. @param onAsk - with an ISO 8601 text */
export function UndoSince({ onAsk }: { readonly onAsk: (since: string) => void }): VNode {
  const [since, setSince] = useState("");
  const submit = (event: Event): void => {
    event.preventDefault();
    onAsk(new Date(since).toISOString());
  };
  return (
    <details>
      <summary>{say("undoSinceTitle")}</summary>
      <form onSubmit={submit}>
        <Field label="undoSince" hint="undoSinceHint">
          {(control) => (
            <input
              {...control}
              type="datetime-local"
              required
              step={1}
              value={since}
              onInput={(event) => setSince(event.currentTarget.value)}
            />
          )}
        </Field>
        <div class="buttons">
          <button type="submit">{say("undoSinceAsk")}</button>
        </div>
      </form>
    </details>
  );
}
