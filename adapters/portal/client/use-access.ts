/** Rules, jobs and what became of them, asked for again and again while somebody looks at the page. */
import { useCallback, useEffect, useState } from "preact/hooks";
import type { AccessMessage } from "../access-messages.ts";
import type { ErrorMessage } from "../messages.ts";
import { call, reason } from "./call.ts";
import { repeat } from "./repeat.ts";

/** In milliseconds: while rules are applied, and otherwise. */
const interval = { busy: 1000, idle: 4000 };

/** The newest state, and why there is no newer one. */
export interface LiveAccess {
  readonly access: AccessMessage | undefined;
  readonly failure: ErrorMessage | undefined;
  /** Asks at once. */
  refresh(): Promise<void>;
}

/** The access of a connection, kept up to date. */
export function useAccess(connection: string): LiveAccess {
  const [access, setAccess] = useState<AccessMessage | undefined>();
  const [failure, setFailure] = useState<ErrorMessage | undefined>();
  const load = useCallback(async (): Promise<number> => {
    try {
      const newest = await call<AccessMessage>("GET", `/connections/${encodeURIComponent(connection)}/access`);
      setAccess(newest);
      setFailure(undefined);
      return newest.jobs.some(({ finished }) => finished === undefined) ? interval.busy : interval.idle;
    } catch (thrown) {
      setFailure(reason(thrown));
      return interval.idle;
    }
  }, [connection]);
  useEffect(() => repeat(load), [load]);
  const refresh = useCallback(async (): Promise<void> => void (await load()), [load]);
  return { access, failure, refresh };
}
