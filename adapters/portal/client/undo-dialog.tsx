/** The question before something is taken back, with what that changes. */
import type { VNode } from "preact";
import type { RevertMessage } from "../access-messages.ts";
import { call } from "./call.ts";
import { Dialog } from "./dialog.tsx";
import { Failure } from "./failure.tsx";
import { useAnnounce } from "./notice.tsx";
import { say } from "./page.ts";
import { RevertSteps } from "./revert-steps.tsx";
import { usePreview } from "./use-preview.ts";

interface Props {
  readonly connection: string;
  readonly title: string;
  readonly selection: { readonly request: string } | { readonly since: string };
  readonly onDone: (outcome: RevertMessage) => Promise<void>;
  readonly onClose: () => void;
}

/** The dialog. It can be confirmed once it has shown what there is to take back. */
export function UndoDialog({ connection, title, selection, onDone, onClose }: Props): VNode {
  const path = `/connections/${encodeURIComponent(connection)}/undo`;
  const { answer, failure } = usePreview<RevertMessage>(`${path}/preview`, selection);
  const announce = useAnnounce();
  const undo = async (): Promise<void> => {
    const outcome = await call<RevertMessage>("POST", path, selection);
    announce("undoDone");
    await onDone(outcome);
  };
  return (
    <Dialog
      title={title}
      confirm="undo"
      danger
      disabled={(answer?.changed ?? 0) === 0}
      onConfirm={undo}
      onClose={onClose}
    >
      <Failure reason={failure} />
      <div class="preview" aria-live="polite">
        {answer === undefined && failure === undefined && <p class="hint">{say("loading")}</p>}
        {answer !== undefined && <RevertSteps revert={answer} />}
      </div>
    </Dialog>
  );
}
