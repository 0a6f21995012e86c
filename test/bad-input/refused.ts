/** refused: whether an answer is the SCIM error that it should be, and whether the server is still there after it. */
import { expect } from "vitest";
import type { Answered } from "../client.ts";
import { match } from "../match.ts";
import { errorUrn, type Session } from "../session.ts";

/** Statuses with their `scimType`; "none" where RFC 7644 has none for it. */
export type Refusal = readonly [status: number, scimType: string];

/** The longest `detail` that is still a sentence for an admin. */
const longest = 600;

/** What is wrong with an answer as this refusal; empty if it is just that. */
export function refusalProblems(answer: Answered, [status, scimType]: Refusal): readonly string[] {
  const keyword = scimType === "none" ? {} : { scimType };
  const envelope = { schemas: [errorUrn], status: String(status), detail: { $matches: "^.+" }, ...keyword };
  return [
    ...match(status, answer.status, "status"),
    ...match({ $matches: "^application/scim\\+json" }, answer.headers["content-type"], "content type"),
    ...match({ $exactly: envelope }, answer.json),
    ...(answer.text.length > longest ? [`body: ${answer.text.length} characters are too many for an error`] : []),
  ];
}

/** Asserts that the answer is this refusal, and that the next request works. */
export async function expectRefused(answer: Answered, refusal: Refusal, session: Session): Promise<void> {
  expect(refusalProblems(answer, refusal), answer.text.slice(0, 300)).toEqual([]);
  await expectAlive(session);
}

/** Asserts that a request works. */
export async function expectAlive(session: Session): Promise<void> {
  const { status, json } = await session.send("GET", "/Users?count=1");
  expect([status, match({ totalResults: { $type: "number" }, Resources: { $type: "array" } }, json)]).toEqual([
    200,
    [],
  ]);
}
