/** The contract of ConnectionStore: whatever keeps connections keeps them like this. */
import type { ConnectionRecord, ConnectionStore, Mark, NewLogEntry, TokenRecord } from "scimkit/connections";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type OpenPlace, places, stopServer } from "./stores.ts";

afterAll(stopServer);

const at = (seconds: number): Date => new Date(Date.UTC(2026, 0, 1, 0, 0, seconds));

let counter = 0;
const unique = (what: string): string => `${what}-${++counter}`;

function connection(more: Partial<ConnectionRecord> = {}): ConnectionRecord {
  return {
    id: crypto.randomUUID(),
    organisation: "acme",
    workspace: unique("workspace"),
    defaultRole: "member",
    upToDefault: ["guest", "member"],
    upToCeiling: [],
    state: "active",
    created: at(1),
    updated: at(1),
    ...more,
  };
}

function token(of: ConnectionRecord, more: Partial<TokenRecord> = {}): TokenRecord {
  return {
    id: crypto.randomUUID(),
    connection: of.id,
    label: "Entra",
    prefix: "scim_abc",
    hash: unique("hash"),
    created: at(2),
    ...more,
  };
}

function mark(of: ConnectionRecord, resourceId: string, more: Partial<Mark> = {}): Mark {
  const { id, organisation, workspace } = of;
  return {
    connection: id,
    organisation,
    workspace,
    resourceType: "User",
    resourceId,
    since: at(3),
    linked: false,
    ...more,
  };
}

function entry(more: Partial<NewLogEntry> = {}): NewLogEntry {
  return {
    at: at(4),
    duration: 5,
    method: "GET",
    status: 200,
    outcome: "ok",
    identityProvider: "unknown",
    token: "token",
    notes: [],
    traits: [],
    ...more,
  };
}

const anything = (): void => {};
const nothing = (): undefined => undefined;

