/** Whose access has ended where. */
import type { VNode } from "preact";
import type { ReceiptMessage } from "../access-messages.ts";
import { count, dateTime, duration, time } from "./format.ts";
import { say } from "./page.ts";
import { Row } from "./row.tsx";
import type { NameOf } from "./use-names.ts";

interface Props {
  /** Newest first. */
  readonly receipts: readonly ReceiptMessage[];
  readonly name: NameOf;
  readonly now: number;
}

/** The receipts, each with what it says when it is opened. */
export function Receipts({ receipts, name, now }: Props): VNode {
  return (
    <section class="card" aria-labelledby="receipts">
      <h2 id="receipts">{say("receiptsTitle")}</h2>
      <p>{say("receiptsText")}</p>
      {receipts.length === 0 && <p class="hint">{say("receiptsNone")}</p>}
      <ol class="log">
        {receipts.map((receipt) => (
          <Item key={receipt.id} receipt={receipt} name={name(receipt.user)} now={now} />
        ))}
      </ol>
    </section>
  );
}

interface ItemProps {
  readonly receipt: ReceiptMessage;
  readonly name: string;
  readonly now: number;
}

function Item({ receipt, name, now }: ItemProps): VNode {
  const { surface, at, ended, remaining, attempts, complete, problem } = receipt;
  return (
    <li data-outcome={complete ? "ok" : "refused"}>
      <details>
        <summary>
          <span class="what">
            {name}: {surface}
          </span>
          <span class="outcome">{say(complete ? "receiptComplete" : "receiptOpen")}</span>
          <time dateTime={at} title={dateTime(at)}>
            {time(at, now)}
          </time>
        </summary>
        <dl>
          <Row label={say("receiptSurface")}>{surface}</Row>
          {ended !== undefined && <Row label={say("receiptEnded")}>{count(ended)}</Row>}
          {remaining !== undefined && <Row label={say("receiptRemaining")}>{count(remaining)}</Row>}
          <Row label={say("receiptAttempts")}>{count(attempts)}</Row>
          <Row label={say("logDuration")}>{duration(receipt.duration)}</Row>
          {problem !== undefined && (
            <Row label={say("receiptProblem")}>
              <span lang="en">{problem}</span>
            </Row>
          )}
        </dl>
      </details>
    </li>
  );
}
