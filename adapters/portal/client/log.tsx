/** The requests of the identity provider, newest first, with errors explained. */
import type { VNode } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { LogMessage, LogPageMessage } from "../messages.ts";
import { call } from "./call.ts";
import { Failure } from "./failure.tsx";
import { dateTime, duration, time } from "./format.ts";
import { say } from "./page.ts";
import { Row } from "./row.tsx";
import { useAction } from "./use-action.ts";

interface Props {
  readonly connection: string;
  /** The newest entries, as they come. */
  readonly log: LogPageMessage;
  readonly now: number;
}

/** The log, with older entries on request. */
export function Log({ connection, log, now }: Props): VNode {
  const [all, setAll] = useState(log);
  const [errorsOnly, setErrorsOnly] = useState(false);
  const action = useAction();
  useEffect(() => setAll((before) => joined(log, before)), [log]);
  const entries = errorsOnly ? all.entries.filter(({ outcome }) => outcome !== "ok") : all.entries;
  const loadMore = (): Promise<boolean> =>
    action.run(async () => {
      const before = all.entries.at(-1)?.sequence ?? 0;
      const path = `/connections/${encodeURIComponent(connection)}/log?before=${before}`;
      const page = await call<LogPageMessage>("GET", path);
      setAll((shown) => joined(shown, page));
    });
  return (
    <section class="card" aria-labelledby="log">
      <div class="heading">
        <h2 id="log">{say("logTitle")}</h2>
        <label class="check">
          <input type="checkbox" checked={errorsOnly} onChange={() => setErrorsOnly(!errorsOnly)} />
          {say("logOnlyErrors")}
        </label>
      </div>
      {entries.length === 0 && <p class="hint">{say(all.entries.length === 0 ? "logEmpty" : "logNoErrors")}</p>}
      <ol class="log">
        {entries.map((entry) => (
          <Entry key={entry.sequence} entry={entry} now={now} />
        ))}
      </ol>
      <Failure reason={action.failure} />
      {all.more && (
        <button type="button" onClick={loadMore} aria-disabled={action.busy}>
          {say("logMore")}
        </button>
      )}
    </section>
  );
}

/** Two pages as one where they meet; where something is missing between them, the newer alone. */
function joined(newer: LogPageMessage, older: LogPageMessage): LogPageMessage {
  const oldest = newer.entries.at(-1)?.sequence;
  const newest = older.entries[0]?.sequence;
  if (oldest === undefined || newest === undefined) return newer.entries.length > 0 ? newer : older;
  if (newest < oldest - 1) return newer;
  const rest = older.entries.filter(({ sequence }) => sequence < oldest);
  return { entries: [...newer.entries, ...rest], more: rest.length > 0 ? older.more : newer.more };
}

function Entry({ entry, now }: { readonly entry: LogMessage; readonly now: number }): VNode {
  return (
    <li data-outcome={entry.outcome}>
      <details>
        <summary>
          <span class="what">{say(entry.request)}</span>
          <span class="outcome">{outcomeOf(entry)}</span>
          <time dateTime={entry.at} title={dateTime(entry.at)}>
            {time(entry.at, now)}
          </time>
        </summary>
        <Detail entry={entry} />
      </details>
    </li>
  );
}

function Detail({ entry }: { readonly entry: LogMessage }): VNode {
  return (
    <dl>
      {entry.explanation !== undefined && <Row label={say("logMeaning")}>{say(entry.explanation)}</Row>}
      {entry.detail !== undefined && (
        <Row label={say("logSaid")}>
          <span lang="en">{entry.detail}</span>
        </Row>
      )}
      {entry.notes.length > 0 && (
        <Row label={say("logNotes")}>
          <span lang="en">{entry.notes.join(" ")}</span>
        </Row>
      )}
      <Row label={say("logRequest")}>
        <code>
          {entry.method} {entry.path ?? ""}
        </code>
      </Row>
      <Row label={say("logOutcome")}>
        <code>
          {entry.status} {entry.scimType ?? ""}
        </code>
      </Row>
      {entry.resourceId !== undefined && (
        <Row label={say("logId")}>
          <code>{entry.resourceId}</code>
        </Row>
      )}
      <Row label={say("logDuration")}>{duration(entry.duration)}</Row>
      {(entry.userAgent ?? entry.provider) !== undefined && (
        <Row label={say("logClient")}>{[entry.provider, entry.userAgent].filter(Boolean).join(" · ")}</Row>
      )}
    </dl>
  );
}

function outcomeOf({ outcome }: LogMessage): string {
  return say(outcome === "ok" ? "logOk" : outcome === "refused" ? "logRefused" : "logError");
}
