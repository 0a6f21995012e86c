/** What the memory stores promise beyond the store contract: tenants, uniqueness, isolation, versions, members. */
import {
  attribute,
  type Draft,
  defineExtension,
  defineResource,
  everything,
  groupType,
  type Outcome,
  type Resource,
  type ResourceStore,
  ScimError,
  userType,
} from "scimkit";
import { memoryStore, memoryStores } from "scimkit/memory";
import { describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { defaultGrammar } from "../../src/filter/grammar.ts";
import { parseFilter } from "../../src/filter/resolve.ts";

interface Context {
  readonly tenant?: unknown;
}

const acme: Context = { tenant: "acme" };

/** Stores that have been connected, as createScim does it. */
function connected(options: Parameters<typeof memoryStores<Context>>[0] = {}) {
  const stores = memoryStores<Context>(options);
  stores.users.connect(userType());
  stores.groups.connect(groupType());
  return stores;
}

const draft = <R extends Resource>(
  resource: R,
  beforeCommit: Draft<Resource, undefined>["beforeCommit"] = async () => {},
) => ({ resource, beforeCommit });

/** Writes whatever is given over the current state. */
const changing = (changes: Resource, beforeCommit: (outcome: Outcome) => Promise<void> = async () => {}) => ({
  members: undefined,
  apply: ({ id, meta, ...current }: Resource) => ({
    resource: { ...current, ...changes },
    changed: Object.keys(changes),
  }),
  beforeCommit,
});

const adding = (...ids: readonly string[]) => ({
  members: { reset: false, add: ids.map((value) => ({ value })), remove: [] },
  apply: ({ id, meta, ...resource }: Resource) => ({ resource, changed: [] }),
  beforeCommit: async () => {},
});

const removing = (...ids: readonly string[]) => ({ ...adding(), members: { reset: false, add: [], remove: ids } });
const removal = { check: () => {}, beforeCommit: async () => {} };
const first = { by: "index", startIndex: 1, count: 100 } as const;
const all = { filter: undefined, sort: undefined, window: first, want: everything };

/** The store of any type, without what TypeScript knows of its resources. */
const untyped = (store: ResourceStore<Resource, Context, undefined>): ResourceStore<Resource, Context, undefined> =>
  store;

describe("A tenant", () => {
  const nobodys = [undefined, null, "", 0, 42, {}, Number.NaN];

  it.each(nobodys)("that is %j gets no answer from any method", async (tenant) => {
    const { users, groups } = memoryStores<Context>({
      // What a host's JavaScript may return.
      tenant: (context) => (typeof context.tenant === "string" ? context.tenant : Object(context).tenant),
    });
    users.connect(userType());
    groups.connect(groupType());
    await users.create(draft({ userName: "a" }), everything, acme);
    const context: Context = { tenant };
    const refused = /option "tenant" must return a non-empty string/;
    await expect(users.create(draft({ userName: "a" }), everything, context)).rejects.toThrow(refused);
    await expect(users.get("1", everything, context)).rejects.toThrow(refused);
    await expect(users.list(all, context)).rejects.toThrow(refused);
    await expect(untyped(users).update("1", changing({}), everything, context)).rejects.toThrow(refused);
    await expect(users.delete("1", removal, context)).rejects.toThrow(refused);
    await expect(groups.groupsOf(["1"], context)).rejects.toThrow(refused);
    expect(() => users.snapshot(context)).toThrow(refused);
  });

  it("without a name is answered 500, not a status that blames the client", async () => {
    const { users } = memoryStores<Context>({ tenant: () => "" });
    const thrown = await users.get("1", everything, {}).catch((error: unknown) => error);
    expect(thrown).not.toBeInstanceOf(ScimError);
    expect(ScimError.from(thrown).status).toBe(500);
  });

  it("called like a property of objects is one like any other", async () => {
    const { users } = connected({ tenant: ({ tenant }) => String(tenant) });
    await users.create(draft({ userName: "a" }), everything, { tenant: "__proto__" });
    expect((await users.list(all, { tenant: "__proto__" })).total).toBe(1);
    expect((await users.list(all, { tenant: "constructor" })).total).toBe(0);
  });

  it("is not there because somebody asked for it", async () => {
    const { users } = connected({ tenant: ({ tenant }) => String(tenant) });
    expect(await users.list(all, acme)).toEqual({ resources: [], total: 0 });
    expect(users.snapshot(acme)).toEqual([]);
  });

  it("is the only one where the option is left out", async () => {
    const { users } = connected();
    await users.create(draft({ userName: "a" }), everything, acme);
    expect((await users.list(all, { tenant: "other" })).total).toBe(1);
  });
});

describe("A store that is not connected", () => {
  it("says so when it is written to or searched", async () => {
    const { users } = memoryStores();
    const wanted = /give it to createScim, or call connect/;
    await expect(users.create(draft({ userName: "a" }), everything, undefined)).rejects.toThrow(wanted);
    await expect(users.list(all, undefined)).rejects.toThrow(wanted);
  });

  it("may be connected again, to a type with other unique attributes", async () => {
    const store = memoryStore();
    const device = (uniqueness: "none" | "server") =>
      defineResource({
        name: "Device",
        urn: "urn:acme:params:scim:schemas:core:2.0:Device",
        schema: z.object({ serial: attribute(z.string(), { uniqueness }) }),
      });
    store.connect(device("none"));
    await store.create(draft({ serial: "A1" }), everything, undefined);
    store.connect(device("server"));
    const again = store.create(draft({ serial: "a1" }), everything, undefined);
    await expect(again).rejects.toMatchObject({ status: 409, scimType: "uniqueness" });
  });
});

describe("Uniqueness", () => {
  const badge = defineExtension(
    "urn:acme:params:scim:schemas:badge:2.0:User",
    z.object({
      number: attribute(z.string(), { uniqueness: "server", caseExact: true }).optional(),
      doors: attribute(z.array(z.int()), { uniqueness: "server" }).optional(),
    }),
  );
  const urn = badge.schema.id;
  const badged = () => {
    const users = untyped(memoryStores<Context>({ tenant: ({ tenant }) => String(tenant) }).users);
    users.connect?.(userType([badge]));
    return users;
  };

  it("holds for attributes of extensions, with their case where they are caseExact", async () => {
    const users = badged();
    await users.create(draft({ userName: "a", [urn]: { number: "X1" } }), everything, acme);
    await users.create(draft({ userName: "b", [urn]: { number: "x1" } }), everything, acme);
    const taken = users.create(draft({ userName: "c", [urn]: { number: "X1" } }), everything, acme);
    await expect(taken).rejects.toMatchObject({
      status: 409,
      scimType: "uniqueness",
      detail: expect.stringContaining(`${urn}:number`),
    });
  });

  it("holds for each value of a multi-valued attribute, numbers as well", async () => {
    const users = badged();
    const { id } = await users.create(draft({ userName: "a", [urn]: { doors: [1, 2] } }), everything, acme);
    const taken = users.create(draft({ userName: "b", [urn]: { doors: [2, 3] } }), everything, acme);
    await expect(taken).rejects.toMatchObject({ status: 409 });
    await users.update(id, changing({ [urn]: { doors: [1] } }), everything, acme);
    await users.create(draft({ userName: "b", [urn]: { doors: [2, 3] } }), everything, acme);
  });

  it("names the attribute and not who has the value", async () => {
    const users = badged();
    await users.create(draft({ userName: "secret@example.com" }), everything, acme);
    const thrown = await users.create(draft({ userName: "SECRET@example.com" }), everything, acme).catch(String);
    expect(thrown).toContain('"userName"');
    expect(thrown).not.toMatch(/secret/i);
  });

  it("of groups' names is the default, and can be switched off (Q63)", async () => {
    const strict = connected().groups;
    await strict.create(draft({ displayName: "Team" }), everything, acme);
    const second = strict.create(draft({ displayName: "TEAM" }), everything, acme);
    await expect(second).rejects.toMatchObject({ status: 409, scimType: "uniqueness" });
    const lax = connected({ uniqueGroupNames: false }).groups;
    await lax.create(draft({ displayName: "Team" }), everything, acme);
    await lax.create(draft({ displayName: "Team" }), everything, acme);
    expect(lax.snapshot(acme)).toHaveLength(2);
  });
});

describe("What a caller gave or got", () => {
  it("is not the store's: changing what was given changes nothing", async () => {
    const { users } = connected();
    const emails = [{ value: "a@example.com", type: "work" }];
    const given = { userName: "a", emails, name: { givenName: "A" } };
    const { id } = await users.create(draft(given), everything, acme);
    for (const email of emails) email.value = "changed";
    emails.push({ value: "b@example.com", type: "home" });
    given.name.givenName = "changed";
    expect(await users.get(id, everything, acme)).toMatchObject({
      emails: [{ value: "a@example.com", type: "work" }],
      name: { givenName: "A" },
    });
  });

  it("is frozen to its depths, so that reads need not copy", async () => {
    const { users } = connected();
    const created = await users.create(
      draft({ userName: "a", emails: [{ value: "a@example.com" }] }),
      everything,
      acme,
    );
    const read = await users.get(created.id, everything, acme);
    expect(read).toBe((await users.list(all, acme)).resources[0]);
    for (const part of [read, read?.meta, read?.emails, read?.emails?.[0]]) expect(Object.isFrozen(part)).toBe(true);
  });

  it("stays out of the way of an update that returns what it was given", async () => {
    const users = untyped(connected().users);
    const { id } = await users.create(draft({ userName: "a", emails: [{ value: "a@example.com" }] }), everything, acme);
    const title = { text: "one" };
    await users.update(id, changing({ title }), everything, acme);
    title.text = "changed";
    expect((await users.get(id, everything, acme))?.title).toEqual({ text: "one" });
  });

  it("may hold Dates, which are kept as text", async () => {
    const users = untyped(connected().users);
    const at = new Date("2011-05-13T04:42:34Z");
    const { id } = await users.create(draft({ userName: "a", since: at }), everything, acme);
    at.setFullYear(1999);
    expect((await users.get(id, everything, acme))?.since).toBe("2011-05-13T04:42:34.000Z");
  });
});

describe("meta", () => {
  it("counts versions, and tells the time by the clock it is given", async () => {
    const users = untyped(connected({ now: vi.fn(() => new Date(time)) }).users);
    let time = Date.UTC(2026, 0, 1);
    const { id, meta } = await users.create(draft({ userName: "a" }), everything, acme);
    expect(meta).toEqual({
      created: "2026-01-01T00:00:00.000Z",
      lastModified: "2026-01-01T00:00:00.000Z",
      version: "1",
    });
    time += 1_000;
    const updated = await users.update(id, changing({ title: "x" }), everything, acme);
    expect(updated?.meta).toEqual({
      created: "2026-01-01T00:00:00.000Z",
      lastModified: "2026-01-01T00:00:01.000Z",
      version: "2",
    });
  });

  it("of a group changes when a member is deleted, since the group is shown without it", async () => {
    const { users, groups } = connected();
    const user = await users.create(draft({ userName: "a" }), everything, acme);
    const group = await groups.create(draft({ displayName: "Team", members: [{ value: user.id }] }), everything, acme);
    await users.delete(user.id, removal, acme);
    expect(await groups.get(group.id, everything, acme)).toMatchObject({ meta: { version: "2" } });
  });
});

describe("A write", () => {
  it("that waits longer than `patience` is answered 503, and those behind it are not stuck", async () => {
    const users = untyped(connected({ patience: 20 }).users);
    const inner = vi.fn();
    // A hook that writes to its own tenant waits for itself.
    const outer = users.create(
      draft({ userName: "outer" }, async () => {
        await users.create(draft({ userName: "inner" }), everything, acme).catch(inner);
      }),
      everything,
      acme,
    );
    await outer;
    expect(inner).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({ status: 503, headers: expect.objectContaining({ "Retry-After": "5" }) }),
    );
    await users.create(draft({ userName: "later" }), everything, acme);
    expect((await users.list(all, acme)).resources.map(({ userName }) => userName)).toEqual(["outer", "later"]);
  });

  it("of one tenant does not wait for another's", async () => {
    const { users } = connected({ tenant: ({ tenant }) => String(tenant) });
    let release = (): void => {};
    const waiting = new Promise<void>((resolve) => {
      release = resolve;
    });
    const slow = users.create(
      draft({ userName: "slow" }, () => waiting),
      everything,
      acme,
    );
    await users.create(draft({ userName: "quick" }), everything, { tenant: "other" });
    release();
    await slow;
    expect(users.snapshot(acme)).toHaveLength(1);
  });

  it("is not seen before its commit", async () => {
    const { users } = connected();
    let seen: number | undefined;
    await users.create(
      draft({ userName: "a" }, async () => {
        seen = (await users.list(all, acme)).total;
      }),
      everything,
      acme,
    );
    expect(seen).toBe(0);
  });

  it.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])("cannot be given a patience of %d", (patience) => {
    expect(() => memoryStores({ patience })).toThrow(RangeError);
    expect(() => memoryStore({ patience })).toThrow(/`patience`/);
  });
});

