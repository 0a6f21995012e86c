/** Plans: what the database does for the statements of the store. */
import type { CompiledQuery } from "kysely";
import type { Pool } from "pg";
import type { Question } from "./questions.ts";

/** One statement as the store sent it, and its plan. */
export interface Plan {
  readonly statement: string;
  readonly plan: readonly string[];
}

const explained = /^\s*(?:select|with|insert|update|delete)/i;

/** Asks a question once through the store, and explains each of its statements; what they change is rolled back. */
export async function plansOf(question: Question, heard: CompiledQuery[], pool: Pool): Promise<readonly Plan[]> {
  // The first time, the store learns what the tables are.
  await question.prepare?.();
  await question.throughStore();
  await question.prepare?.();
  heard.length = 0;
  await question.throughStore();
  const statements = heard.filter(({ sql }) => explained.test(sql));
  await question.prepare?.();
  const plans: Plan[] = [];
  for (const { sql, parameters } of statements) {
    const client = await pool.connect();
    try {
      await client.query("begin");
      const { rows } = await client.query(`explain (analyze, costs off, timing off, summary off) ${sql}`, [
        ...parameters,
      ]);
      plans.push({ statement: sql.replaceAll(/\s+/g, " ").trim(), plan: rows.map((row) => String(row["QUERY PLAN"])) });
    } finally {
      await client.query("rollback");
      client.release();
    }
  }
  return plans;
}

/** Whether any of the plans reads a whole table. */
export function scans(plans: readonly Plan[]): boolean {
  return plans.some(({ plan }) => plan.some((line) => line.includes("Seq Scan")));
}
