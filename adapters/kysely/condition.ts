/** Conditions in SQL that are folded where their outcome is known, and two-valued where they are negated. */
import { type RawBuilder, sql } from "kysely";

/** A condition whose NULL means false, or one whose outcome is known without asking the database. */
export type Condition = boolean | RawBuilder<unknown>;

/** Holds if all parts do. */
export function all(parts: readonly Condition[]): Condition {
  return junction(parts, true);
}

/** Holds if any part does. */
export function any(parts: readonly Condition[]): Condition {
  return junction(parts, false);
}

function junction(parts: readonly Condition[], neutral: boolean): Condition {
  const open: RawBuilder<unknown>[] = [];
  for (const part of parts) {
    if (part === !neutral) return part;
    if (typeof part !== "boolean") open.push(part);
  }
  const [first] = open;
  if (first === undefined) return neutral;
  return open.length === 1 ? first : sql`(${sql.join(open, neutral ? sql` and ` : sql` or `)})`;
}

/** Holds if `part` does not: a comparison with NULL is false in SCIM, so its opposite is true. */
export function opposite(part: Condition): Condition {
  return typeof part === "boolean" ? !part : sql`not coalesce(${part}, false)`;
}

/** The condition as SQL, for a `where`. */
export function toSql(condition: Condition): RawBuilder<unknown> {
  return typeof condition === "boolean" ? sql.raw(condition ? "true" : "false") : condition;
}