describe("Members", () => {
  it("are shown by value and type, which is found out, whatever the client says (Q60)", async () => {
    const { users, groups } = connected();
    const user = await users.create(draft({ userName: "a" }), everything, acme);
    const inner = await groups.create(draft({ displayName: "Inner" }), everything, acme);
    const members = [
      { value: user.id, type: "Group", display: "A", $ref: "https://elsewhere.example/1" },
      { value: inner.id },
    ];
    const outer = await groups.create(draft({ displayName: "Outer", members }), everything, acme);
    expect(outer.members).toEqual([
      { value: user.id, type: "User" },
      { value: inner.id, type: "Group" },
    ]);
  });

  it("keep what a host's own schema says of them", async () => {
    const { users, groups } = connected();
    const { id } = await users.create(draft({ userName: "a" }), everything, acme);
    const team = untyped(groups);
    const group = await team.create(
      draft({ displayName: "Team", members: [{ value: id, role: "owner" }] }),
      everything,
      acme,
    );
    expect(group.members).toEqual([{ value: id, type: "User", role: "owner" }]);
    const changed = await team.update(
      group.id,
      changing({ members: [{ value: id, role: "guest" }] }),
      everything,
      acme,
    );
    expect(changed?.members).toEqual([{ value: id, type: "User", role: "guest" }]);
    const again = await team.update(group.id, adding(id), everything, acme);
    expect(again).toEqual(changed);
  });

  it("that do not exist are named, ten of them, and not at length", async () => {
    const groups = untyped(connected().groups);
    const { id } = await groups.create(draft({ displayName: "Team" }), everything, acme);
    const unknown = Array.from({ length: 12 }, (_, at) => `unknown-${at}-${"x".repeat(500)}`);
    const thrown = await groups.update(id, adding(...unknown), everything, acme).catch((error: unknown) => error);
    expect(thrown).toMatchObject({ status: 400, scimType: "invalidValue" });
    const { detail } = ScimError.from(thrown);
    for (const at of [0, 9]) expect(detail).toContain(`unknown-${at}-`);
    for (const at of [10, 11]) expect(detail).not.toContain(`unknown-${at}-`);
    expect(detail).toContain("and 2 more");
    expect(detail.length).toBeLessThan(800);
  });

  it("may be the group itself, which then leaves itself when it is deleted", async () => {
    const { groups } = connected();
    const { id } = await groups.create(draft({ displayName: "Team" }), everything, acme);
    await untyped(groups).update(id, adding(id), everything, acme);
    expect(await groups.groupsOf([id], acme)).toEqual(
      new Map([[id, [{ value: id, display: "Team", type: "direct" }]]]),
    );
    expect(await groups.delete(id, removal, acme)).toBe(true);
    expect(await groups.groupsOf([id], acme)).toEqual(new Map());
    expect(groups.snapshot(acme)).toEqual([]);
  });

  it("of a group within a group are found by the outer group, too", async () => {
    const { users, groups } = connected();
    const user = await users.create(draft({ userName: "a" }), everything, acme);
    const other = await users.create(draft({ userName: "b" }), everything, acme);
    const inner = await groups.create(draft({ displayName: "Inner", members: [{ value: user.id }] }), everything, acme);
    const members = [{ value: inner.id }, { value: other.id }];
    const outer = await groups.create(draft({ displayName: "Outer", members }), everything, acme);
    const found = async (text: string): Promise<readonly string[]> => {
      const filter = parseFilter(text, userType(), defaultGrammar);
      return (await users.list({ ...all, filter }, acme)).resources.map(({ userName }) => userName);
    };
    expect(await found(`groups.value eq "${outer.id}"`)).toEqual(["a", "b"]);
    expect(await found(`groups.value eq "${inner.id}"`)).toEqual(["a"]);
    expect(await found(`groups[value eq "${outer.id}" and type eq "indirect"]`)).toEqual(["a"]);
  });

  it("are, before and after, what beforeCommit is shown of a change that looks at them", async () => {
    const { users, groups } = connected();
    const ids: string[] = [];
    for (const userName of ["a", "b", "c"]) ids.push((await users.create(draft({ userName }), everything, acme)).id);
    const [one = "", two = "", three = ""] = ids;
    const members = [{ value: one }, { value: two }];
    const { id } = await groups.create(draft({ displayName: "Team", members }), everything, acme);
    const seen: unknown[] = [];
    const change = changing({ members: [{ value: three }, { value: two }] }, async ({ before, after }) => {
      seen.push(before?.members, after?.members);
    });
    const changed = await untyped(groups).update(id, change, everything, acme);
    const shown = (...values: readonly string[]) => values.map((value) => ({ value, type: "User" }));
    expect(seen).toEqual([shown(one, two), shown(two, three)]);
    expect(changed?.members).toEqual(shown(two, three));
  });

  it("come and go, and leave the others in their order", async () => {
    const { users, groups } = connected();
    const ids: string[] = [];
    for (let n = 0; n < 4; n++) ids.push((await users.create(draft({ userName: `u${n}` }), everything, acme)).id);
    const [one = "", two = "", ...others] = ids;
    const { id } = await groups.create(
      draft({ displayName: "Team", members: ids.map((value) => ({ value })) }),
      everything,
      acme,
    );
    for (let n = 0; n < 200; n++) {
      await untyped(groups).update(id, removing(two), everything, acme);
      await untyped(groups).update(id, adding(two), everything, acme);
    }
    const members = (await groups.get(id, everything, acme))?.members?.map(({ value }) => value);
    expect(members).toEqual([one, two, ...others]);
  });
});

