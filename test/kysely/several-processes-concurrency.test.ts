/** No update is lost, whoever writes at the same time: several Node processes on one database. RFC 7644 §3.14. */
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Answered } from "../client.ts";
import { isObject, type JsonObject } from "../match.ts";
import { person, resourcesOf, team } from "../service.ts";
import { patchOp } from "../session.ts";
import { type Cluster, openCluster } from "./cluster.ts";
import { mapped, readyMade } from "./layouts.ts";
import { databases, stopServer } from "./stores.ts";

afterAll(stopServer);

const processes = 3;

const times = (count: number): readonly number[] => Array.from({ length: count }, (_, at) => at);
const patch = (...Operations: readonly JsonObject[]): JsonObject => ({ schemas: [patchOp], Operations });
const addMember = (value: string): JsonObject => patch({ op: "add", path: "members", value: [{ value }] });
const removeMember = (value: string): JsonObject => patch({ op: "remove", path: `members[value eq "${value}"]` });
const idsIn = (elements: unknown): readonly unknown[] =>
  Array.isArray(elements) ? elements.map((element) => (isObject(element) ? element.value : undefined)) : [];

/** How often each status was answered; the texts of those that no client should see. */
function tally(answers: readonly Answered[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { status, text } of answers) {
    const key = status >= 500 ? `${status} ${text}` : String(status);
    counts[key] = (counts[key] ?? 0) + 1;
  }
  return counts;
}

