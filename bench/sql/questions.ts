/** Questions: what is asked of the store, and of the database by hand. */
import type { Pool } from "pg";
import { defaultGrammar, everything, type ListQuery, parseFilter, userType } from "scimkit";
import { writePosition } from "../../adapters/kysely/order.ts";
import type { Ctx, Filled, OpenLayout, Size, SqlLayout, Statement } from "./layout.ts";

/** One question, asked in two ways. */
export interface Question {
  readonly name: string;
  /** How often it is asked in each way. */
  readonly rounds: number;
  /** How often it is asked before that, so that the code is as it is in a server that has run for a minute. */
  readonly warmUp: number;
  /** Whether its plan may read the whole table. */
  readonly mayScan: boolean;
  /** Puts things back before each time; not measured. */
  prepare?(): Promise<void>;
  /** @returns how many resources came, or were changed */
  throughStore(): Promise<number>;
  byHand(): Promise<number>;
}

const ctx: Ctx = { workspaceId: 1 };
const type = userType();
const pageSize = 100;
type GroupChange = Parameters<OpenLayout["groups"]["update"]>[1];
const noMembers = { has: () => false };

/** The questions for one layout that is filled. */
export async function questionsFor(
  { byHand }: SqlLayout,
  { users, groups }: OpenLayout,
  pool: Pool,
  { large, small, outsider }: Filled,
  size: Size,
): Promise<readonly Question[]> {
  const ask = async ({ text, values }: Statement): Promise<number> => (await pool.query(text, [...values])).rows.length;
  const parsed = (filter: string) => parseFilter(filter, type, defaultGrammar);
  const list = async (filter: ListQuery["filter"], window: ListQuery["window"]): Promise<number> =>
    (await users.list({ filter, sort: undefined, window, want: everything }, ctx)).resources.length;
  const first: ListQuery["window"] = { by: "index", startIndex: 1, count: pageSize };
  const page = (position: string | undefined): ListQuery["window"] => ({ by: "cursor", position, count: pageSize });
  const middle = Math.floor(size.users / 2);
  const userName = `${String.fromCharCode(97 + (middle % 26))}USER${middle}@example.com`;
  const farPage = Math.floor((size.users * 0.9) / pageSize);
  const nth = byHand.keyAt((farPage - 1) * pageSize - 1);
  const [row] = (await pool.query(nth.text, [...nth.values])).rows;
  const key = String(row.key);
  const far = writePosition({ direction: "after", key, total: size.users, sort: undefined });
  const work = 'emails[type eq "work" and value sw "a"]';
  const change = async (way: Way, group: string): Promise<void> => {
    const client = await pool.connect();
    try {
      await client.query("begin");
      for (const { text, values } of byHand[way](group, outsider)) await client.query(text, [...values]);
      await client.query("commit");
    } finally {
      client.release();
    }
  };
  const [byUserName, byExternalId, byWork] = [
    parsed(`userName eq "${userName}"`),
    parsed(`externalId eq "e${middle}"`),
    parsed(work),
  ];
  const membership = (way: Way, group: string, members: number): Question => ({
    name: `${way === "add" ? "add a member to" : "remove a member from"} a group of ${members.toLocaleString("en")}`,
    rounds: 300,
    warmUp: 1000,
    mayScan: false,
    prepare: () => change(way === "add" ? "remove" : "add", group),
    throughStore: async () => {
      const changed = await groups.update(group, memberChange(way, outsider), noMembers, ctx);
      return changed === undefined ? 0 : 1;
    },
    byHand: async () => {
      await change(way, group);
      return 1;
    },
  });
  return [
    {
      name: "userName eq",
      rounds: 1000,
      warmUp: 4000,
      mayScan: false,
      throughStore: () => list(byUserName, first),
      byHand: () => ask(byHand.userName(userName)),
    },
    {
      name: "externalId eq",
      rounds: 1000,
      warmUp: 4000,
      mayScan: false,
      throughStore: () => list(byExternalId, first),
      byHand: () => ask(byHand.externalId(`e${middle}`)),
    },
    {
      name: "page 1 by cursor",
      rounds: 25,
      warmUp: 2,
      mayScan: true,
      throughStore: () => list(undefined, page(undefined)),
      byHand: async () => {
        await ask(byHand.total());
        return (await ask(byHand.page(undefined, pageSize + 1))) - 1;
      },
    },
    {
      name: `page ${farPage.toLocaleString("en")} by cursor`,
      rounds: 300,
      warmUp: 1000,
      mayScan: true,
      throughStore: () => list(undefined, page(far)),
      byHand: async () => (await ask(byHand.page(key, pageSize + 1))) - 1,
    },
    {
      name: work,
      rounds: 9,
      warmUp: 1,
      mayScan: true,
      throughStore: () => list(byWork, first),
      byHand: async () => {
        await ask(byHand.emailsStartingWithTotal("a"));
        return await ask(byHand.emailsStartingWith("a", pageSize));
      },
    },
    ...(["add", "remove"] as const).flatMap((way) => [
      membership(way, small, 100),
      membership(way, large, size.members),
    ]),
  ];
}

type Way = "add" | "remove";

function memberChange(way: Way, user: string): GroupChange {
  return {
    members: { reset: false, add: way === "add" ? [{ value: user }] : [], remove: way === "add" ? [] : [user] },
    apply: ({ displayName }) => ({ resource: { displayName }, changed: [] }),
    beforeCommit: async () => {},
  };
}
