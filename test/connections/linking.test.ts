/** Who was there before: refused, or linked, by a policy. better-auth#9974, GitLab CVE-2022-1680, GHSA-9m7q-6qg6-888h. */
import type { LinkCandidate } from "scimkit/connections";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { connect, filtered, newOrganisation, openHost, patch, signUp, stored } from "./host.ts";
import { type OpenPlace, places, stopServer } from "./stores.ts";

afterAll(stopServer);

const ann = { userName: "ann@x.io", emails: [{ value: "ann@x.io", type: "work" }], title: "Founder" };

describe.each(places)("Somebody who was there before, in $name", ({ open }) => {
  let place: OpenPlace;
  beforeAll(async () => {
    place = await open();
  }, 60_000);
  afterAll(() => place.close());

  describe("by default", () => {
    test.each([
      ["the same userName", { userName: "ann@x.io" }, "userName"],
      ["the same userName in capitals", { userName: "ANN@X.IO" }, "userName"],
      ["the email as its userName", { userName: "ann.lee", emails: [{ value: "Ann@x.io" }] }, "email"],
      [
        "the same email among others",
        { userName: "al", emails: [{ value: "a@y.io" }, { value: "ann@x.io" }] },
        "email",
      ],
    ])("is not linked: %s is a 409 that says what to do", async (_, sent, by) => {
      const host = openHost(place);
      const idp = await connect(host);
      const id = await signUp(place, idp, ann);
      const before = await stored(place, idp, id);
      const { status, json } = await idp.send("POST", "/Users", { ...sent, externalId: "e-1", active: false });
      expect([status, json.scimType]).toEqual([409, "uniqueness"]);
      expect(json.detail).toMatch(new RegExp(`^A user with this ${by} is in the workspace already.*Remove or rename`));
      expect(await stored(place, idp, id)).toEqual(before);
      expect((await idp.send("GET", "/Users")).json.totalResults).toBe(1);
      expect(await host.connections.managedBy(idp.connection.workspace, id)).toBeUndefined();
      expect(host.events).toEqual([]);
    });

    test("is not changed either by an identity provider that found it by looking", async () => {
      const host = openHost(place);
      const idp = await connect(host);
      const id = await signUp(place, idp, ann);
      const before = await stored(place, idp, id);
      const found = await idp.send("GET", filtered("/Users", 'userName eq "ann@x.io"'));
      expect(found.json.totalResults).toBe(1);
      const attempts = [
        await idp.send("PATCH", `/Users/${id}`, patch({ op: "replace", path: "userName", value: "eve@x.io" })),
        await idp.send("PATCH", `/Users/${id}`, patch({ op: "replace", path: "active", value: false })),
        await idp.send("PUT", `/Users/${id}`, { userName: "eve@x.io", emails: [{ value: "eve@x.io" }] }),
        await idp.send("DELETE", `/Users/${id}`),
      ];
      for (const { status, json } of attempts) {
        expect([status, json.scimType]).toEqual([409, "uniqueness"]);
        expect(json.detail).toContain("was not provisioned by this connection");
      }
      expect(await stored(place, idp, id)).toEqual(before);
      const log = await host.connections.log(idp.connection.organisation, idp.connection.id);
      expect(log.at(-1)?.traits).toContain("foundUnmanaged");
    });

    test("nor is a group: a team of the product is not the identity provider's to fill", async () => {
      const host = openHost(place);
      const idp = await connect(host);
      const member = await idp.provision("bo");
      const team = { displayName: "Admins" };
      const { id } = await place.groups.create(
        { resource: team, beforeCommit: async () => {} },
        { has: () => true },
        idp.context,
      );
      const attempts = [
        await idp.send("PATCH", `/Groups/${id}`, patch({ op: "add", path: "members", value: [{ value: member }] })),
        await idp.send("PUT", `/Groups/${id}`, { displayName: "Admins", members: [{ value: member }] }),
        await idp.send("DELETE", `/Groups/${id}`),
        await idp.send("POST", "/Groups", { displayName: "admins", members: [{ value: member }] }),
      ];
      for (const { status, json } of attempts) expect([status, json.scimType]).toEqual([409, "uniqueness"]);
      expect(attempts[3]?.json.detail).toMatch(/displayName.*Rename or remove one/);
      const { json } = await idp.send("GET", `/Groups/${id}`);
      expect([json.displayName, json.members]).toEqual(["Admins", undefined]);
    });

    test("an id that nobody has is a 404 as ever", async () => {
      const { send } = await connect(openHost(place));
      for (const id of ["nobody", crypto.randomUUID(), "%00", "%F0%9F%98%80"]) {
        expect((await send("PATCH", `/Users/${id}`, patch({ op: "replace", path: "title", value: "x" }))).status).toBe(
          404,
        );
        expect((await send("DELETE", `/Groups/${id}`)).status).toBe(404);
      }
    });

    test("a user that the connection itself has provisioned is a 409 that says so", async () => {
      const { send, provision } = await connect(openHost(place));
      await provision("bo@x.io", { emails: [{ value: "bo@x.io" }] });
      for (const emails of [[], [{ value: "bo@x.io" }]]) {
        const { status, json } = await send("POST", "/Users", { userName: "BO@x.io", emails });
        expect([status, json.scimType]).toEqual([409, "uniqueness"]);
        expect(json.detail).toContain("has provisioned a user with this userName already");
      }
      const shared = await send("POST", "/Users", { userName: "bo2@x.io", emails: [{ value: "bo@x.io" }] });
      expect(shared.status).toBe(201);
    });
  });

  describe("with same-workspace", () => {
    test("is linked: what was sent is written, but neither userName nor emails; no role is given; the log says so", async () => {
      const given: string[] = [];
      const host = openHost(place, {
        link: "same-workspace",
        scim: { giveRole: (_, role) => void given.push(role) },
      });
      const idp = await connect(host);
      const { workspace, organisation, id: connection } = idp.connection;
      const id = await signUp(place, idp, { ...ann, name: { givenName: "Ann", familyName: "Old" } });
      const { status, json } = await idp.send("POST", "/Users", {
        userName: "ANN@x.io",
        externalId: "e-1",
        name: { familyName: "New" },
        emails: [{ value: "other@x.io", primary: true }],
        active: false,
      });
      expect([status, json.id, json.userName]).toEqual([201, id, "ann@x.io"]);
      expect(await stored(place, idp, id)).toMatchObject({
        userName: "ann@x.io",
        emails: [{ value: "ann@x.io", type: "work" }],
        externalId: "e-1",
        name: { givenName: "Ann", familyName: "New" },
        title: "Founder",
        active: false,
      });
      expect(await host.connections.managedBy(workspace, id)).toMatchObject({ connection, linked: true });
      expect(given).toEqual([]);
      expect(host.events.map(({ type }) => type)).toEqual(["user.patched", "user.deactivated"]);
      expect(host.told.at(-1)).toMatchObject({ type: "user.linked", id, connection: { id: connection } });
      const [entry] = await host.connections.log(organisation, connection);
      expect(entry).toMatchObject({
        status: 201,
        resourceId: id,
        notes: [expect.stringContaining("were left as they are")],
      });
    });

    test("is linked by an email, as well", async () => {
      const host = openHost(place, { link: "same-workspace" });
      const idp = await connect(host);
      const id = await signUp(place, idp, ann);
      const { json } = await idp.send("POST", "/Users", { userName: "a.lee", emails: [{ value: "ann@x.io" }] });
      expect([json.id, json.userName]).toEqual([id, "ann@x.io"]);
    });

    test("is linked also where nothing of it changes: the host's rules see it, and no event is sent", async () => {
      const seen: string[] = [];
      const host = openHost(place, {
        link: "same-workspace",
        scim: {
          beforeCommit: ({ operation, changed, before, after }) =>
            void seen.push(`${operation} [${changed}] ${before?.id === after?.id}`),
        },
      });
      const idp = await connect(host);
      const id = await signUp(place, idp, { ...ann, active: true });
      expect((await idp.send("POST", "/Users", { userName: "ann@x.io", title: "Founder", active: true })).json.id).toBe(
        id,
      );
      expect(seen).toEqual(["patch [] true"]);
      expect(host.events).toEqual([]);
      expect(await host.connections.managedBy(idp.connection.workspace, id)).toMatchObject({ linked: true });
    });

    test("a rule of the host's that refuses leaves nothing linked", async () => {
      const host = openHost(place, {
        link: "same-workspace",
        scim: {
          beforeCommit: () => {
            throw new Error("Not this one.");
          },
        },
      });
      const idp = await connect(host);
      const id = await signUp(place, idp, ann);
      const before = await stored(place, idp, id);
      expect((await idp.send("POST", "/Users", { userName: "ann@x.io", title: "x" })).status).toBe(500);
      expect(await stored(place, idp, id)).toEqual(before);
      expect(await host.connections.managedBy(idp.connection.workspace, id)).toBeUndefined();
    });

    test("is linked by the first change of an identity provider that found it; its userName and emails wait for the next", async () => {
      const host = openHost(place, { link: "same-workspace" });
      const idp = await connect(host);
      const id = await signUp(place, idp, ann);
      const change = patch(
        { op: "replace", path: "userName", value: "eve@x.io" },
        { op: "replace", path: 'emails[type eq "work"].value', value: "eve@x.io" },
        { op: "replace", path: "title", value: "Lead" },
        { op: "add", path: "externalId", value: "e-1" },
      );
      const { status, json } = await idp.send("PATCH", `/Users/${id}`, change);
      expect(status).toBe(200);
      expect(json).toMatchObject({
        userName: "ann@x.io",
        emails: [{ value: "ann@x.io" }],
        title: "Lead",
        externalId: "e-1",
      });
      expect(host.events).toMatchObject([{ type: "user.patched", changed: ["externalId", "title"] }]);
      const again = await idp.send("PATCH", `/Users/${id}`, change);
      expect(again.json).toMatchObject({ userName: "eve@x.io", emails: [{ value: "eve@x.io" }] });
    });

    test("is not linked twice: two accounts with the emails of one person are a 409", async () => {
      const host = openHost(place, { link: "same-workspace" });
      const idp = await connect(host);
      await signUp(place, idp, ann);
      await signUp(place, idp, { userName: "ann2", emails: [{ value: "ann@home.io" }] });
      const sent = { userName: "a.lee", emails: [{ value: "ann@x.io" }, { value: "ann@home.io" }] };
      const { status, json } = await idp.send("POST", "/Users", sent);
      expect([status, json.scimType, json.detail]).toEqual([409, "uniqueness", expect.stringContaining("Several")]);
      expect((await idp.send("POST", "/Users", { ...sent, userName: "ann2" })).status).toBe(201);
    });

    test("is not taken from another connection of the workspace", async () => {
      const host = openHost(place, {
        link: "same-workspace",
        linkGroups: "same-workspace",
        connectionsPerWorkspace: 2,
      });
      const organisation = newOrganisation();
      const first = await connect(host, organisation);
      const second = await connect(host, organisation);
      const id = await first.provision("bo@x.io", { emails: [{ value: "bo@x.io" }] });
      const group = await first.send("POST", "/Groups", { displayName: "Team" });
      const attempts = [
        await second.send("POST", "/Users", { userName: "bo@x.io" }),
        await second.send("POST", "/Users", { userName: "b", emails: [{ value: "bo@x.io" }] }),
        await second.send("PATCH", `/Users/${id}`, patch({ op: "replace", path: "active", value: false })),
        await second.send("DELETE", `/Users/${id}`),
        await second.send("DELETE", `/Groups/${group.json.id}`),
      ];
      for (const { status, json } of attempts) {
        expect([status, json.detail]).toEqual([409, expect.stringContaining("another connection manages it")]);
      }
      expect((await first.send("GET", `/Users/${id}`)).json.active).toBe(true);
    });

    test("a group that was found is linked, if groups may be", async () => {
      const host = openHost(place, { linkGroups: "same-workspace" });
      const idp = await connect(host);
      const member = await idp.provision("bo");
      const draft = { resource: { displayName: "Design" }, beforeCommit: async () => {} };
      const { id } = await place.groups.create(draft, { has: () => true }, idp.context);
      const add = patch({ op: "add", path: "members", value: [{ value: member }] });
      expect((await idp.send("PATCH", `/Groups/${id}`, add)).status).toBe(204);
      expect(host.told.at(-1)).toMatchObject({ type: "group.linked", id });
      expect(host.events.map(({ type }) => type)).toEqual(["user.created", "group.patched", "group.members.added"]);
      const { organisation, id: connection } = idp.connection;
      expect(await host.connections.health(organisation, connection)).toMatchObject({ users: 1, groups: 1 });
    });
  });

  describe("with a policy of the host's", () => {
    test("is asked about, with who is there, how it was found, and who manages it", async () => {
      const asked: (Pick<LinkCandidate, "by" | "resourceType"> & { readonly name: unknown })[] = [];
      const host = openHost(place, {
        link: async ({ by, present, resourceType, management }, ctx) => {
          asked.push({ by, resourceType, name: present.userName });
          expect(management).toBeUndefined();
          return ctx.workspace.endsWith("-1") && present.title === "Founder";
        },
      });
      const idp = await connect(host);
      const id = await signUp(place, idp, ann);
      const other = await signUp(place, idp, { userName: "bo@x.io" });
      expect((await idp.send("POST", "/Users", { userName: "ann@x.io" })).json.id).toBe(id);
      expect((await idp.send("POST", "/Users", { userName: "bo@x.io" })).status).toBe(409);
      expect((await idp.send("DELETE", `/Users/${other}`)).status).toBe(409);
      expect(asked).toEqual([
        { by: "userName", resourceType: "User", name: "ann@x.io" },
        { by: "userName", resourceType: "User", name: "bo@x.io" },
        { by: "id", resourceType: "User", name: "bo@x.io" },
      ]);
    });

    test("only `true` is a yes", async () => {
      const host = openHost(place, { link: () => JSON.parse('"yes"') });
      const idp = await connect(host);
      await signUp(place, idp, ann);
      expect((await idp.send("POST", "/Users", { userName: "ann@x.io" })).status).toBe(409);
    });

    test("may hand a user over from another connection", async () => {
      const host = openHost(place, { link: ({ management }) => management !== undefined, connectionsPerWorkspace: 2 });
      const organisation = newOrganisation();
      const [first, second] = [await connect(host, organisation), await connect(host, organisation)];
      const id = await first.provision("bo");
      expect((await second.send("POST", "/Users", { userName: "bo", title: "x" })).json.id).toBe(id);
      expect(await host.connections.managedBy(second.connection.workspace, id)).toMatchObject({
        connection: second.connection.id,
      });
    });
  });

  test("A password is never set by linking", async () => {
    const passwords: unknown[] = [];
    const { users } = place;
    const spied: OpenPlace = {
      ...place,
      users: {
        connect: (type) => users.connect?.(type) ?? {},
        create: (draft, want, ctx) => users.create(draft, want, ctx),
        get: (id, want, ctx) => users.get(id, want, ctx),
        list: (query, ctx) => users.list(query, ctx),
        delete: (id, removal, ctx) => users.delete(id, removal, ctx),
        update: (id, change, want, ctx) =>
          users.update(
            id,
            {
              ...change,
              apply: (current) => {
                const applied = change.apply(current);
                passwords.push(applied.resource.password);
                return applied;
              },
            },
            want,
            ctx,
          ),
      },
    };
    const host = openHost(spied, { link: "same-workspace", scim: { features: { changePassword: true } } });
    const idp = await connect(host);
    const id = await signUp(place, idp, ann);
    const other = await signUp(place, idp, { userName: "bo@x.io" });
    expect((await idp.send("POST", "/Users", { userName: "ann@x.io", password: "t1meMa$heen" })).json.id).toBe(id);
    const set = patch({ op: "replace", path: "password", value: "t1meMa$heen" });
    expect((await idp.send("PATCH", `/Users/${other}`, set)).status).toBe(200);
    expect(passwords).toEqual([undefined, undefined]);
  });
});
