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
  for (let round = -Math.ceil(rounds / 10); round < rounds; round++) {
    for (const [at, question] of questions.entries()) {
      const ways = round % 2 === 0 ? (["store", "byHand"] as const) : (["byHand", "store"] as const);
      const found: number[] = [];
      for (const way of ways) {
        await question.prepare?.();
        const start = performance.now();
        found.push(await (way === "store" ? question.throughStore() : question.byHand()));
        if (round >= 0) times[at]?.[way].push(performance.now() - start);
      }
      if (found[0] !== found[1]) throw new Error(`${question.name}: ${found.join(" and ")} results`);
    }
  }
  return questions.map(({ name }, at) => {
    const [store, byHand] = [median(times[at]?.store ?? []), median(times[at]?.byHand ?? [])];
    return { name, store, byHand, ratio: store / byHand };
  });
}
