/** A scenario: which requests are sent, what is a right answer, and how fast we mean to be. */
import type { DatasetName, Ids } from "../data/dataset.ts";
import type { Answer, Exchange } from "../load/wire.ts";

/** Which request of which connection is to be made. */
export interface Step {
  readonly ids: Ids;
  /** 0-based. */
  readonly connection: number;
  /** 0-based; counts on over all runs of the scenario against one server. */
  readonly turn: number;
}

export interface Scenario {
  /** Unique, short: `find by userName, 10,000`. */
  readonly name: string;
  readonly dataset: DatasetName;
  readonly connections: number;
  /** Requests per second against raw Express, at least; undefined where there is no aim. */
  readonly aim: number | undefined;
  /** The status of a right answer. */
  readonly status: readonly number[];
  exchange(step: Step): Exchange;
  /** What is wrong with an answer; undefined when nothing is. */
  wrong(answer: Answer, step: Step): string | undefined;
  /** The ids of the users that an answer has created: they are deleted after each run, outside the measurement. */
  readonly created?: (body: string) => readonly string[];
  /** How many turns belong together: a run ends after all of them. Default 1. */
  readonly together?: number;
  /** A scenario that shows that this one does what it says, where its own answers cannot; it is run before the timing. */
  readonly proof?: Scenario;
  /** A scenario that another connection repeats meanwhile; the latencies measured are those of this one. */
  readonly beside?: Scenario;
}

/** How many different users the scenarios ask for. */
export const differentUsers = 1_000;

/** An answer's body as a record. */
export function record(body: string): Record<string, unknown> {
  const value: unknown = JSON.parse(body);
  return typeof value === "object" && value !== null ? { ...value } : {};
}

/** The length of a list in an answer; 0 when it is not one. */
export const lengthOf = (value: unknown): number => (Array.isArray(value) ? value.length : 0);

/** Compares what was expected with what came. */
export function differs(what: string, expected: unknown, actual: unknown): string | undefined {
  return expected === actual
    ? undefined
    : `${what} is ${JSON.stringify(actual)} instead of ${JSON.stringify(expected)}`;
}
