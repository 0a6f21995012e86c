/** The whole page. */
import type { VNode } from "preact";
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { CreatedMessage, OverviewMessage } from "../messages.ts";
import { call } from "./call.ts";
import { Connection } from "./connection.tsx";
import { Failure } from "./failure.tsx";
import { Notices } from "./notice.tsx";
import { page, say } from "./page.ts";
import { Setup } from "./setup.tsx";
import { useAction } from "./use-action.ts";

/** The page: what there is to set up, or what there is. */
export function App(): VNode {
  const [overview, setOverview] = useState<OverviewMessage | undefined>();
  const { failure, run } = useAction();
  const load = useCallback(async () => setOverview(await call("GET", "/overview")), []);
  useEffect(() => void run(load), []);
  return (
    <Notices>
      <header>
        {page.back !== undefined && (
          <a class="back" href={page.back.url}>
            {page.back.label}
          </a>
        )}
        <h1>{say("title")}</h1>
        {page.organisation !== "" && (
          <p class="organisation">{say("forOrganisation", { organisation: page.organisation })}</p>
        )}
        <p class="lead">{say("lead")}</p>
      </header>
      <main>
        <Failure reason={failure} />
        {overview === undefined && failure === undefined && <p class="hint">{say("loading")}</p>}
        {overview !== undefined && <Contents overview={overview} onChanged={load} />}
      </main>
    </Notices>
  );
}

interface Props {
  readonly overview: OverviewMessage;
  readonly onChanged: () => Promise<void>;
}

function Contents({ overview, onChanged }: Props): VNode {
  const [selected, select] = useState<string | undefined>();
  const [secret, setSecret] = useState<{ readonly connection: string; readonly secret: string } | undefined>();
  const { connections } = overview;
  const shown = connections.find(({ id }) => id === selected) ?? connections[0];
  const created = async ({ connection, issued }: CreatedMessage): Promise<void> => {
    if (issued !== undefined) setSecret({ connection: connection.id, secret: issued.secret });
    select(connection.id);
    await onChanged();
  };
  return (
    <>
      {!overview.entitled && <NoPlan reason={overview.reason} />}
      {connections.length > 1 && <Tabs overview={overview} shown={shown?.id} onSelect={select} />}
      {shown !== undefined && (
        <Connection
          key={shown.id}
          id={shown.id}
          overview={overview}
          secret={secret?.connection === shown.id ? secret.secret : undefined}
          onSecret={(made) => setSecret(made === undefined ? undefined : { connection: shown.id, secret: made })}
          onChanged={onChanged}
          onDeleted={onChanged}
        />
      )}
      <SetupCard overview={overview} onCreated={created} />
    </>
  );
}

function NoPlan({ reason }: { readonly reason: string | undefined }): VNode {
  return (
    <section class="callout" data-severity="warning" aria-labelledby="plan">
      <h2 id="plan">{say("planTitle")}</h2>
      <p>{reason ?? say("planText")}</p>
    </section>
  );
}

interface TabsProps {
  readonly overview: OverviewMessage;
  readonly shown: string | undefined;
  readonly onSelect: (id: string) => void;
}

function Tabs({ overview, shown, onSelect }: TabsProps): VNode {
  return (
    <nav aria-label={say("connections")}>
      <ul class="tabs">
        {overview.connections.map(({ id, workspace }) => (
          <li key={id}>
            <button type="button" aria-current={id === shown} onClick={() => onSelect(id)}>
              {workspace.name}
            </button>
          </li>
        ))}
      </ul>
    </nav>
  );
}

interface SetupCardProps {
  readonly overview: OverviewMessage;
  readonly onCreated: (created: CreatedMessage) => Promise<void>;
}

/** Where something can be set up; after the last connection is gone it gets the focus, which was in its place. */
function SetupCard({ overview, onCreated }: SetupCardProps): VNode | null {
  const { actions, entitled, available, connections } = overview;
  const heading = useRef<HTMLHeadingElement>(null);
  const first = connections.length === 0;
  const [before, setBefore] = useState(connections.length);
  useLayoutEffect(() => {
    if (connections.length < before) heading.current?.focus();
    setBefore(connections.length);
  }, [connections.length]);
  if (!entitled) return null;
  if (!actions.includes("configure")) return first ? <p class="callout">{say("readOnly")}</p> : null;
  if (!first && available.length === 0) return null;
  const form = <Setup key={available.map(({ id }) => id).join(" ")} workspaces={available} onCreated={onCreated} />;
  const title = (
    <h2 id="setup" ref={heading} tabIndex={-1}>
      {say(first ? "setupTitle" : "setupMore")}
    </h2>
  );
  return (
    <section class="card" aria-labelledby="setup">
      {first ? (
        <>
          {title}
          <p>{say("setupText")}</p>
          {form}
        </>
      ) : (
        <details>
          <summary>{title}</summary>
          <p>{say("setupText")}</p>
          {form}
        </details>
      )}
    </section>
  );
}
