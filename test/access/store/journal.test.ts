/** What every AccessStore keeps of writes: rules, and the journal. */
import { afterAll, expect, test } from "vitest";
import { describeStores, stopServer } from "../stores.ts";
import { entryOf, since } from "./records.ts";

afterAll(stopServer);

describeStores("An AccessStore’s rules and journal", ({ inside }) => {
  test("rules, in the order in which they were made", async () => {
    const rules = [
      { id: "r2", connection: "c1", created: since, group: { id: "g1" }, role: "admin" },
      { id: "r1", connection: "c1", created: since, group: { displayName: "Team" }, role: "owner", workspace: "w2" },
    ];
    await inside(async (unit) => {
      for (const rule of rules) await unit.saveRule(rule);
    });
    expect(await inside((unit) => unit.rules())).toEqual(rules);
    expect(await inside((unit) => unit.removeRule("r2"))).toBe(true);
    expect(await inside((unit) => unit.removeRule("r2"))).toBe(false);
    expect(await inside((unit) => unit.rules())).toEqual([rules[1]]);
  });

  test("a journal that counts up, pages back, and ends where it is too old", async () => {
    const recorded = [];
    for (const request of ["q1", "q2", "q2"]) {
      recorded.push(await inside((unit) => unit.record(entryOf(request), new Date(0))));
    }
    const [first, second, third] = recorded;
    expect(await inside((unit) => unit.journal({ limit: 2 }))).toEqual([third, second]);
    expect(await inside((unit) => unit.journal({ limit: 2, before: second?.sequence }))).toEqual([first]);
    expect(await inside((unit) => unit.journal({ limit: 9, request: "q2" }))).toEqual([third, second]);
    expect(await inside((unit) => unit.journal({ limit: 9, since: new Date(since.getTime() + 1) }))).toEqual([]);
    const late = { at: new Date(since.getTime() + 1_000) };
    const fourth = await inside((unit) => unit.record(entryOf("q4", late), new Date(since.getTime() + 1)));
    expect(await inside((unit) => unit.journal({ limit: 9 }))).toEqual([fourth]);
  });

  test("a journal of hundreds is read page by page, each entry once, whatever other connections record", async () => {
    const sequences: number[] = [];
    for (let n = 0; n < 120; n++) {
      await inside((unit) => unit.record(entryOf("other"), new Date(0)), "c2");
      sequences.push((await inside((unit) => unit.record(entryOf("q"), new Date(0)))).sequence);
    }
    expect(sequences).toEqual([...new Set(sequences)].sort((a, b) => a - b));
    const read: number[] = [];
    for (let before: number | undefined; ; before = read.at(-1)) {
      const page = await inside((unit) => unit.journal({ before, limit: 7 }));
      if (page.length === 0) break;
      read.push(...page.map(({ sequence }) => sequence));
    }
    expect(read).toEqual(sequences.toReversed());
  });

  test("what took a request back, and what came back with it under another id", async () => {
    const [, second, third] = await inside(async (unit) => [
      await unit.record(entryOf("q1"), new Date(0)),
      await unit.record(entryOf("q2", { revertOf: "q1" }), new Date(0)),
      await unit.record(entryOf("q3", { revertOf: "q1", recreates: "u0" }), new Date(0)),
      await unit.record(entryOf("q4", { revertOf: "q2" }), new Date(0)),
    ]);
    await inside((unit) => unit.record(entryOf("q5", { revertOf: "q1" }), new Date(0)), "c2");
    const found = await inside((unit) => unit.journal({ revertOf: "q1", limit: 9 }));
    expect(found).toEqual([third, second]);
    expect(found.map(({ recreates }) => recreates)).toEqual(["u0", undefined]);
    expect(await inside((unit) => unit.journal({ revertOf: "q1", before: third?.sequence, limit: 9 }))).toEqual([
      second,
    ]);
    expect(await inside((unit) => unit.journal({ revertOf: "q3", limit: 9 }))).toEqual([]);
  });

  test("a journal is not shortened by work that throws", async () => {
    const first = await inside((unit) => unit.record(entryOf("q1"), new Date(0)));
    const late = new Date(since.getTime() + 1_000);
    const work = inside(async (unit) => {
      await unit.record(entryOf("q2", { at: late }), late);
      throw new Error("no");
    });
    await expect(work).rejects.toThrow("no");
    expect(await inside((unit) => unit.journal({ limit: 9 }))).toEqual([first]);
  });

  test("how many different people lost their access since a time", async () => {
    await inside(async (unit) => {
      for (const resourceId of ["u1", "u1", "u2"]) {
        await unit.record(entryOf("q", { resourceId, deactivation: true }), new Date(0));
      }
      await unit.record(entryOf("q", { resourceId: "u3" }), new Date(0));
    });
    expect(await inside((unit) => unit.deactivatedSince(since))).toBe(2);
    expect(await inside((unit) => unit.deactivatedSince(new Date(since.getTime() + 1)))).toBe(0);
  });
});
