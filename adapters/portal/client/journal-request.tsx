/** What one request of the identity provider has written. */
import type { VNode } from "preact";
import type { JournalEntryMessage } from "../access-messages.ts";
import type { Text } from "../strings/en.ts";
import { count, dateTime, time } from "./format.ts";
import { say } from "./page.ts";
import { Row } from "./row.tsx";

interface Props {
  /** Newest first; at least one. */
  readonly entries: readonly JournalEntryMessage[];
  readonly now: number;
  /** The button that takes it back, where somebody may. */
  readonly undo: { readonly label: string; readonly onAsk: () => void } | undefined;
}

/** A line that opens: whom or what it is about, and what was done. */
export function Request({ entries, now, undo }: Props): VNode | null {
  const [first] = entries;
  if (first === undefined) return null;
  return (
    <li data-outcome={first.deactivation || first.operation === "delete" ? "refused" : "ok"}>
      <details>
        <summary>
          <span class="what">{nameOf(entries)}</span>
          <span class="outcome">{say(deedOf(first))}</span>
          <time dateTime={first.at} title={dateTime(first.at)}>
            {time(first.at, now)}
          </time>
        </summary>
        {entries.map((entry) => (
          <Written key={entry.sequence} entry={entry} />
        ))}
        {undo !== undefined && (
          <button type="button" class="small" aria-label={undo.label} onClick={undo.onAsk}>
            {say("undo")}
          </button>
        )}
      </details>
    </li>
  );
}

/** What a request did, in a few words. */
export function whatOf(entries: readonly JournalEntryMessage[]): string {
  const [first] = entries;
  return first === undefined ? "" : `${nameOf(entries)}, ${say(deedOf(first))}`;
}

function nameOf(entries: readonly JournalEntryMessage[]): string {
  const name = entries[0]?.name ?? "";
  return entries.length === 1 ? name : `${name} ${say("previewMore", { count: count(entries.length - 1) })}`;
}

const deeds: Readonly<Record<JournalEntryMessage["operation"], Text>> = {
  create: "wroteCreate",
  replace: "wroteChange",
  patch: "wroteChange",
  delete: "wroteDelete",
};

function deedOf({ operation, deactivation, revert }: JournalEntryMessage): Text {
  if (revert) return "wroteRevert";
  return deactivation ? "wroteDeactivate" : deeds[operation];
}

function Written({ entry }: { readonly entry: JournalEntryMessage }): VNode {
  const { request, resourceType, name, changed, joined, left } = entry;
  const members = [
    joined > 0 && say("wroteJoined", { count: count(joined) }),
    left > 0 && say("wroteLeft", { count: count(left) }),
  ].filter((text) => text !== false);
  return (
    <dl>
      <Row label={resourceType}>
        {name}, {say(deedOf(entry))}
        {members.length > 0 && `, ${members.join(", ")}`}
      </Row>
      {changed.length > 0 && (
        <Row label={say("wroteAttributes")}>
          <code>{changed.join(", ")}</code>
        </Row>
      )}
      <Row label={say("requestId")}>
        <code>{request}</code>
      </Row>
    </dl>
  );
}
