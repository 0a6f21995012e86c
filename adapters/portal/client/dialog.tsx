/** A question that has to be answered before something happens. */
import type { ComponentChildren, VNode } from "preact";
import { useId, useLayoutEffect, useRef } from "preact/hooks";
import type { Text } from "../strings/en.ts";
import { Failure } from "./failure.tsx";
import { say } from "./page.ts";
import { useAction } from "./use-action.ts";

interface Props {
  readonly title: string;
  /** What the button says that does it. */
  readonly confirm: Text;
  readonly danger?: boolean;
  /** Whether there is nothing to confirm yet. Default false. */
  readonly disabled?: boolean;
  /** Room for two columns, where the window has it. */
  readonly wide?: boolean;
  readonly children: ComponentChildren;
  /** Does it. What it throws is shown, and the dialog stays. */
  readonly onConfirm: () => Promise<void>;
  readonly onClose: () => void;
}

/** A modal dialog: the browser keeps the focus inside of it, closes it on Escape, and returns the focus after it. */
export function Dialog({
  title,
  confirm,
  danger = false,
  wide = false,
  disabled = false,
  children,
  onConfirm,
  onClose,
}: Props): VNode {
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useId();
  const action = useAction();
  useLayoutEffect(() => dialog.current?.showModal(), []);
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (disabled) return;
    if (await action.run(onConfirm)) dialog.current?.close();
  };
  return (
    <dialog ref={dialog} class={wide ? "wide" : ""} aria-labelledby={heading} onClose={onClose}>
      <form onSubmit={submit}>
        <h2 id={heading}>{title}</h2>
        {children}
        <Failure reason={action.failure} />
        <div class="buttons">
          <button type="button" onClick={() => dialog.current?.close()}>
            {say("cancel")}
          </button>
          <button type="submit" class={danger ? "danger" : "primary"} aria-disabled={action.busy || disabled}>
            {say(confirm)}
          </button>
        </div>
      </form>
    </dialog>
  );
}
