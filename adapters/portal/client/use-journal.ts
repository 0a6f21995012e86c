/** What a connection has written, newest first, request by request. */
import { useCallback, useEffect, useState } from "preact/hooks";
import type { JournalEntryMessage, JournalMessage } from "../access-messages.ts";
import type { ErrorMessage } from "../messages.ts";
import { call, reason } from "./call.ts";
import { useAction } from "./use-action.ts";

/** The journal as far as it was asked for. */
export interface Journal {
  /** The entries of each request. */
  readonly requests: readonly (readonly JournalEntryMessage[])[];
  readonly more: boolean;
  readonly busy: boolean;
  readonly failure: ErrorMessage | undefined;
  /** Asks for older ones. */
  loadMore(): void;
}

/**
 * The journal of a connection.
 *
 * @param newest - the sequence of the newest entry there is: asks again when it changes
 */
export function useJournal(connection: string, newest: number): Journal {
  const [shown, setShown] = useState<JournalMessage>({ entries: [], more: false });
  const [failure, setFailure] = useState<ErrorMessage | undefined>();
  const action = useAction();
  const path = `/connections/${encodeURIComponent(connection)}/journal`;
  useEffect(() => {
    call<JournalMessage>("GET", path).then(
      (page) => {
        setFailure(undefined);
        setShown((before) => joined(page, before));
      },
      (thrown) => setFailure(reason(thrown)),
    );
  }, [path, newest]);
  const loadMore = useCallback(() => {
    void action.run(async () => {
      const page = await call<JournalMessage>("GET", `${path}?before=${shown.entries.at(-1)?.sequence ?? 1}`);
      setShown((before) => ({ entries: [...before.entries, ...page.entries], more: page.more }));
    });
  }, [path, shown]);
  return {
    requests: byRequest(shown.entries),
    more: shown.more,
    busy: action.busy,
    failure: failure ?? action.failure,
    loadMore,
  };
}

/** Two pages as one where they meet; where something may be missing between them, the newer alone. */
function joined(newer: JournalMessage, older: JournalMessage): JournalMessage {
  const oldest = newer.entries.at(-1)?.sequence ?? 0;
  const meet = older.entries.findIndex(({ sequence }) => sequence <= oldest);
  if (meet < 0 || older.entries[meet]?.sequence !== oldest) return newer;
  return { entries: [...newer.entries, ...older.entries.slice(meet + 1)], more: older.more };
}

/** Entries of one request follow upon one another. */
function byRequest(entries: readonly JournalEntryMessage[]): JournalEntryMessage[][] {
  const requests: JournalEntryMessage[][] = [];
  for (const entry of entries) {
    const last = requests.at(-1);
    if (last?.[0]?.request === entry.request) last.push(entry);
    else requests.push([entry]);
  }
  return requests;
}
