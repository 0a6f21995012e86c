/** What the memory stores do not look at: look-ups by index, and members of large groups. RFC 7644 §3.4.2.2, §3.5.2. */
import { everything, type Group, groupType, type Selection, userType } from "scimkit";
import { memoryStores } from "scimkit/memory";
import { beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { defaultGrammar } from "../../src/filter/grammar.ts";
import { parseFilter } from "../../src/filter/resolve.ts";
import { ChurnMap } from "../../src/store/memory-churn-map.ts";

/** How many resources have been held against a filter. */
const tested = vi.hoisted(() => ({ count: 0 }));

vi.mock("../../src/filter/predicate.ts", async (load) => {
  const actual = await load<typeof import("../../src/filter/predicate.ts")>();
  const compilePredicate: typeof actual.compilePredicate = (filter, type) => {
    const predicate = actual.compilePredicate(filter, type);
    return (resource) => {
      tested.count++;
      return predicate(resource);
    };
  };
  return { ...actual, compilePredicate };
});

const first = { by: "index", startIndex: 1, count: 10 } as const;
const withoutMembers: Selection = { has: (name) => name !== "members" };
const nothingElse = async (): Promise<void> => {};

describe("Among 2,000 users", () => {
  const { users, groups } = memoryStores();
  const user = userType();
  const ids: string[] = [];
  let teamId = "";

  beforeAll(async () => {
    users.connect(user);
    groups.connect(groupType());
    for (let n = 0; n < 2_000; n++) {
      const resource = {
        userName: `User${n}@example.com`,
        externalId: `ext-${n}`,
        displayName: `Name ${n % 500}`,
        title: `Title ${n}`,
        active: n % 2 === 0,
        emails: [
          { value: `user${n}@work.example`, type: "work" },
          { value: `shared${n % 1_000}@home.example`, type: "home" },
        ],
      };
      ids.push((await users.create({ resource, beforeCommit: nothingElse }, everything, undefined)).id);
    }
    const members = ids.slice(0, 3).map((value) => ({ value }));
    const team = await groups.create(
      { resource: { displayName: "Team", members }, beforeCommit: nothingElse },
      everything,
      undefined,
    );
    teamId = team.id;
  });

  beforeEach(() => {
    tested.count = 0;
  });

  const find = async (text: string): Promise<readonly string[]> => {
    const filter = parseFilter(text, user, defaultGrammar);
    const page = await users.list({ filter, sort: undefined, window: first, want: everything }, undefined);
    return page.resources.map(({ userName }) => userName);
  };

  it.each<readonly [filter: () => string, found: readonly string[], tests: number]>([
    [() => 'userName eq "uSER42@example.com"', ["User42@example.com"], 0],
    [() => 'userName eq "nobody"', [], 0],
    [() => 'externalId eq "ext-42"', ["User42@example.com"], 0],
    [() => 'externalId eq "EXT-42"', [], 0],
    [() => `id eq "${ids[42]}"`, ["User42@example.com"], 0],
    [() => 'emails.value eq "SHARED42@home.example"', ["User42@example.com", "User1042@example.com"], 0],
    [() => 'emails[value eq "user7@work.example"]', ["User7@example.com"], 0],
    [() => 'emails[type eq "work" and value eq "user7@work.example"]', ["User7@example.com"], 1],
    [() => 'emails[type eq "home" and value eq "user7@work.example"]', [], 1],
    [() => 'userName eq "user42@example.com" and active eq true', ["User42@example.com"], 1],
    [() => 'active eq true and title pr and externalId eq "ext-42"', ["User42@example.com"], 1],
    [() => 'displayName eq "name 42" and userName eq "user542@example.com"', ["User542@example.com"], 1],
    [() => 'displayName eq "name 42" and title eq "Title 542"', ["User542@example.com"], 4],
    [() => 'userName eq "a" and userName eq "b"', [], 0],
    [() => `groups.value eq "${teamId}"`, ["User0@example.com", "User1@example.com", "User2@example.com"], 0],
    [() => `groups.value eq "${teamId}" and active eq false`, ["User1@example.com"], 3],
    [() => `groups[value eq "${teamId}" and type eq "indirect"]`, [], 3],
    [() => 'title eq "Title 42"', ["User42@example.com"], 2_000],
    [
      () => 'userName eq "user42@example.com" or title eq "Title 43"',
      ["User42@example.com", "User43@example.com"],
      2_000,
    ],
    [() => 'not (userName ne "user42@example.com")', ["User42@example.com"], 2_000],
  ])("%s", async (filter, found, tests) => {
    expect(await find(filter())).toEqual(found);
    expect(tested.count).toBe(tests);
  });

  it("an index follows an update, to the new value and away from the old", async () => {
    const id = ids[1_999] ?? "";
    await users.update(
      id,
      {
        members: undefined,
        apply: ({ id: _, meta, ...resource }) => ({
          resource: { ...resource, externalId: "moved", emails: [{ value: "moved@work.example" }] },
          changed: ["externalId", "emails"],
        }),
        beforeCommit: nothingElse,
      },
      everything,
      undefined,
    );
    expect(await find('externalId eq "moved"')).toEqual(["User1999@example.com"]);
    expect(await find('emails.value eq "moved@work.example"')).toEqual(["User1999@example.com"]);
    expect(await find('externalId eq "ext-1999"')).toEqual([]);
    expect(await find('emails.value eq "user1999@work.example"')).toEqual([]);
    expect(await find('emails.value eq "shared999@home.example"')).toEqual(["User999@example.com"]);
    expect(tested.count).toBe(0);
  });
});

describe("What an index finds", () => {
  const stores = async (names: readonly string[]) => {
    const { users } = memoryStores();
    users.connect(userType());
    const ids: string[] = [];
    for (const [n, displayName] of names.entries()) {
      const resource = { userName: `u${n}`, displayName };
      ids.push((await users.create({ resource, beforeCommit: nothingElse }, everything, undefined)).id);
    }
    const rename = (id: string | undefined, displayName: string) =>
      users.update(
        id ?? "",
        {
          members: undefined,
          apply: ({ id: _, meta, ...resource }) => ({
            resource: { ...resource, displayName },
            changed: ["displayName"],
          }),
          beforeCommit: nothingElse,
        },
        everything,
        undefined,
      );
    const named = async (name: string) => {
      const filter = parseFilter(`displayName eq "${name}"`, userType(), defaultGrammar);
      const page = await users.list({ filter, sort: undefined, window: first, want: everything }, undefined);
      return page.resources.map(({ userName }) => userName);
    };
    return { ids, rename, named };
  };

  it("comes in the order of creation, not in that in which the values came", async () => {
    const { ids, rename, named } = await stores(["other", "same", "same"]);
    await rename(ids[0], "same");
    expect(await named("same")).toEqual(["u0", "u1", "u2"]);
  });

  it("is without the one that has left, wherever it stood among the others", async () => {
    for (const leaving of [0, 1, 2]) {
      const { ids, rename, named } = await stores(["same", "same", "same"]);
      await rename(ids[leaving], "other");
      expect(await named("same")).toEqual(["u0", "u1", "u2"].filter((name) => name !== `u${leaving}`));
      expect(await named("other")).toEqual([`u${leaving}`]);
    }
  });
});

describe("A group of 100,000", () => {
  const { users, groups } = memoryStores();
  const group = groupType();
  const ids: string[] = [];
  let groupId = "";
  const walks = vi.spyOn(ChurnMap.prototype, "forEach");

  beforeAll(async () => {
    users.connect(userType());
    groups.connect(group);
    for (let n = 0; n <= 100_000; n++) {
      const draft = { resource: { userName: `u${n}` }, beforeCommit: nothingElse };
      ids.push((await users.create(draft, everything, undefined)).id);
    }
    const members = ids.slice(0, 100_000).map((value) => ({ value }));
    const draft = { resource: { displayName: "Everybody", members }, beforeCommit: nothingElse };
    groupId = (await groups.create(draft, withoutMembers, undefined)).id;
  });

  beforeEach(() => {
    tested.count = 0;
    walks.mockClear();
  });

  const change = (delta: { readonly add?: readonly string[]; readonly remove?: readonly string[] }, seen?: unknown[]) =>
    groups.update(
      groupId,
      {
        members: { reset: false, add: (delta.add ?? []).map((value) => ({ value })), remove: delta.remove ?? [] },
        apply: ({ id, meta, ...resource }) => {
          seen?.push(resource.members);
          return { resource, changed: [] };
        },
        beforeCommit: async ({ before, after }) => {
          seen?.push(before?.members, after?.members);
        },
      },
      withoutMembers,
      undefined,
    );

  const last = (): string => ids[100_000] ?? "";

  it("gains and loses a member without anybody looking at the others", async () => {
    const seen: unknown[] = [];
    const added = await change({ add: [last()] }, seen);
    expect(added?.meta.version).toBe("2");
    const removed = await change({ remove: [last()] }, seen);
    expect(removed?.meta.version).toBe("3");
    expect(seen).toEqual([undefined, undefined, undefined, undefined, undefined, undefined]);
    expect(walks).not.toHaveBeenCalled();
  });

  it("is among a user's groups, and found by a member, without a look at its members", async () => {
    const found = await groups.groupsOf([ids[50_000] ?? "", last()], undefined);
    expect(found).toEqual(new Map([[ids[50_000], [{ value: groupId, display: "Everybody", type: "direct" }]]]));
    for (const text of [`members.value eq "${ids[7]}"`, `members[value eq "${ids[7]}"]`, `members eq "${ids[7]}"`]) {
      expect(await namesFound(text)).toEqual(["Everybody"]);
    }
    expect(await namesFound(`members.value eq "${ids[7]}" and displayName sw "e"`)).toEqual(["Everybody"]);
    expect(await namesFound(`members.value eq "${last()}"`)).toEqual([]);
    expect(tested.count).toBe(1);
    expect(walks).not.toHaveBeenCalled();
  });

  it("is read and listed without its members where they are not wanted", async () => {
    expect((await groups.get(groupId, withoutMembers, undefined))?.members).toBeUndefined();
    expect(await namesFound('displayName eq "everybody"')).toEqual(["Everybody"]);
    expect(walks).not.toHaveBeenCalled();
  });

  it("loses a user who is deleted, and nobody looks at the others", async () => {
    const removal = { check: () => {}, beforeCommit: nothingElse };
    expect(await users.delete(ids[0] ?? "", removal, undefined)).toBe(true);
    expect(walks).not.toHaveBeenCalled();
    const stored = await groups.get(groupId, everything, undefined);
    expect(stored?.members).toHaveLength(99_999);
    expect(walks).toHaveBeenCalledTimes(1);
  });

  async function namesFound(text: string): Promise<readonly Group["displayName"][]> {
    const filter = parseFilter(text, group, defaultGrammar);
    const query = { filter, sort: undefined, window: first, want: withoutMembers };
    return (await groups.list(query, undefined)).resources.map(({ displayName }) => displayName);
  }
});
