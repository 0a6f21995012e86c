/** The tokens of a connection: what there is, a new one, rotating and revoking. */
import type { VNode } from "preact";
import { useState } from "preact/hooks";
import type { IssuedMessage, TokenMessage } from "../messages.ts";
import { call } from "./call.ts";
import { Dialog } from "./dialog.tsx";
import { Field } from "./field.tsx";
import { ago, date } from "./format.ts";
import { NewToken } from "./new-token.tsx";
import { useAnnounce } from "./notice.tsx";
import { say } from "./page.ts";

interface Props {
  readonly connection: string;
  readonly tokens: readonly TokenMessage[];
  readonly allowed: boolean;
  readonly now: number;
  readonly onIssued: (issued: IssuedMessage) => void;
  readonly onChanged: () => Promise<void>;
}

/** The list, newest first. */
export function Tokens({ connection, tokens, allowed, now, onIssued, onChanged }: Props): VNode {
  const [asked, setAsked] = useState<
    { readonly what: "rotate" | "revoke"; readonly token: TokenMessage } | undefined
  >();
  const path = `/connections/${encodeURIComponent(connection)}/tokens`;
  const close = (): void => setAsked(undefined);
  return (
    <section class="card" aria-labelledby="tokens">
      <h2 id="tokens">{say("tokensTitle")}</h2>
      <p>{say("tokensText")}</p>
      {tokens.length === 0 && <p class="hint">{say("tokensNone")}</p>}
      <ul class="tokens">
        {tokens.toReversed().map((token) => (
          <Item key={token.id} token={token} allowed={allowed} now={now} onAsk={(what) => setAsked({ what, token })} />
        ))}
      </ul>
      {allowed && <NewToken path={path} onIssued={onIssued} />}
      {asked?.what === "rotate" && <Rotate path={path} token={asked.token} onIssued={onIssued} onClose={close} />}
      {asked?.what === "revoke" && <Revoke path={path} token={asked.token} onRevoked={onChanged} onClose={close} />}
    </section>
  );
}

interface ItemProps {
  readonly token: TokenMessage;
  readonly allowed: boolean;
  readonly now: number;
  readonly onAsk: (what: "rotate" | "revoke") => void;
}

function Item({ token, allowed, now, onAsk }: ItemProps): VNode {
  const { prefix, label, state, lastUsed } = token;
  return (
    <li data-state={state}>
      <div class="heading">
        <span>
          <code translate={false}>{prefix}…</code> {label === "" ? <em>{say("tokenUnlabelled")}</em> : label}
        </span>
        <span class="badge">
          {say(state === "valid" ? "tokenActive" : state === "expired" ? "tokenExpired" : "tokenRevoked")}
        </span>
      </div>
      <dl class="facts">
        <div>
          <dt>{say("tokenCreated")}</dt>
          <dd>{date(token.created)}</dd>
        </div>
        <div>
          <dt>{say("tokenUsed")}</dt>
          <dd>{lastUsed === undefined ? say("never") : ago(lastUsed, now)}</dd>
        </div>
        <div>
          <dt>{say("tokenExpires")}</dt>
          <dd>{date(token.expires)}</dd>
        </div>
      </dl>
      {allowed && state === "valid" && (
        <div class="buttons">
          <button
            type="button"
            class="small"
            aria-label={say("rotateToken", named(token))}
            onClick={() => onAsk("rotate")}
          >
            {say("rotate")}
          </button>
          <button
            type="button"
            class="small"
            aria-label={say("revokeToken", named(token))}
            onClick={() => onAsk("revoke")}
          >
            {say("revoke")}
          </button>
        </div>
      )}
    </li>
  );
}

const named = ({ prefix, label }: TokenMessage): { readonly token: string } => ({
  token: label === "" ? prefix : label,
});

const overlaps = [
  ["overlapDay", 86_400],
  ["overlapHour", 3_600],
  ["overlapWeek", 604_800],
  ["overlapNone", 0],
] as const;

interface RotateProps {
  readonly path: string;
  readonly token: TokenMessage;
  readonly onIssued: (issued: IssuedMessage) => void;
  readonly onClose: () => void;
}

function Rotate({ path, token, onIssued, onClose }: RotateProps): VNode {
  const [overlap, setOverlap] = useState("86400");
  const rotate = async (): Promise<void> => {
    onIssued(await call("POST", `${path}/${encodeURIComponent(token.id)}/rotate`, { overlap: Number(overlap) }));
  };
  return (
    <Dialog title={say("rotateTitle")} confirm="rotate" onConfirm={rotate} onClose={onClose}>
      <p>{say("rotateText")}</p>
      <Field label="overlap">
        {(control) => (
          <select {...control} value={overlap} onChange={(event) => setOverlap(event.currentTarget.value)}>
            {overlaps.map(([text, seconds]) => (
              <option key={text} value={seconds}>
                {say(text)}
              </option>
            ))}
          </select>
        )}
      </Field>
    </Dialog>
  );
}

interface RevokeProps {
  readonly path: string;
  readonly token: TokenMessage;
  readonly onRevoked: () => Promise<void>;
  readonly onClose: () => void;
}

function Revoke({ path, token, onRevoked, onClose }: RevokeProps): VNode {
  const announce = useAnnounce();
  const revoke = async (): Promise<void> => {
    await call("POST", `${path}/${encodeURIComponent(token.id)}/revoke`);
    announce("revoked");
    await onRevoked();
  };
  return (
    <Dialog title={say("revokeTitle")} confirm="revoke" danger onConfirm={revoke} onClose={onClose}>
      <p>
        <code translate={false}>{token.prefix}…</code> {token.label}
      </p>
      <p>{say("revokeText")}</p>
    </Dialog>
  );
}