describe.each(databases)("%s", (_, url) => {
  describe.each([mapped, readyMade])("$name", (layout) => {
    let cluster: Cluster;
    let users: readonly string[];

    beforeAll(async () => {
      cluster = await openCluster(url, layout, processes);
      users = await Promise.all(times(300).map((at) => cluster.create("/Users", person(`member${at}@x.io`))));
    }, 60_000);
    afterAll(() => cluster.close());

    /** Everybody in a group, by the group's own word. */
    const membersOf = async (path: string): Promise<readonly unknown[]> =>
      [...idsIn((await cluster.read(path)).members)].sort();

    it("300 PATCHes of one group that add or remove one member each: all of them count", async () => {
      const [staying, leaving, joining] = [users.slice(0, 50), users.slice(50, 150), users.slice(150, 300)];
      const path = `/Groups/${await cluster.create("/Groups", team("Everybody", ...staying, ...leaving))}`;
      const operations = [...joining.map(addMember), ...leaving.map(removeMember)];
      const renamings = times(50).map((at) => patch({ op: "replace", path: "externalId", value: `e${at}` }));
      const mixed = times(300).map((at) =>
        at % 6 === 5 ? renamings[(at - 5) / 6] : operations[at - Math.floor(at / 6)],
      );
      const answers = await Promise.all(mixed.map((body) => cluster.send("PATCH", path, body)));
      expect(tally(answers)).toEqual({ 204: 300 });
      expect(await membersOf(path)).toEqual([...staying, ...joining].sort());
      expect(new Set(answers.map(({ headers }) => headers.etag)).size).toBe(300);
    });

    it("300 PATCHes of one group that each add or remove the same member leave it in or out, once", async () => {
      const path = `/Groups/${await cluster.create("/Groups", team("Coming and going"))}`;
      const [one = ""] = users;
      const bodies = times(300).map((at) => (at % 2 === 0 ? addMember(one) : removeMember(one)));
      expect(tally(await Promise.all(bodies.map((body) => cluster.send("PATCH", path, body))))).toEqual({ 204: 300 });
      const members = await membersOf(path);
      expect([[], [one]]).toContainEqual(members);
      const groups = idsIn((await cluster.read(`/Users/${one}`)).groups);
      expect(groups.includes(path.slice("/Groups/".length))).toBe(members.length === 1);
    });

    it("200 PATCHes of one user: each adds its own e-mail address and role, and all are there", async () => {
      const path = `/Users/${await cluster.create("/Users", person("popular@x.io"))}`;
      const values = times(200).map((at) => `address${at}@x.io`);
      const bodies = values.map((value) =>
        patch(
          { op: "add", path: "emails", value: [{ value, type: "other" }] },
          { op: "replace", path: "title", value },
          { op: "replace", path: "name.familyName", value },
        ),
      );
      const answers = await Promise.all(bodies.map((body) => cluster.send("PATCH", path, body)));
      expect(tally(answers)).toEqual({ 200: 200 });
      const user = await cluster.read(path);
      expect([...idsIn(user.emails)].sort()).toEqual([...values].sort());
      expect(user.name).toEqual({ familyName: user.title });
      expect(new Set(answers.map(({ headers }) => headers.etag)).size).toBe(200);
    });

    it("one writer wins per If-Match, and the others are answered 412", async () => {
      const user = `/Users/${await cluster.create("/Users", person("contested@x.io"))}`;
      const group = `/Groups/${await cluster.create("/Groups", team("Contested"))}`;
      for (const round of times(8)) {
        for (const [path, status] of [
          [user, 200],
          [group, 204],
        ] as const) {
          const { headers } = await cluster.send("GET", path);
          const answers = await Promise.all(
            times(20).map((at) => {
              const named = patch({ op: "replace", path: "externalId", value: `${round}-${at}` });
              const body = path === group && at % 2 === 0 ? addMember(users[20 * round + at] ?? "") : named;
              return cluster.send("PATCH", path, body, { "if-match": String(headers.etag) });
            }),
          );
          expect(tally(answers)).toEqual({ [status]: 1, 412: 19 });
          const [winner] = answers.filter((answer) => answer.status === status);
          expect((await cluster.send("GET", path)).headers.etag).toBe(winner?.headers.etag);
        }
      }
    });

    it("one POST or PATCH per userName or group name wins, whatever its case, and the others are answered 409", async () => {
      const others = users.slice(0, 5);
      for (const round of times(8)) {
        const name = (at: number): string => (at % 2 === 0 ? `wanted${round}@x.io` : `WANTED${round}@X.io`);
        const posts = times(15).map((at) => cluster.send("POST", "/Users", person(name(at))));
        const renamed = others.map((id, at) =>
          cluster.send("PATCH", `/Users/${id}`, patch({ op: "replace", path: "userName", value: name(at) })),
        );
        const answers = [...(await Promise.all(posts)), ...(await Promise.all(renamed))];
        const won = answers.filter(({ status }) => status < 300);
        expect([won.length, tally(answers)[409]]).toEqual([1, 19]);
        const found = await cluster.read(`/Users?filter=${encodeURIComponent(`userName eq "wanted${round}@x.io"`)}`);
        expect(found.totalResults).toBe(1);
        const groups = await Promise.all(times(12).map((at) => cluster.send("POST", "/Groups", team(name(at)))));
        expect(tally(groups)).toEqual({ 201: 1, 409: 11 });
      }
    });

    it("users are deleted while groups take them in: nobody who is gone is a member, and no deadlock is answered", async () => {
      const paths = await Promise.all(
        times(4).map(
          async (at) => `/Groups/${await cluster.create("/Groups", team(`Team ${at}`, ...users.slice(200)))}`,
        ),
      );
      const leaving = users.slice(200, 220);
      const changes = times(200).map((at) => {
        const subjects = [users[(7 * at) % 260], users[(13 * at + 5) % 300]].map((value) => ({ value: value ?? "" }));
        return ["PATCH", paths[at % 4] ?? "", patch({ op: "add", path: "members", value: subjects })] as const;
      });
      const deletions = leaving.map((id) => ["DELETE", `/Users/${id}`, undefined] as const);
      const mixed = changes.flatMap((change, at) =>
        at % 10 === 9 ? [change, deletions[(at - 9) / 10] ?? change] : [change],
      );
      const answers = await Promise.all(mixed.map(([method, path, body]) => cluster.send(method, path, body)));
      // 400: a member who is gone by then.
      expect(Object.keys(tally(answers)).filter((status) => !["204", "400"].includes(status))).toEqual([]);
      const deleted = answers.filter((_answer, at) => mixed[at]?.[0] === "DELETE");
      expect(tally(deleted)).toEqual({ 204: 20 });
      const left = new Set<unknown>();
      for (const path of paths) for (const id of await membersOf(path)) left.add(id);
      expect(leaving.filter((id) => left.has(id))).toEqual([]);
      expect([...left].filter((id) => typeof id !== "string" || !users.includes(id))).toEqual([]);
    }, 60_000);

    it("PUTs of the whole group and PATCHes take turns: in the end are those of one PUT, and who came after it", async () => {
      const path = `/Groups/${await cluster.create("/Groups", team("Rewritten"))}`;
      const lists = times(20).map((at) =>
        users.slice(10 * at, 10 * at + 10).filter((id) => !users.slice(200, 220).includes(id)),
      );
      const late = users.slice(230, 260);
      const answers = await Promise.all([
        ...lists.map((list) => cluster.send("PUT", path, team("Rewritten", ...list))),
        ...late.map((id) => cluster.send("PATCH", path, addMember(id))),
      ]);
      expect(tally(answers)).toEqual({ 200: lists.length, 204: late.length });
      const members = await membersOf(path);
      const rest = members.filter((id) => !late.some((one) => one === id));
      expect(lists.map((list) => [...list].sort())).toContainEqual(rest);
    });

    it("a page of users says who is in which group as the groups do", async () => {
      const page = await cluster.read("/Users?count=1000&attributes=groups");
      const groups = await cluster.read("/Groups?count=1000&attributes=members");
      const pairs = (resources: readonly JsonObject[], list: string, turned: boolean): readonly string[] =>
        resources
          .flatMap((resource) => idsIn(resource[list]).map((id) => (turned ? [id, resource.id] : [resource.id, id])))
          .map((pair) => pair.join(" in "))
          .sort();
      const said = pairs(resourcesOf(page), "groups", false);
      expect(said.length).toBeGreaterThan(100);
      expect(said).toEqual(pairs(resourcesOf(groups), "members", true));
    });
  });
});

const servers = databases.filter(([, url]) => url !== undefined);

describe.each(servers)("%s, where every transaction is serializable", (_, url) => {
  it.each([mapped, readyMade])(
    "$name: serialisation failures are tried again, and none reaches the client",
    async (layout) => {
      const cluster = await openCluster(url, layout, processes);
      try {
        await sql`do $$ begin execute format(
        'alter database %I set default_transaction_isolation = serializable', current_database()); end $$`.execute(
          cluster.db,
        );
        await sql`select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid()`.execute(cluster.db);
        const path = `/Groups/${await cluster.create("/Groups", team("Everybody"))}`;
        const users = await Promise.all(times(40).map((at) => cluster.create("/Users", person(`u${at}@x.io`))));
        const answers = await Promise.all(users.map((id) => cluster.send("PATCH", path, addMember(id))));
        expect(tally(answers)).toEqual({ 204: 40 });
        expect([...idsIn((await cluster.read(path)).members)].sort()).toEqual([...users].sort());
      } finally {
        await cluster.close();
      }
    },
    60_000,
  );
});