describe("A cursor page whose resources are all gone", () => {
  it("is empty, and leads to those before and after it", async () => {
    const { users } = connected();
    const ids: string[] = [];
    for (let n = 0; n < 6; n++) ids.push((await users.create(draft({ userName: `u${n}` }), everything, acme)).id);
    const page = async (position: string | undefined) => {
      const found = await users.list({ ...all, window: { by: "cursor", position, count: 2 } }, acme);
      return { ...found, names: found.resources.map(({ userName }) => userName) };
    };
    const second = await page((await page(undefined)).next);
    expect(second.names).toEqual(["u2", "u3"]);
    for (const id of ids.slice(4)) await users.delete(id, removal, acme);
    const end = await page(second.next);
    expect([end.names, end.next, end.total]).toEqual([[], undefined, 4]);
    expect((await page(end.previous)).names).toEqual(["u2", "u3"]);
    for (const id of ids.slice(0, 2)) await users.delete(id, removal, acme);
    const start = await page(second.previous);
    expect([start.names, start.previous, start.total]).toEqual([[], undefined, 2]);
    expect((await page(start.next)).names).toEqual(["u2", "u3"]);
  });
});

describe("snapshot", () => {
  it("is everything of a tenant, in the order of creation, with members", async () => {
    const { users, groups } = connected();
    const one = await users.create(draft({ userName: "b" }), everything, acme);
    const two = await users.create(draft({ userName: "a" }), everything, acme);
    const group = await groups.create(draft({ displayName: "Team", members: [{ value: one.id }] }), everything, acme);
    expect(users.snapshot(acme)).toEqual([one, two]);
    expect(groups.snapshot(acme)).toEqual([group]);
    expect(group.members).toEqual([{ value: one.id, type: "User" }]);
  });
});
