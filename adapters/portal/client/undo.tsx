/** What the connection has written, and taking it back. */
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import type { JournalEntryMessage, RevertMessage } from "../access-messages.ts";
import { Failure } from "./failure.tsx";
import { dateTime, time } from "./format.ts";
import { Request, whatOf } from "./journal-request.tsx";
import { say } from "./page.ts";
import { RevertSteps } from "./revert-steps.tsx";
import { UndoDialog } from "./undo-dialog.tsx";
import { UndoSince } from "./undo-since.tsx";
import { useJournal } from "./use-journal.ts";

interface Props {
  readonly connection: string;
  /** The sequence of the newest entry; 0 for none. */
  readonly newest: number;
  readonly allowed: boolean;
  readonly now: number;
  readonly onChanged: () => Promise<void>;
}

/** What is to be taken back, and how it is called. */
interface Asked {
  readonly title: string;
  readonly selection: { readonly request: string } | { readonly since: string };
}

/** The journal by requests, and the dialog that takes one back or everything since a time. */
export function Undo({ connection, newest, allowed, now, onChanged }: Props): VNode {
  const [asked, ask] = useState<Asked | undefined>();
  const [result, setResult] = useState<RevertMessage | undefined>();
  const { requests, more, busy, failure, loadMore } = useJournal(connection, newest);
  const askFor = ([first]: readonly JournalEntryMessage[]): void => {
    if (first !== undefined) ask({ title: say("undoAsk"), selection: { request: first.request } });
  };
  const askSince = (since: string): void =>
    ask({ title: say("undoSinceConfirm", { time: dateTime(since) }), selection: { since } });
  const done = async (outcome: RevertMessage): Promise<void> => {
    setResult(outcome);
    await onChanged();
  };
  return (
    <section class="card" aria-labelledby="undo">
      <h2 id="undo">{say("undoTitle")}</h2>
      <p>{say("undoText")}</p>
      {allowed && newest > 0 && <UndoSince onAsk={askSince} />}
      <div role="status">
        {result !== undefined && (
          <div class="callout" data-severity={result.conflicts > 0 ? "warning" : "info"}>
            <h3>{say("undoResult")}</h3>
            <RevertSteps revert={result} />
          </div>
        )}
      </div>
      {newest === 0 && <p class="hint">{say("undoNone")}</p>}
      <ol class="log">
        {requests.map((entries) => (
          <Request
            key={entries[0]?.request}
            entries={entries}
            now={now}
            undo={
              allowed
                ? {
                    label: say("undoNamed", { what: whatOf(entries), time: timeOf(entries, now) }),
                    onAsk: () => askFor(entries),
                  }
                : undefined
            }
          />
        ))}
      </ol>
      <Failure reason={failure} />
      {more && (
        <button type="button" onClick={loadMore} aria-disabled={busy}>
          {say("logMore")}
        </button>
      )}
      {asked !== undefined && (
        <UndoDialog connection={connection} {...asked} onDone={done} onClose={() => ask(undefined)} />
      )}
    </section>
  );
}

function timeOf([first]: readonly JournalEntryMessage[], now: number): string {
  return first === undefined ? "" : time(first.at, now);
}
