/** newJob: a job that has not begun. */
import type { ConnectionContext } from "../connections/connection.ts";
import type { Job, JobKind } from "./job.ts";

/** A job of a connection, to be done from its beginning. */
export function newJob(
  { connection, organisation }: Pick<ConnectionContext, "connection" | "organisation">,
  what: JobKind,
  now: Date,
): Job {
  return {
    id: crypto.randomUUID(),
    connection,
    organisation,
    what,
    created: now,
    done: 0,
    total: undefined,
    cursor: undefined,
    finished: undefined,
    blocked: [],
    problem: undefined,
  };
}
