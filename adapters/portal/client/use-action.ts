/** Something that takes a moment and may fail: a button's or a form's. */
import { useState } from "preact/hooks";
import type { ErrorMessage } from "../messages.ts";
import { reason } from "./call.ts";

/** An action, whether it is under way, and why it failed the last time. */
export interface Action {
  readonly busy: boolean;
  readonly failure: ErrorMessage | undefined;
  /** Runs it, unless it is under way; true when it succeeded. */
  run(work: () => Promise<void>): Promise<boolean>;
}

/** The state of one button or form. */
export function useAction(): Action {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<ErrorMessage | undefined>();
  const run = async (work: () => Promise<void>): Promise<boolean> => {
    if (busy) return false;
    setBusy(true);
    setFailure(undefined);
    try {
      await work();
      return true;
    } catch (thrown) {
      setFailure(reason(thrown));
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { busy, failure, run };
}
