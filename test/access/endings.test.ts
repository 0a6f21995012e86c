/** Admission, and deactivation that ends access: seats, surfaces, receipts. */
import { ScimError } from "scimkit";
import type { AccessEvent } from "scimkit/access";
import { expect, test } from "vitest";
import { accessHost } from "./host.ts";

const off = { op: "replace", path: "active", value: false };
const on = { op: "replace", path: "active", value: true };

test("a thousand creations at once never exceed the seats", async () => {
  const seated = new Set<string>();
  const host = await accessHost({
    async admit({ id }) {
      const used = seated.size;
      await new Promise((resolve) => setTimeout(resolve));
      if (used >= 50) throw new ScimError(403, "All 50 seats are taken. Add seats, or assign fewer people.");
      seated.add(id);
    },
    seats: () => ({ used: seated.size, limit: 50 }),
  });
  const answers = await Promise.all(
    Array.from({ length: 1_000 }, (_, n) => host.send("POST", "/Users", { userName: `user${n}` })),
  );
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(50);
  expect(answers.filter(({ status }) => status === 403)).toHaveLength(950);
  expect(answers.find(({ status }) => status === 403)?.json.detail).toContain("All 50 seats are taken.");
  expect((await host.send("GET", "/Users?count=0")).json.totalResults).toBe(50);
  expect(await host.access.seats("acme", host.connection.id)).toEqual({ used: 50, limit: 50 });
});

test("admission is asked for whoever comes in: created active, or active again", async () => {
  const asked: unknown[] = [];
  const host = await accessHost({ admit: ({ userName }) => void asked.push(userName) });
  const ann = await host.create("/Users", { userName: "ann" });
  const bo = await host.create("/Users", { userName: "bo", active: false });
  await host.patch(`/Users/${ann}`, { op: "replace", path: "title", value: "CTO" });
  await host.patch(`/Users/${ann}`, off);
  await host.patch(`/Users/${bo}`, on);
  await host.patch(`/Users/${ann}`, on);
  expect(asked).toEqual(["ann", "bo", "ann"]);
});

test("deactivation and deletion end access at every surface, with a receipt for each", async () => {
  const sessions = new Map<string, number>();
  const keys: string[] = [];
  const host = await accessHost({
    surfaces: {
      sessions: {
        revoke: (user) => {
          const ended = sessions.get(user) ?? 0;
          sessions.delete(user);
          return ended;
        },
        remaining: (user) => sessions.get(user) ?? 0,
      },
      apiKeys: { revoke: (user) => void keys.push(user) },
    },
  });
  const ann = await host.create("/Users", { userName: "ann" });
  const bo = await host.create("/Users", { userName: "bo" });
  sessions.set(ann, 3);
  await host.patch(`/Users/${ann}`, off);
  await host.send("DELETE", `/Users/${bo}`);
  expect([sessions.size, keys]).toEqual([0, [ann, bo]]);
  const receipts = await host.access.receipts("acme", host.connection.id);
  expect(
    receipts.map(({ user, surface, ended, remaining, complete, attempts }) => [
      user,
      surface,
      ended,
      remaining,
      complete,
      attempts,
    ]),
  ).toEqual([
    [bo, "apiKeys", undefined, 0, true, 1],
    [bo, "sessions", 0, 0, true, 1],
    [ann, "apiKeys", undefined, 0, true, 1],
    [ann, "sessions", 3, 0, true, 1],
  ]);
  for (const { at, duration } of receipts) expect([at instanceof Date, duration >= 0]).toEqual([true, true]);
});

test("a deactivation that is not complete is rolled back and to be tried again", async () => {
  let left = 1;
  const surfaces = { sessions: { revoke: () => {}, remaining: () => left } };
  const host = await accessHost({ surfaces });
  const ann = await host.create("/Users", { userName: "ann" });
  const refused = await host.patch(`/Users/${ann}`, off);
  expect([refused.status, refused.headers["Retry-After"]]).toEqual([503, "30"]);
  expect(refused.json.detail).toContain('"sessions"');
  expect((await host.send("GET", `/Users/${ann}`)).json.active).toBe(true);
  left = 0;
  expect((await host.patch(`/Users/${ann}`, off)).status).toBe(200);
});

test("where the host is content with a start, what is left is told, kept, and tried again", async () => {
  let isBroken = true;
  const events: AccessEvent[] = [];
  const host = await accessHost({
    deactivation: "started",
    surfaces: {
      sessions: {
        revoke: () => {
          if (isBroken) throw new Error("connection refused by 10.0.0.7");
          return 2;
        },
      },
    },
    onEvent: (event) => void events.push(event),
  });
  const ann = await host.create("/Users", { userName: "ann" });
  expect((await host.patch(`/Users/${ann}`, off)).status).toBe(200);
  expect(events).toMatchObject([
    { type: "revocation.incomplete", receipt: { user: ann, surface: "sessions", attempts: 1 } },
  ]);
  expect(JSON.stringify(events)).not.toContain("10.0.0.7");
  await host.access.work();
  isBroken = false;
  await host.access.work();
  const receipts = await host.access.receipts("acme", host.connection.id);
  expect(receipts).toMatchObject([{ complete: true, attempts: 3, ended: 2, problem: undefined }]);
});

test("receipts are kept for their days, those that are still tried again for longer", async () => {
  let today = new Date("2026-11-25T14:05:00Z");
  const broken = new Set<string>();
  const host = await accessHost({
    deactivation: "started",
    receiptDays: 10,
    now: () => today,
    surfaces: { sessions: { revoke: () => 1, remaining: (user) => (broken.has(user) ? 1 : 0) } },
  });
  const [ann = "", bo = "", cy = ""] = await Promise.all(
    ["ann", "bo", "cy"].map((userName) => host.create("/Users", { userName })),
  );
  broken.add(ann);
  const users = async () => (await host.access.receipts("acme", host.connection.id)).map(({ user }) => user);
  await host.patch(`/Users/${ann}`, off);
  await host.patch(`/Users/${bo}`, off);
  expect(await users()).toEqual([bo, ann]);
  today = new Date("2026-12-05T14:05:00.001Z");
  await host.patch(`/Users/${cy}`, off);
  expect(await users()).toEqual([cy, ann]);
});

test.each([0, -1, Number.NaN])("receipts cannot be kept for %d days", async (receiptDays) => {
  await expect(accessHost({ receiptDays })).rejects.toThrow("`receiptDays` must be a number above 0");
});
