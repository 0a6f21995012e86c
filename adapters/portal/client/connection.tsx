/** Everything about one connection. */
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import type { IssuedMessage, OverviewMessage, StatusMessage } from "../messages.ts";
import { Access } from "./access.tsx";
import { Control } from "./control.tsx";
import { Credentials } from "./credentials.tsx";
import { Doctor } from "./doctor.tsx";
import { Failure } from "./failure.tsx";
import { Guide } from "./guide.tsx";
import { Log } from "./log.tsx";
import { page, say } from "./page.ts";
import { Settings } from "./settings.tsx";
import { Status } from "./status.tsx";
import { Tokens } from "./tokens.tsx";
import { useStatus } from "./use-status.ts";

interface Props {
  readonly id: string;
  readonly overview: OverviewMessage;
  /** The token that was just made with it, or for it. */
  readonly secret: string | undefined;
  readonly onSecret: (secret: string | undefined) => void;
  readonly onChanged: () => Promise<void>;
  readonly onDeleted: () => Promise<void>;
}

/** The page of a connection: its state first, then what to do next, then everything else. */
export function Connection({ id, overview, secret, onSecret, onChanged, onDeleted }: Props): VNode {
  const live = useStatus(id);
  const { status, now } = live;
  if (status === undefined) return <Loading failure={live.failure} />;
  const changed = async (): Promise<void> => {
    await Promise.all([live.refresh(), onChanged()]);
  };
  const issued = ({ secret: made }: IssuedMessage): void => {
    onSecret(made);
    void live.refresh();
  };
  const may = (action: OverviewMessage["actions"][number]): boolean => overview.actions.includes(action);
  return (
    <>
      <Failure reason={live.failure} />
      <Status status={status} entitled={overview.entitled} now={now} />
      <Doctor findings={status.findings} now={now} />
      <Credentials secret={secret} onStored={() => onSecret(undefined)} />
      <Instructions status={status} secret={secret} />
      <Log key={id} connection={id} log={status.log} now={now} />
      {page.hasAccess === true && (
        <Access
          key={id}
          connection={status.connection}
          workspaces={overview.workspaces}
          actions={overview.actions}
          now={now}
        />
      )}
      <Tokens
        connection={id}
        tokens={status.tokens}
        allowed={may("tokens")}
        now={now}
        onIssued={issued}
        onChanged={changed}
      />
      {may("configure") && (
        <section class="card" aria-labelledby="settings">
          <h2 id="settings">{say("settingsTitle")}</h2>
          <Settings
            key={id}
            connection={status.connection}
            workspaces={choicesFor(status, overview)}
            onChanged={changed}
          />
        </section>
      )}
      {(may("pause") || may("delete")) && (
        <Control connection={status.connection} actions={overview.actions} onChanged={changed} onDeleted={onDeleted} />
      )}
    </>
  );
}

function Loading({ failure }: { readonly failure: Parameters<typeof Failure>[0]["reason"] }): VNode {
  return (
    <>
      <Failure reason={failure} />
      {failure === undefined && <p class="hint">{say("loading")}</p>}
    </>
  );
}

/** Open until the identity provider has called for the first time. */
function Instructions({
  status,
  secret,
}: {
  readonly status: StatusMessage;
  readonly secret: string | undefined;
}): VNode {
  const [toggled, setToggled] = useState<boolean | undefined>();
  const open = toggled ?? (!status.health.connected || secret !== undefined);
  return (
    <section class="card" aria-labelledby="guide">
      <details open={open} onToggle={(event) => setToggled(event.currentTarget.open === open ? toggled : !open)}>
        <summary>
          <h2 id="guide">{say("guideTitle")}</h2>
        </summary>
        <Guide secret={secret} first={status.health.provider?.guide ?? "entra"} />
      </details>
    </section>
  );
}

/** The workspace that it has, and those that are free. */
function choicesFor({ connection }: StatusMessage, overview: OverviewMessage): OverviewMessage["workspaces"] {
  const own = connection.workspace.id;
  return overview.workspaces.filter(
    ({ id }) => id === own || !overview.connections.some(({ workspace }) => workspace.id === id),
  );
}
