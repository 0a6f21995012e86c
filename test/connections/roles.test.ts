/** The default role: given at creation, never above the ceiling; and what stands in for it when it vanishes. */
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { givenRole } from "../../src/connections/roles.ts";
import { connect, newOrganisation, openHost, patch, roles } from "./host.ts";
import { type OpenPlace, places, stopServer } from "./stores.ts";

afterAll(stopServer);

describe.each(places)("The default role with $name", ({ open }) => {
  let place: OpenPlace;
  beforeAll(async () => {
    place = await open();
  }, 60_000);
  afterAll(() => place.close());

  /** A host whose roles can change, and what it has given. */
  function withRoles(fallbackRole?: string) {
    const given: string[] = [];
    let present = roles;
    const host = openHost(place, {
      roles: () => present,
      ...(fallbackRole === undefined ? {} : { fallbackRole }),
      scim: {
        giveRole: (user, role, { workspace }) => {
          given.push(`${user.userName} ${role} ${workspace}`);
        },
      },
    });
    const leave = (...ids: readonly string[]): void => {
      present = ids.map((id) => ({ id, name: id }));
    };
    return { host, given, leave };
  }

  test("is given when a user is created, and at no other time", async () => {
    const { host, given } = withRoles();
    const organisation = newOrganisation();
    const { send, provision } = await connect(host, organisation, { defaultRole: "admin" });
    const ann = await provision("ann");
    await send("PATCH", `/Users/${ann}`, patch({ op: "replace", path: "title", value: "Lead" }));
    await send("PATCH", `/Users/${ann}`, patch({ op: "replace", path: "active", value: false }));
    await send("PATCH", `/Users/${ann}`, patch({ op: "replace", path: "active", value: true }));
    await send("PUT", `/Users/${ann}`, { userName: "ann", title: "Boss" });
    await send("POST", "/Groups", { displayName: "Team", members: [{ value: ann }] });
    await send("DELETE", `/Users/${ann}`);
    expect(given).toEqual([`ann admin ${organisation}-1`]);
  });

  test("is given by /Bulk, too", async () => {
    const { host, given } = withRoles();
    const { send, connection } = await connect(host);
    const Operations = ["bo", "cy"].map((userName) => ({
      method: "POST",
      path: "/Users",
      bulkId: userName,
      data: { userName },
    }));
    await send("POST", "/Bulk", { schemas: ["urn:ietf:params:scim:api:messages:2.0:BulkRequest"], Operations });
    expect(given.sort()).toEqual([`bo member ${connection.workspace}`, `cy member ${connection.workspace}`]);
  });

  test("a host that cannot give it rolls the user back", async () => {
    const host = openHost(place, {
      scim: {
        giveRole: () => {
          throw new Error("No such column.");
        },
      },
    });
    const { send, connection } = await connect(host);
    expect((await send("POST", "/Users", { userName: "ann" })).status).toBe(500);
    expect((await send("GET", "/Users")).json.totalResults).toBe(0);
    expect(await host.connections.health(connection.organisation, connection.id)).toMatchObject({ users: 0 });
  });

  test("that vanishes breaks nothing: the fallback is given, the host is told, and the log says so", async () => {
    const { host, given, leave } = withRoles("guest");
    const { provision, connection } = await connect(host);
    leave("guest", "admin", "owner");
    await provision("ann");
    await provision("bo");
    expect(given).toEqual([`ann guest ${connection.workspace}`, `bo guest ${connection.workspace}`]);
    expect(host.told.filter(({ type }) => type === "role.missing")).toEqual([
      { type: "role.missing", connection, given: "guest" },
    ]);
    const [entry] = await host.connections.log(connection.organisation, connection.id);
    expect(entry?.notes).toEqual([expect.stringContaining('"guest"')]);
    host.wait(3_601);
    await provision("cy");
    expect(host.told.filter(({ type }) => type === "role.missing")).toHaveLength(2);
  });

  test("the fallback is never a higher role: then it is the lowest one that was not", async () => {
    const { host, given, leave } = withRoles("owner");
    const { provision } = await connect(host);
    leave("guest", "admin", "owner");
    await provision("ann");
    expect(given.map((line) => line.split(" ")[1])).toEqual(["guest"]);
  });

  test("where every role that is left was higher, or is unknown, none is given", async () => {
    const { host, given, leave } = withRoles("owner");
    const { send, connection } = await connect(host);
    leave("visitor", "admin", "owner");
    expect((await send("POST", "/Users", { userName: "ann" })).status).toBe(201);
    expect(given).toEqual([]);
    expect(host.told.at(-1)).toEqual({ type: "role.missing", connection, given: "" });
  });

  test("reads ask the host for no roles", async () => {
    let asked = 0;
    const host = openHost(place, {
      roles: () => {
        asked++;
        return roles;
      },
    });
    const { send, provision } = await connect(host);
    const ann = await provision("ann");
    const before = asked;
    await send("GET", "/Users");
    await send("POST", "/Users/.search", {});
    await send("PATCH", `/Users/${ann}`, patch({ op: "replace", path: "title", value: "Lead" }));
    expect(asked).toBe(before);
  });
});

describe("Whatever becomes of the roles", () => {
  const names = ["a", "b", "c", "d", "e"];
  const list = fc.shuffledSubarray(names).map((ids) => ids.map((id) => ({ id, name: id })));

  test("what is given is there, was not above the default role, and is not above the ceiling", () => {
    fc.assert(
      fc.property(
        list,
        list,
        fc.nat(),
        fc.option(fc.nat(), { nil: undefined }),
        fc.constantFrom(...names),
        (then, now, at, top, fallback) => {
          fc.pre(then.length > 0);
          const ids = then.map(({ id }) => id);
          const ceilingAt = top === undefined ? ids.length - 1 : top % ids.length;
          const defaultAt = at % (ceilingAt + 1);
          const ceiling = top === undefined ? undefined : ids[ceilingAt];
          const connection = {
            id: "",
            organisation: "",
            workspace: "",
            defaultRole: ids[defaultAt] ?? "",
            upToDefault: ids.slice(0, defaultAt + 1),
            upToCeiling: top === undefined ? [] : ids.slice(0, ceilingAt + 1),
            ...(ceiling === undefined ? {} : { ceiling }),
            state: "active",
            created: new Date(0),
            updated: new Date(0),
          } as const;
          const { role, isStandIn } = givenRole(connection, now, fallback);
          const place = now.findIndex(({ id }) => id === role);
          expect(isStandIn).toBe(role !== connection.defaultRole);
          if (role === "") return;
          expect(place).toBeGreaterThanOrEqual(0);
          expect(connection.upToDefault).toContain(role);
          const limit = now.findIndex(({ id }) => id === ceiling);
          if (ceiling !== undefined && limit >= 0) expect(place).toBeLessThanOrEqual(limit);
          if (ceiling !== undefined && limit < 0) expect(connection.upToCeiling).toContain(role);
        },
      ),
    );
  });
});
