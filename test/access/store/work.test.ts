/** What every AccessStore keeps of what is done beside requests: jobs and receipts. */
import type { Job } from "scimkit/access";
import { afterAll, expect, test } from "vitest";
import { describeStores, stopServer } from "../stores.ts";
import { jobOf, receiptOf, since } from "./records.ts";

afterAll(stopServer);

describeStores("An AccessStore’s jobs and receipts", ({ store, inside }) => {
  test("jobs and receipts, and which connections wait for them", async () => {
    const job = jobOf("j1");
    const receipt = receiptOf("p1");
    await inside((unit) => unit.saveJob(job));
    await inside((unit) => unit.saveReceipt(receipt, new Date(0)), "c2");
    expect(await store.waiting()).toEqual(["c1", "c2"]);
    expect(await inside((unit) => unit.jobs())).toEqual([job]);
    expect(await inside((unit) => unit.receipts("open", 10), "c2")).toEqual([receipt]);
    await inside((unit) => unit.saveJob({ ...job, finished: since, cursor: undefined }));
    await inside((unit) => unit.saveReceipt({ ...receipt, complete: true, remaining: 0 }, new Date(0)), "c2");
    expect(await store.waiting()).toEqual([]);
    expect(await inside((unit) => unit.receipts("open", 10), "c2")).toEqual([]);
    expect(await inside((unit) => unit.receipts("all", 10), "c2")).toHaveLength(1);
  });

  test("every kind of job is read as it was written", async () => {
    const jobs: readonly Job[] = [
      { ...jobOf("j3"), what: { kind: "reconcileAll" }, total: undefined, cursor: undefined, blocked: [] },
      { ...jobOf("j1"), what: { kind: "readGroup", group: "g1" }, problem: "A batch failed." },
      { ...jobOf("j2"), finished: since },
    ];
    for (const job of jobs) await inside((unit) => unit.saveJob(job));
    expect(await inside((unit) => unit.jobs())).toEqual(jobs);
  });

  test("of the jobs that are finished the last fifty are kept, and all that are not", async () => {
    await inside(async (unit) => {
      await unit.saveJob(jobOf("open"));
      for (let n = 0; n < 60; n++) await unit.saveJob(jobOf(`j${n}`, since));
    });
    const kept = Array.from({ length: 50 }, (_, n) => `j${n + 10}`);
    expect((await inside((unit) => unit.jobs())).map(({ id }) => id)).toEqual(["open", ...kept]);
  });

  test("receipts, newest first and no more than asked for; one that is tried again keeps its place", async () => {
    await inside(async (unit) => {
      for (const id of ["p3", "p1", "p2"]) await unit.saveReceipt(receiptOf(id), new Date(0));
      await unit.saveReceipt({ ...receiptOf("p3"), attempts: 2, ended: undefined, remaining: undefined }, new Date(0));
      await unit.saveReceipt({ ...receiptOf("p1"), complete: true, problem: undefined }, new Date(0));
    });
    const ids = async (which: "all" | "open", limit: number) =>
      (await inside((unit) => unit.receipts(which, limit))).map(({ id }) => id);
    expect(await ids("all", 9)).toEqual(["p2", "p1", "p3"]);
    expect(await ids("all", 2)).toEqual(["p2", "p1"]);
    expect(await ids("open", 9)).toEqual(["p2", "p3"]);
    const [, , oldest] = await inside((unit) => unit.receipts("all", 9));
    expect(oldest).toEqual({ ...receiptOf("p3"), attempts: 2, ended: undefined, remaining: undefined });
  });

  test("receipts that are too old end, but for those that are not complete", async () => {
    const at = (milliseconds: number) => new Date(since.getTime() + milliseconds);
    const receipt = (id: string, milliseconds: number, complete: boolean) => ({
      ...receiptOf(id),
      at: at(milliseconds),
      complete,
    });
    await inside(async (unit) => {
      await unit.saveReceipt(receipt("open", 0, false), new Date(0));
      await unit.saveReceipt(receipt("retried", 0, false), new Date(0));
      await unit.saveReceipt(receipt("old", 1, true), new Date(0));
      await unit.saveReceipt(receipt("young", 2, true), new Date(0));
      await unit.saveReceipt(receipt("retried", 3, true), at(1));
    });
    const ids = async () => (await inside((unit) => unit.receipts("all", 9))).map(({ id }) => id);
    expect(await ids()).toEqual(["young", "old", "retried", "open"]);
    await inside((unit) => unit.saveReceipt(receipt("new", 4, true), at(2)));
    expect(await ids()).toEqual(["new", "young", "retried", "open"]);
    await inside((unit) => unit.saveReceipt(receipt("open", 1, true), at(3)));
    expect(await ids()).toEqual(["new", "retried", "open"]);
    await inside((unit) => unit.saveReceipt(receipt("newer", 5, true), at(3)), "c2");
    await inside((unit) => unit.saveReceipt(receipt("newest", 9, true), at(9)));
    expect(await ids()).toEqual(["newest"]);
    expect(await inside((unit) => unit.receipts("all", 9), "c2")).toHaveLength(1);
  });

  test("receipts are not dropped by work that throws", async () => {
    const late = new Date(since.getTime() + 1_000);
    await inside(async (unit) => {
      for (const id of ["p2", "p1"]) await unit.saveReceipt({ ...receiptOf(id), complete: true }, new Date(0));
    });
    const work = inside(async (unit) => {
      await unit.saveReceipt({ ...receiptOf("p3"), at: late, complete: true }, late);
      throw new Error("no");
    });
    await expect(work).rejects.toThrow("no");
    const ids = async () => (await inside((unit) => unit.receipts("all", 9))).map(({ id }) => id);
    expect(await ids()).toEqual(["p1", "p2"]);
    await inside((unit) => unit.saveReceipt({ ...receiptOf("p3"), at: late, complete: true }, late));
    expect(await ids()).toEqual(["p3"]);
  });
});
