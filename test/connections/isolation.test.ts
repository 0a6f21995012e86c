/** With connection A's token no endpoint, filter, member, bulk reference or cursor reaches workspace B; over HTTP. */
import { everything } from "scimkit";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Answered } from "../client.ts";
import { match } from "../match.ts";
import { type Mounted, mounts } from "../mounts.ts";
import { valueAt } from "../variables.ts";
import { connect, filtered, type Host, type IdP, newOrganisation, openHost, patch } from "./host.ts";
import { type OpenPlace, type Place, places, stopServer } from "./stores.ts";

afterAll(stopServer);

/** Every mount on the memory store; Express 5 on each other one. */
const rows = places.flatMap((place) =>
  mounts
    .filter(({ name }) => place.name === "memory" || name === "Express 5")
    .map((mount) => ({ name: `${mount.name} on ${place.name}`, mount, place })),
);

const opened = new Map<Place, Promise<OpenPlace>>();

/** A database is opened once; each test has organisations of its own in it. */
function openOnce(place: Place): Promise<OpenPlace> {
  const present = opened.get(place) ?? place.open();
  opened.set(place, present);
  return present;
}

afterAll(async () => {
  for (const place of opened.values()) await (await place).close();
});

const bulk = (...Operations: readonly unknown[]): unknown => ({
  schemas: ["urn:ietf:params:scim:api:messages:2.0:BulkRequest"],
  Operations,
});

