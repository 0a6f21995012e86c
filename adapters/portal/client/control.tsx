/** Pausing, resuming and deleting a connection, each after a question. */
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import type { ConnectionMessage, PortalAction } from "../messages.ts";
import type { Text } from "../strings/en.ts";
import { call } from "./call.ts";
import { Dialog } from "./dialog.tsx";
import { useAnnounce } from "./notice.tsx";
import { say } from "./page.ts";

interface Props {
  readonly connection: ConnectionMessage;
  readonly actions: readonly PortalAction[];
  readonly onChanged: () => Promise<void>;
  readonly onDeleted: () => Promise<void>;
}

/** The buttons that somebody may press. */
export function Control({ connection, actions, onChanged, onDeleted }: Props): VNode {
  const [asked, setAsked] = useState<"pause" | "resume" | "remove" | undefined>();
  const other = connection.state === "paused" ? "resume" : "pause";
  const close = (): void => setAsked(undefined);
  return (
    <section class="card" aria-labelledby="control">
      <h2 id="control">{say("controlTitle")}</h2>
      {actions.includes("pause") && (
        <div class="control">
          <p>{say(other === "pause" ? "pauseText" : "resumeText")}</p>
          <button type="button" onClick={() => setAsked(other)}>
            {say(other)}
          </button>
        </div>
      )}
      {actions.includes("delete") && (
        <div class="control">
          <p>{say("removeText")}</p>
          <button type="button" class="danger" onClick={() => setAsked("remove")}>
            {say("remove")}
          </button>
        </div>
      )}
      {(asked === "pause" || asked === "resume") && (
        <Switch connection={connection} to={asked} onChanged={onChanged} onClose={close} />
      )}
      {asked === "remove" && <Remove connection={connection} onDeleted={onDeleted} onClose={close} />}
    </section>
  );
}

interface SwitchProps {
  readonly connection: ConnectionMessage;
  readonly to: "pause" | "resume";
  readonly onChanged: () => Promise<void>;
  readonly onClose: () => void;
}

const switches: Readonly<
  Record<"pause" | "resume", { readonly title: Text; readonly text: Text; readonly done: Text }>
> = {
  pause: { title: "pauseTitle", text: "pauseText", done: "pausedNow" },
  resume: { title: "resumeTitle", text: "resumeText", done: "resumed" },
};

function Switch({ connection, to, onChanged, onClose }: SwitchProps): VNode {
  const announce = useAnnounce();
  const { title, text, done } = switches[to];
  const confirm = async (): Promise<void> => {
    await call("POST", `/connections/${encodeURIComponent(connection.id)}/${to}`);
    announce(done);
    await onChanged();
  };
  return (
    <Dialog title={say(title)} confirm={to} onConfirm={confirm} onClose={onClose}>
      <p>{say(text)}</p>
    </Dialog>
  );
}

interface RemoveProps {
  readonly connection: ConnectionMessage;
  readonly onDeleted: () => Promise<void>;
  readonly onClose: () => void;
}

function Remove({ connection, onDeleted, onClose }: RemoveProps): VNode {
  const [users, setUsers] = useState<"keep" | "deactivate">("keep");
  const announce = useAnnounce();
  const remove = async (): Promise<void> => {
    await call("DELETE", `/connections/${encodeURIComponent(connection.id)}?users=${users}`);
    announce("removed");
    await onDeleted();
  };
  const title = say("removeTitle", { workspace: connection.workspace.name });
  return (
    <Dialog title={title} confirm="remove" danger onConfirm={remove} onClose={onClose}>
      <p>{say("removeText")}</p>
      <fieldset class="choices">
        <legend>{say("removeUsers")}</legend>
        {(["keep", "deactivate"] as const).map((what) => (
          <label key={what}>
            <input type="radio" name="users" checked={users === what} onChange={() => setUsers(what)} />
            <span>{say(what === "keep" ? "removeKeep" : "removeDeactivate")}</span>
          </label>
        ))}
      </fieldset>
    </Dialog>
  );
}
