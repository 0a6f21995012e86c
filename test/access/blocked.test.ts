/** Whose roles the host's guard keeps in a job: told for as long as it is so, and no longer. */
import { ScimError } from "scimkit";
import type { AccessEvent } from "scimkit/access";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type AccessHost, accessHost } from "./host.ts";
import { type OpenStore, stopServer, stores } from "./stores.ts";

afterAll(stopServer);

const detail = "The last owner stays.";

describe.each(stores)("Blocked by the guard: %s", (_name, open) => {
  let opened: OpenStore;
  let host: AccessHost;
  let ann: string;
  let bo: string;
  let team: string;
  const kept = new Set<string>();
  const finished: (readonly string[])[] = [];
  const rule = { group: { displayName: "Owners" }, role: "owner" };
  const add = async () => change({ add: [rule] });
  const change = async (rules: Parameters<AccessHost["access"]["changeRules"]>[2]) => {
    const [added] = await host.access.changeRules("acme", host.connection.id, rules);
    await host.access.work();
    return added?.id ?? "";
  };
  const blocked = async () =>
    (await host.access.jobs("acme", host.connection.id)).flatMap((job) => job.blocked.map(({ user }) => user));
  const patch = (url: string, op: string, path: string, value?: unknown) =>
    host.patch(url, { op, path, ...(value === undefined ? {} : { value }) });

  beforeAll(async () => {
    opened = await open();
  });
  afterAll(() => opened.close());
  beforeEach(async () => {
    kept.clear();
    finished.length = 0;
    host = await accessHost({
      store: opened.store,
      guard: ({ user }) => {
        if (kept.has(user)) throw new ScimError(409, detail);
      },
      onEvent: (event: AccessEvent) => {
        if (event.type === "job.finished") finished.push(event.job.blocked.map(({ user }) => user));
      },
    });
    ann = await host.create("/Users", { userName: "ann" });
    bo = await host.create("/Users", { userName: "bo" });
    team = await host.create("/Groups", { displayName: "Owners", members: [{ value: ann }, { value: bo }] });
    const id = await add();
    for (const each of [ann, bo]) kept.add(each);
    await change({ remove: [id] });
    expect((await blocked()).sort()).toEqual([ann, bo].sort());
  });

  test("the job that has met them names them, with the guard's words", async () => {
    const jobs = await host.access.jobs("acme", host.connection.id);
    const named = [ann, bo].sort().map((user) => ({ user, detail }));
    expect(jobs.map((job) => job.blocked)).toEqual([...jobs.slice(1).map(() => []), named]);
    expect(finished.at(-1)).toEqual([ann, bo].sort());
    expect([host.rolesOf(ann), host.rolesOf(bo)]).toEqual([
      ["owner", "viewer"],
      ["owner", "viewer"],
    ]);
  });

  test("a later job that is let through takes them off; one that is not takes them over", async () => {
    kept.delete(ann);
    const id = await change({ add: [{ ...rule, role: "member" }] });
    expect([host.rolesOf(ann), host.rolesOf(bo)]).toEqual([
      ["member", "viewer"],
      ["owner", "viewer"],
    ]);
    const jobs = await host.access.jobs("acme", host.connection.id);
    expect(jobs.findLast((job) => job.blocked.length > 0)?.id).toBe(jobs.at(-1)?.id);
    expect(await blocked()).toEqual([bo]);
    kept.delete(bo);
    await change({ remove: [id] });
    expect(await blocked()).toEqual([]);
  });

  test("a rule that gives the role again takes them off: nothing is kept against the rules any more", async () => {
    await add();
    expect(await blocked()).toEqual([]);
  });

  test("a later write that reconciles them takes them off; one that is refused does not", async () => {
    expect((await patch(`/Groups/${team}`, "remove", `members[value eq "${ann}"]`)).status).toBe(409);
    expect((await blocked()).sort()).toEqual([ann, bo].sort());
    kept.delete(ann);
    expect((await patch(`/Groups/${team}`, "remove", `members[value eq "${ann}"]`)).status).toBe(204);
    expect([await blocked(), host.rolesOf(ann)]).toEqual([[bo], ["viewer"]]);
  });

  test("whose access ends altogether is not kept", async () => {
    for (const each of [ann, bo]) kept.delete(each);
    await patch(`/Users/${ann}`, "replace", "active", false);
    await host.send("DELETE", `/Users/${bo}`);
    expect(await blocked()).toEqual([]);
  });

  test("a write that has nothing to do with access leaves them where they are", async () => {
    await patch(`/Users/${ann}`, "replace", "title", "CTO");
    expect((await blocked()).sort()).toEqual([ann, bo].sort());
  });
});
