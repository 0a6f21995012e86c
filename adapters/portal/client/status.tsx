/** How a connection is doing, at a glance. */
import type { VNode } from "preact";
import type { HealthMessage, StatusMessage } from "../messages.ts";
import { ago, count, dateTime } from "./format.ts";
import { say } from "./page.ts";

interface Props {
  readonly status: StatusMessage;
  readonly entitled: boolean;
  /** The time by which "12 seconds ago" goes. */
  readonly now: number;
}

/** The state, read aloud when it changes, and what there is to count. */
export function Status({ status, entitled, now }: Props): VNode {
  const { connection, health } = status;
  const state = stateOf(status, entitled);
  return (
    <section class="card" aria-labelledby="status">
      <h2 id="status">{say("statusTitle")}</h2>
      <div class="state" data-state={state} role="status">
        <span class="dot" aria-hidden="true" />
        <strong>{stateText(state, health)}</strong>
        {state === "waiting" && <p class="hint">{say("waitingHint")}</p>}
        {state === "paused" && <p class="hint">{say("pausedHint")}</p>}
        {state === "refused" && <p class="hint">{say("planStopped")}</p>}
      </div>
      <dl class="facts">
        <Fact label={say("workspace")} value={connection.workspace.name} />
        <Fact label={say("role")} value={connection.defaultRole.name} />
        <Fact label={say("users")} value={count(health.users)} />
        <Fact label={say("groups")} value={count(health.groups)} />
        <TimeFact label={say("lastRequest")} at={health.lastRequest} now={now} />
        <TimeFact label={say("lastError")} at={health.lastError} now={now} />
      </dl>
    </section>
  );
}

function Fact({ label, value }: { readonly label: string; readonly value: string }): VNode {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </div>
  );
}

interface TimeFactProps {
  readonly label: string;
  readonly at: string | undefined;
  readonly now: number;
}

function TimeFact({ label, at, now }: TimeFactProps): VNode {
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        {at === undefined ? (
          say("none")
        ) : (
          <time dateTime={at} title={dateTime(at)}>
            {ago(at, now)}
          </time>
        )}
      </dd>
    </div>
  );
}

type State = "waiting" | "connected" | "paused" | "refused";

function stateOf({ connection, health }: StatusMessage, entitled: boolean): State {
  if (!entitled) return "refused";
  if (connection.state === "paused") return "paused";
  return health.connected ? "connected" : "waiting";
}

function stateText(state: State, { provider }: HealthMessage): string {
  if (state === "paused") return say("paused");
  if (state === "refused") return say("notEntitled");
  if (state === "waiting") return say("waiting");
  return provider === undefined ? say("connected") : say("connectedTo", { provider: provider.name });
}
