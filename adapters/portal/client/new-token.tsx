/** Making one more token. */
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import type { IssuedMessage } from "../messages.ts";
import { call } from "./call.ts";
import { Dialog } from "./dialog.tsx";
import { Field } from "./field.tsx";
import { say } from "./page.ts";

interface Props {
  /** Where tokens are made. */
  readonly path: string;
  readonly onIssued: (issued: IssuedMessage) => void;
}

/** A button, and the dialog that it opens. */
export function NewToken({ path, onIssued }: Props): VNode {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" onClick={() => setOpen(true)}>
        {say("tokenNew")}
      </button>
      {open && <Form path={path} onIssued={onIssued} onClose={() => setOpen(false)} />}
    </>
  );
}

function Form({ path, onIssued, onClose }: Props & { readonly onClose: () => void }): VNode {
  const [label, setLabel] = useState("");
  const [expires, setExpires] = useState("");
  const issue = async (): Promise<void> => {
    onIssued(await call("POST", path, { label, ...(expires === "" ? {} : { expires: endOf(expires) }) }));
  };
  return (
    <Dialog title={say("tokenNew")} confirm="tokenIssue" onConfirm={issue} onClose={onClose}>
      <Field label="tokenLabel" hint="tokenLabelHint">
        {(control) => (
          <input
            {...control}
            type="text"
            maxLength={100}
            autocomplete="off"
            value={label}
            onInput={(event) => setLabel(event.currentTarget.value)}
          />
        )}
      </Field>
      <Field label="tokenExpires" hint="tokenExpiresHint">
        {(control) => (
          <input
            {...control}
            type="date"
            min={tomorrow()}
            value={expires}
            onInput={(event) => setExpires(event.currentTarget.value)}
          />
        )}
      </Field>
    </Dialog>
  );
}

/** A date as date fields write it, one day on. */
function tomorrow(): string {
  const day = new Date(Date.now() + 86_400_000);
  const two = (part: number): string => String(part).padStart(2, "0");
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
}

/** The beginning of a day, where the reader is: the token stops on that day. */
function endOf(day: string): string {
  return new Date(`${day}T00:00`).toISOString();
}
