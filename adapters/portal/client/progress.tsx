/** How far rules have been applied. */
import type { VNode } from "preact";
import type { JobMessage } from "../access-messages.ts";
import { Callout } from "./callout.tsx";
import { ago, count } from "./format.ts";
import { say } from "./page.ts";

interface Props {
  /** What is under way, and the newest one that is finished. */
  readonly jobs: readonly JobMessage[];
  readonly now: number;
}

/** What is under way; if nothing is, when that ended. */
export function Progress({ jobs, now }: Props): VNode {
  const running = jobs.filter(({ finished }) => finished === undefined);
  const last = jobs.find(({ finished }) => finished !== undefined);
  return (
    <div class="jobs">
      {running.map((job) => (
        <Running key={job.id} job={job} />
      ))}
      {running.length === 0 && last?.finished !== undefined && (
        <p class="hint">{say("progressDone", { time: ago(last.finished, now), count: count(last.done) })}</p>
      )}
    </div>
  );
}

function Running({ job: { done, total, problem } }: { readonly job: JobMessage }): VNode {
  return (
    <div>
      <strong>{say("progressLabel")}</strong>
      {/* Without a value it says that it works, and not how far it is. */}
      <progress
        aria-label={say("progressLabel")}
        {...(total === undefined ? {} : { max: Math.max(total, 1), value: done })}
      />
      <p class="hint">
        {total === undefined ? say("progressCounting") : say("progressOf", { done: count(done), total: count(total) })}
      </p>
      {problem !== undefined && <Callout severity="warning" title={say("progressRetried")} detail={problem} />}
    </div>
  );
}
