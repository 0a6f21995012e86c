/** The status of a connection, asked for again and again while somebody looks at the page. */
import { useCallback, useEffect, useState } from "preact/hooks";
import type { ErrorMessage, StatusMessage } from "../messages.ts";
import { call, reason } from "./call.ts";
import { repeat } from "./repeat.ts";

const interval = 3000;

/** The newest status, and why there is no newer one. */
export interface Live {
  readonly status: StatusMessage | undefined;
  readonly failure: ErrorMessage | undefined;
  /** By the clock of this computer, once a second. */
  readonly now: number;
  /** Asks at once. */
  refresh(): Promise<void>;
}

/** The status of a connection, kept up to date. */
export function useStatus(connection: string): Live {
  const [status, setStatus] = useState<StatusMessage | undefined>();
  const [failure, setFailure] = useState<ErrorMessage | undefined>();
  const refresh = useCallback(async () => {
    try {
      setStatus(await call("GET", `/connections/${encodeURIComponent(connection)}`));
      setFailure(undefined);
    } catch (thrown) {
      setFailure(reason(thrown));
    }
  }, [connection]);
  useEffect(() => repeat(() => refresh().then(() => interval)), [refresh]);
  return { status: status?.connection.id === connection ? status : undefined, failure, now: useNow(), refresh };
}

function useNow(): number {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
