/** Measures questions: through the store and by hand, turn and turn about. */
import { median } from "../report/results.ts";
import type { Question } from "./questions.ts";

/** What came of one question. */
export interface Measured {
  readonly name: string;
  /** Milliseconds, medians. */
  readonly store: number;
  readonly byHand: number;
  /** `store` over `byHand`. */
  readonly ratio: number;
}

/**
 * Asks each question in both ways, all of them in every round, so that what the machine does meanwhile meets them alike.
 *
 * @throws Error if the two ways differ in what they find
 */
export async function measure(questions: readonly Question[]): Promise<readonly Measured[]> {
  const rounds = Math.max(...questions.map((question) => question.rounds));
  const times = questions.map(() => ({ store: [] as number[], byHand: [] as number[] }));
  for (const question of questions) {
    for (let turn = 0; turn < question.warmUp; turn++) {
      for (const way of ways) await once(question, way);
    }
  }
  for (let round = 0; round < rounds; round++) {
    for (const [at, question] of questions.entries()) {
      const found = new Set<number>();
      for (const way of round % 2 === 0 ? ways : ways.toReversed()) {
        const { time, count } = await once(question, way);
        found.add(count);
        times[at]?.[way].push(time);
      }
      if (found.size > 1) throw new Error(`${question.name}: ${[...found].join(" and ")} results`);
    }
  }
  return questions.map(({ name }, at) => {
    const [store, byHand] = [median(times[at]?.store ?? []), median(times[at]?.byHand ?? [])];
    return { name, store, byHand, ratio: store / byHand };
  });
}

const ways = ["store", "byHand"] as const;

async function once(question: Question, way: (typeof ways)[number]): Promise<{ time: number; count: number }> {
  await question.prepare?.();
  const start = performance.now();
  const count = await (way === "store" ? question.throughStore() : question.byHand());
  return { time: performance.now() - start, count };
}
