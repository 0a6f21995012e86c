/** One keep-alive connection that asks a scenario's questions, one after the other. */
import { connect, type Socket } from "node:net";
import type { Ids } from "../data/dataset.ts";
import type { Scenario, Step } from "../scenarios/scenario.ts";
import { type Answer, AnswerReader, encode } from "./wire.ts";

/** What all connections of a run write their observations to. */
export interface Tally {
  /** Milliseconds, one per request. */
  readonly latencies: number[];
  readonly bodies: string[];
  wrong: string;
}

export interface Asking {
  readonly scenario: Scenario;
  readonly port: number;
  readonly ids: Ids;
  readonly connection: number;
  /** The first turn to take. */
  readonly turn: number;
  /** Look at the bodies of all answers. */
  readonly check: boolean;
  /** Whether another request may be sent. */
  readonly goOn: () => boolean;
}

/** Asks until `goOn` says no; gives the next turn. */
export function ask(asking: Asking, tally: Tally): Promise<number> {
  const { scenario, port, ids, connection } = asking;
  const keep = asking.check || scenario.created !== undefined;
  return new Promise((resolve, reject) => {
    let turn = asking.turn;
    const stepAt = (at: number): Step => ({ ids, connection, turn: at });
    let prepared = encode(scenario.exchange(stepAt(turn)), port);
    let sent = 0;
    const socket: Socket = connect(port, "127.0.0.1");
    const send = (): void => {
      sent = performance.now();
      socket.write(prepared);
      // The next request is made while the server works on this one, so that its making costs no time.
      prepared = encode(scenario.exchange(stepAt(turn + 1)), port);
    };
    const take = (answer: Answer): void => {
      tally.latencies.push(performance.now() - sent);
      if (tally.wrong === "") tally.wrong = fault(asking, answer, stepAt(turn));
      if (scenario.created !== undefined) tally.bodies.push(answer.body);
      turn++;
      if (asking.goOn() || turn % (scenario.together ?? 1) !== 0) send();
      else {
        socket.end();
        resolve(turn);
      }
    };
    const reader = new AnswerReader(take, () => keep);
    socket.setNoDelay(true);
    socket.once("connect", send);
    socket.on("data", (bytes: Buffer) => reader.take(bytes));
    socket.once("error", reject);
    socket.once("close", () => reject(new Error(`${scenario.name}: the server closed the connection`)));
  });
}

function fault({ scenario, check }: Asking, answer: Answer, step: Step): string {
  if (!scenario.status.includes(answer.status)) return `status ${answer.status}: ${answer.body.slice(0, 300)}`;
  return (check && scenario.wrong(answer, step)) || "";
}