describe.each(places)("A store of connections in $name", ({ open }) => {
  let place: OpenPlace;
  let store: ConnectionStore;
  let kept: ConnectionRecord;
  beforeAll(async () => {
    place = await open();
    ({ store } = place);
  }, 60_000);
  afterAll(() => place.close());
  beforeEach(async () => {
    kept = connection({ organisation: unique("organisation") });
    await store.insert(kept, anything);
  });

  describe("connections", () => {
    test("are found by id, and listed by organisation in the order of creation", async () => {
      const second = connection({
        organisation: kept.organisation,
        ceiling: "admin",
        upToCeiling: ["member", "admin"],
      });
      await store.insert(second, anything);
      await store.insert(connection({ organisation: unique("other") }), anything);
      expect(await store.find(kept.id)).toEqual(kept);
      expect(await store.list(kept.organisation)).toEqual([kept, second]);
      expect(await store.list("nobody")).toEqual([]);
    });

    test.each(["", "nobody", "'; drop table scim_connection; --", "\0", "\ud800", "x".repeat(100_000)])(
      "have no id like %j",
      async (id) => {
        expect(await store.find(id)).toBeUndefined();
        expect(await store.update(id, (current) => current)).toBeUndefined();
        expect(await store.delete(id)).toBe(false);
      },
    );

    test("keep whatever text a host calls its own", async () => {
      const odd = connection({
        organisation: unique("'\"\\%_; 漢字 😀"),
        workspace: unique("it's"),
        defaultRole: "ro'le",
      });
      await store.insert(odd, anything);
      expect(await store.list(odd.organisation)).toEqual([odd]);
    });

    test("are refused by the check, which sees those of the same organisation or workspace and no others", async () => {
      const sameOrganisation = connection({ organisation: kept.organisation });
      const sameWorkspace = connection({ organisation: unique("other"), workspace: kept.workspace });
      await store.insert(sameOrganisation, anything);
      await store.insert(sameWorkspace, anything);
      await store.insert(connection({ organisation: unique("third") }), anything);
      const candidate = connection({ organisation: kept.organisation, workspace: kept.workspace });
      const seen: string[] = [];
      const insert = store.insert(candidate, (others) => {
        seen.push(...others.map(({ id }) => id));
        throw new RangeError("No.");
      });
      await expect(insert).rejects.toThrow(RangeError);
      expect(seen.sort()).toEqual([kept.id, sameOrganisation.id, sameWorkspace.id].sort());
      expect(await store.find(candidate.id)).toBeUndefined();
    });

    test("change as a function of the current state; a check that throws leaves them as they are", async () => {
      const other = connection({ workspace: unique("busy") });
      await store.insert(other, anything);
      const moved = await store.update(kept.id, (current) => ({
        ...current,
        workspace: unique("free"),
        updated: at(9),
      }));
      expect(moved).toEqual({ ...kept, workspace: moved?.workspace, updated: at(9) });
      expect(await store.find(kept.id)).toEqual(moved);
      const refused = store.update(
        kept.id,
        (current) => ({ ...current, workspace: other.workspace }),
        (next, others) => {
          expect([next.workspace, others.map(({ id }) => id)]).toEqual([other.workspace, [other.id]]);
          throw new RangeError("No.");
        },
      );
      await expect(refused).rejects.toThrow(RangeError);
      expect(await store.find(kept.id)).toEqual(moved);
    });

    test("never exceed a limit that the check knows, however many are made at once", async () => {
      const organisation = unique("rush");
      const workspace = unique("rush");
      const made = await Promise.allSettled(
        Array.from({ length: 20 }, () =>
          store.insert(connection({ organisation, workspace }), (others) => {
            if (others.length > 0) throw new RangeError("Full.");
          }),
        ),
      );
      expect(made.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
      expect(await store.list(organisation)).toHaveLength(1);
    });

    test("nor when they move there at once, beside others that are paused and logged", async () => {
      const workspace = unique("goal");
      const movers = Array.from({ length: 6 }, () => connection({ organisation: "movers" }));
      for (const mover of movers) await store.insert(mover, anything);
      const busy = movers.flatMap(({ id }) => [
        store.update(id, (current) => ({ ...current, state: "paused" })),
        store.append(id, [entry()], 10),
      ]);
      const moved = await Promise.allSettled(
        movers.map(({ id }) =>
          store.update(
            id,
            (current) => ({ ...current, workspace }),
            (_, others) => {
              if (others.some((other) => other.workspace === workspace)) throw new RangeError("Full.");
            },
          ),
        ),
      );
      await Promise.all(busy);
      expect(moved.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    });
  });

  describe("tokens", () => {
    test("are found by hash, with their connection", async () => {
      const first = token(kept);
      const second = token(kept, { label: "", expires: at(100) });
      expect(await store.insertToken(first, nothing)).toBe(true);
      expect(await store.insertToken(second, nothing)).toBe(true);
      expect(await store.findToken(first.hash)).toEqual({ token: first, connection: kept });
      expect(await store.findToken(second.hash)).toEqual({ token: second, connection: kept });
      expect(await store.tokens(kept.id)).toEqual([first, second]);
      expect(await store.findToken("another")).toBeUndefined();
    });

    test("of a connection that is gone are not kept", async () => {
      const orphan = token(connection());
      expect(await store.insertToken(orphan, nothing)).toBe(false);
      expect(await store.findToken(orphan.hash)).toBeUndefined();
    });

    test("are refused by the check; it may change a present one in the same breath", async () => {
      const old = token(kept);
      await store.insertToken(old, nothing);
      const refused = token(kept);
      const insert = store.insertToken(refused, () => {
        throw new RangeError("No.");
      });
      await expect(insert).rejects.toThrow(RangeError);
      expect(await store.findToken(refused.hash)).toBeUndefined();
      const next = token(kept);
      await store.insertToken(next, ([present]) => present && { ...present, expires: at(50) });
      expect(await store.tokens(kept.id)).toEqual([{ ...old, expires: at(50) }, next]);
    });

    test("never exceed a limit that the check knows", async () => {
      const made = await Promise.allSettled(
        Array.from({ length: 10 }, () =>
          store.insertToken(token(kept), (present) => {
            if (present.length >= 3) throw new RangeError("Full.");
            return undefined;
          }),
        ),
      );
      expect(made.filter(({ status }) => status === "fulfilled")).toHaveLength(3);
      expect(await store.tokens(kept.id)).toHaveLength(3);
    });

    test("are revoked once, and only by their own connection", async () => {
      const own = token(kept);
      await store.insertToken(own, nothing);
      const other = connection();
      await store.insert(other, anything);
      expect(await store.revokeToken(other.id, own.id, at(20))).toBeUndefined();
      expect(await store.revokeToken(kept.id, "\0", at(20))).toBeUndefined();
      expect(await store.revokeToken(kept.id, own.id, at(21))).toEqual({ ...own, revoked: at(21) });
      expect(await store.revokeToken(kept.id, own.id, at(22))).toEqual({ ...own, revoked: at(21) });
    });

    test("remember their last use, unless it was written a moment ago", async () => {
      const used = token(kept);
      await store.insertToken(used, nothing);
      await store.touchToken(used.id, at(100), at(40));
      await store.touchToken(used.id, at(130), at(70));
      expect((await store.tokens(kept.id)).map(({ lastUsed }) => lastUsed)).toEqual([at(100)]);
      await store.touchToken(used.id, at(160), at(100));
      expect((await store.tokens(kept.id)).map(({ lastUsed }) => lastUsed)).toEqual([at(160)]);
    });
  });

  describe("marks", () => {
    test("say which connection manages a resource; the later takes the place of the earlier", async () => {
      const first = mark(kept, "7");
      expect(await store.mark(first, undefined)).toBe(true);
      expect(await store.findMark(kept.workspace, "User", "7")).toEqual(first);
      expect(await store.findMark(kept.workspace, "Group", "7")).toBeUndefined();
      expect(await store.findMark("elsewhere", "User", "7")).toBeUndefined();
      expect(await store.findMark(kept.workspace, "User", "\0")).toBeUndefined();
      const other = connection({ workspace: kept.workspace });
      await store.insert(other, anything);
      const second = mark(other, "7", { linked: true, since: at(30) });
      expect(await store.mark(second, undefined)).toBe(true);
      expect(await store.findMark(kept.workspace, "User", "7")).toEqual(second);
      expect((await store.marks(kept.id, "User", undefined, 10)).marks).toEqual([]);
      await store.unmark(kept.workspace, "User", "7", undefined);
      expect(await store.findMark(kept.workspace, "User", "7")).toBeUndefined();
    });

    test("of a connection that is gone, or paused, are not kept", async () => {
      const gone = connection();
      await store.update(kept.id, (current) => ({ ...current, state: "paused" }));
      for (const of of [gone, kept]) {
        expect(await store.mark(mark(of, "8"), undefined)).toBe(false);
        expect(await store.findMark(of.workspace, "User", "8")).toBeUndefined();
      }
      expect(await store.mark(mark(gone, "8"), undefined, true)).toBe(false);
      expect(await store.mark(mark(kept, "8"), undefined, true)).toBe(true);
    });

    test("are read page by page, each once, and counted by type in one workspace", async () => {
      const ids = Array.from({ length: 25 }, (_, index) => `u${index}`);
      for (const id of ids) await store.mark(mark(kept, id), undefined);
      await store.mark(mark(kept, "before", { workspace: "the one before" }), undefined);
      await store.mark(mark(kept, "g1", { resourceType: "Group" }), undefined);
      const pages: number[] = [];
      const seen: string[] = [];
      let after: string | undefined;
      do {
        const page = await store.marks(kept.id, "User", after, 10);
        pages.push(page.marks.length);
        seen.push(...page.marks.map(({ resourceId }) => resourceId));
        after = page.next;
      } while (after !== undefined);
      expect(pages).toEqual([10, 10, 6]);
      expect(seen.sort()).toEqual([...ids, "before"].sort());
      expect(Object.fromEntries(await store.countMarks(kept.id, kept.workspace))).toEqual({ User: 25, Group: 1 });
    });

    test("are read on when the last one of a page is gone", async () => {
      for (const id of ["a", "b", "c"]) await store.mark(mark(kept, id), undefined);
      const { marks, next } = await store.marks(kept.id, "User", undefined, 2);
      for (const { resourceId } of marks) await store.unmark(kept.workspace, "User", resourceId, undefined);
      const rest = await store.marks(kept.id, "User", next, 2);
      expect([marks.length, rest.marks.length, rest.next]).toEqual([2, 1, undefined]);
    });
  });

  describe("logs", () => {
    test("count their entries, and are read from the newest on", async () => {
      await store.append(kept.id, [entry({ method: "GET" }), entry({ method: "POST" })], 100);
      await store.append(kept.id, [entry({ method: "PATCH", detail: 'it\'s "odd" \\ 漢字', notes: ["n"] })], 100);
      const all = await store.entries(kept.id, 10, undefined);
      expect(all.map(({ sequence, method }) => [sequence, method])).toEqual([
        [3, "PATCH"],
        [2, "POST"],
        [1, "GET"],
      ]);
      expect(all[0]).toEqual({
        ...entry({ method: "PATCH", detail: 'it\'s "odd" \\ 漢字', notes: ["n"] }),
        sequence: 3,
      });
      expect((await store.entries(kept.id, 1, undefined)).map(({ sequence }) => sequence)).toEqual([3]);
      expect((await store.entries(kept.id, 10, 3)).map(({ sequence }) => sequence)).toEqual([2, 1]);
    });

    test("are as long as they may be and no longer, also for a batch that is longer", async () => {
      for (let round = 0; round < 4; round++) await store.append(kept.id, [entry(), entry(), entry()], 5);
      expect((await store.entries(kept.id, 100, undefined)).map(({ sequence }) => sequence)).toEqual([
        12, 11, 10, 9, 8,
      ]);
      await store.append(
        kept.id,
        Array.from({ length: 9 }, () => entry()),
        5,
      );
      expect((await store.entries(kept.id, 100, undefined)).map(({ sequence }) => sequence)).toEqual([
        21, 20, 19, 18, 17,
      ]);
    });

    test("lose nothing that is appended at once", async () => {
      await Promise.all(Array.from({ length: 10 }, () => store.append(kept.id, [entry(), entry()], 100)));
      const sequences = (await store.entries(kept.id, 100, undefined)).map(({ sequence }) => sequence);
      expect(sequences).toEqual(Array.from({ length: 20 }, (_, index) => 20 - index));
    });

    test("leave behind when the first came, when the last, and what went wrong last", async () => {
      expect(await store.traffic(kept.id)).toEqual({ identityProvider: "unknown" });
      await store.append(kept.id, [entry({ at: at(1), status: 401, outcome: "refused" })], 100);
      expect((await store.traffic(kept.id))?.connected).toBeUndefined();
      await store.append(kept.id, [entry({ at: at(2), identityProvider: "entra" }), entry({ at: at(3) })], 100);
      const failed = entry({ at: at(4), status: 500, outcome: "failed", detail: "Broken." });
      await store.append(kept.id, [entry({ at: at(3) }), failed, entry({ at: at(5) })], 1);
      expect(await store.traffic(kept.id)).toEqual({
        connected: at(2),
        lastRequest: at(5),
        lastError: { ...failed, sequence: 5 },
        identityProvider: "entra",
      });
    });

    test("of a connection that is gone are nobody's", async () => {
      const gone = connection();
      await store.append(gone.id, [entry()], 10);
      expect(await store.entries(gone.id, 10, undefined)).toEqual([]);
      expect(await store.traffic(gone.id)).toBeUndefined();
    });
  });

  test("A connection that is deleted takes its tokens and its log with it, and releases its marks", async () => {
    const own = token(kept);
    await store.insertToken(own, nothing);
    await store.mark(mark(kept, "9"), undefined);
    await store.append(kept.id, [entry()], 10);
    expect(await store.delete(kept.id)).toBe(true);
    expect(await store.delete(kept.id)).toBe(false);
    expect(await store.find(kept.id)).toBeUndefined();
    expect(await store.findToken(own.hash)).toBeUndefined();
    expect(await store.entries(kept.id, 10, undefined)).toEqual([]);
    expect(await store.findMark(kept.workspace, "User", "9")).toEqual({ ...mark(kept, "9"), connection: undefined });
    expect((await store.marks(kept.id, "User", undefined, 10)).marks).toEqual([]);
  });
});