describe.each(rows)("Over $name", ({ mount, place }) => {
  let stores: OpenPlace;
  let host: Host;
  let mounted: Mounted;
  /** The intruder, whose workspace has one user and one group. */
  let a: IdP;
  /** Whose workspace must stay out of reach: of another organisation, or of the same. */
  let b: IdP;
  let ann: string;
  let team: string;
  let eve: string;
  let gang: string;
  let before: unknown;

  beforeAll(async () => {
    stores = await openOnce(place);
  }, 60_000);

  describe.each(["another organisation", "the same organisation"])("a workspace of %s", (whose) => {
    beforeEach(async () => {
      host = openHost(stores, { link: "same-workspace", linkGroups: "same-workspace", workspacesPerOrganisation: 3 });
      mounted = await mount.open(host.scim);
      const organisation = newOrganisation();
      a = await connect(host, organisation);
      b =
        whose === "another organisation"
          ? await connect(host)
          : await connect(host, organisation, { workspace: `${organisation}-2` });
      ann = await b.provision("ann", { externalId: "a-1", emails: [{ value: "ann@x.io" }] });
      team = String(
        (await b.send("POST", "/Groups", { displayName: "Team", externalId: "t-1", members: [{ value: ann }] })).json
          .id,
      );
      eve = await a.provision("eve");
      gang = String((await a.send("POST", "/Groups", { displayName: "Gang", members: [{ value: eve }] })).json.id);
      before = await state();
      host.events.length = 0;
    });
    afterEach(() => mounted.close());

    const state = async (): Promise<unknown> => {
      const query = { filter: undefined, sort: undefined, want: everything } as const;
      const window = { by: "index", startIndex: 1, count: 100 } as const;
      const { users, groups } = stores;
      return JSON.parse(
        JSON.stringify([
          await users.list({ ...query, window }, b.context),
          await groups.list({ ...query, window }, b.context),
          await host.connections.managedBy(b.connection.workspace, ann),
          await host.connections.health(b.connection.organisation, b.connection.id).then(({ users: n }) => n),
        ]),
      );
    };
    const untouched = async (): Promise<void> => {
      expect(await state()).toEqual(before);
      expect(host.events.filter(({ id }) => id === ann || id === team)).toEqual([]);
    };
    const send = (idp: IdP, method: string, path: string, json?: unknown): Promise<Answered> =>
      mounted.send({
        method,
        path,
        headers: {
          Authorization: `Bearer ${idp.secret}`,
          ...(json === undefined ? {} : { "Content-Type": "application/scim+json" }),
        },
        ...(json === undefined ? {} : { body: JSON.stringify(json) }),
      });

    test("no endpoint reads or changes what is there: it is as if nobody had the id", async () => {
      const requests: readonly (readonly [string, string, unknown?])[] = [
        ["GET", `/Users/${ann}`],
        ["GET", `/Groups/${team}`],
        ["PUT", `/Users/${ann}`, { userName: "mine" }],
        ["PUT", `/Groups/${team}`, { displayName: "Mine", members: [] }],
        ["PATCH", `/Users/${ann}`, patch({ op: "replace", path: "userName", value: "mine" })],
        ["PATCH", `/Groups/${team}`, patch({ op: "remove", path: "members" })],
        ["PATCH", `/Groups/${team}`, patch({ op: "add", path: "members", value: [{ value: eve }] })],
        ["DELETE", `/Users/${ann}`],
        ["DELETE", `/Groups/${team}`],
      ];
      for (const [method, path, body] of requests) {
        const nobody = path.replace(ann, "nobody").replace(team, "nobody");
        const [theirs, nobodys] = [await send(a, method, path, body), await send(a, method, nobody, body)];
        expect([method, path, theirs.status, nobodys.status]).toEqual([method, path, 404, 404]);
        expect(theirs.text.replaceAll(ann, "nobody").replaceAll(team, "nobody")).toBe(nobodys.text);
      }
      await untouched();
    });

    test("no filter, order or root query finds anybody there", async () => {
      const filters = [
        'userName eq "ann"',
        'externalId eq "a-1"',
        'emails.value eq "ann@x.io"',
        'not (userName eq "eve")',
        'userName eq "nobody" or externalId pr',
        `id eq "${ann}"`,
        `groups.value eq "${team}"`,
      ];
      for (const filter of filters) {
        const listed = await send(a, "GET", filtered("/Users", filter));
        const searched = await send(a, "POST", "/Users/.search", { filter });
        for (const { status, json } of [listed, searched]) {
          expect([filter, status, match({ totalResults: 0, Resources: [] }, json)]).toEqual([filter, 200, []]);
        }
      }
      for (const filter of [`members.value eq "${ann}"`, 'displayName eq "Team"', 'not (displayName eq "Gang")']) {
        expect(match({ totalResults: 0 }, (await send(a, "GET", filtered("/Groups", filter))).json)).toEqual([]);
      }
      for (const path of [
        "/Users?sortBy=userName",
        "/Groups?sortBy=displayName&sortOrder=descending",
        "/Users?startIndex=1&count=1000",
      ]) {
        const { json, text } = await send(a, "GET", path);
        expect([match({ totalResults: 1 }, json), text.includes(ann), text.includes(team)]).toEqual([[], false, false]);
      }
      const root = await send(a, "POST", "/.search", { filter: "id pr" });
      expect([match({ totalResults: 2 }, root.json), root.text.includes(ann), root.text.includes(team)]).toEqual([
        [],
        false,
        false,
      ]);
    });

    test("nobody there is a member, and nobody there loses or gains a membership", async () => {
      for (const value of [ann, team]) {
        const attempts = [
          await send(a, "POST", "/Groups", { displayName: "Trap", members: [{ value }] }),
          await send(a, "PATCH", `/Groups/${gang}`, patch({ op: "add", path: "members", value: [{ value }] })),
          await send(a, "PUT", `/Groups/${gang}`, { displayName: "Gang", members: [{ value }] }),
        ];
        for (const { status, json } of attempts) {
          expect([status, match({ scimType: "invalidValue" }, json)]).toEqual([400, []]);
        }
        await send(a, "PATCH", `/Groups/${gang}`, patch({ op: "remove", path: "members", value: [{ value }] }));
      }
      await untouched();
    });

    test("no bulk operation reaches there, by path or by reference", async () => {
      const { json } = await send(
        a,
        "POST",
        "/Bulk",
        bulk(
          { method: "DELETE", path: `/Users/${ann}` },
          { method: "PATCH", path: `/Groups/${team}`, data: patch({ op: "remove", path: "members" }) },
          { method: "PUT", path: `/Users/${ann}`, data: { userName: "mine" } },
          { method: "POST", path: "/Groups", bulkId: "g", data: { displayName: "Trap", members: [{ value: ann }] } },
        ),
      );
      expect(
        match({ Operations: [{ status: "404" }, { status: "404" }, { status: "404" }, { status: "400" }] }, json),
      ).toEqual([]);
      await send(b, "POST", "/Bulk", bulk({ method: "POST", path: "/Users", bulkId: "b1", data: { userName: "bo" } }));
      const late = await send(
        a,
        "POST",
        "/Bulk",
        bulk({
          method: "POST",
          path: "/Groups",
          bulkId: "b2",
          data: { displayName: "Late", members: [{ value: "bulkId:b1" }] },
        }),
      );
      expect(match({ Operations: [{ status: { $matches: "^4" } }] }, late.json)).toEqual([]);
    });

    test("a cursor of the one is none for the other, nor for the same connection once it has moved", async () => {
      await b.provision("bo");
      await a.provision("mallory");
      const page = await send(b, "GET", "/Users?cursor&count=1");
      const cursor = encodeURIComponent(String(valueAt(page.json, "nextCursor")));
      const path = `/Users?count=1&cursor=${cursor}`;
      expect((await send(b, "GET", path)).status).toBe(200);
      const stolen = await send(a, "GET", path);
      expect([stolen.status, match({ scimType: "invalidCursor" }, stolen.json)]).toEqual([400, []]);
      const { organisation, id } = b.connection;
      await host.connections.update(organisation, id, { workspace: `${organisation}-3` });
      expect((await send(b, "GET", path)).status).toBe(400);
    });

    test("the same names are no conflict, and nobody is linked across", async () => {
      const user = await send(a, "POST", "/Users", {
        userName: "ann",
        externalId: "a-1",
        emails: [{ value: "ann@x.io" }],
      });
      const group = await send(a, "POST", "/Groups", { displayName: "Team", externalId: "t-1" });
      expect([user.status, group.status]).toEqual([201, 201]);
      expect([valueAt(user.json, "id") === ann, valueAt(group.json, "id") === team]).toEqual([false, false]);
      await untouched();
    });

    test("nor does its log tell of the other", async () => {
      await send(b, "GET", `/Users/${ann}`);
      const log = await host.connections.log(a.connection.organisation, a.connection.id);
      expect(JSON.stringify(log)).not.toContain(ann);
    });
  });
});
