/** Deleting a connection: what becomes of its users; and who manages whom, before and after. */
import { ScimError } from "scimkit";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { valueAt } from "../variables.ts";
import { connect, newOrganisation, openHost, patch, signUp, stored } from "./host.ts";
import { type OpenPlace, places, stopServer } from "./stores.ts";

afterAll(stopServer);

describe.each(places)("A connection in $name", ({ open }) => {
  let place: OpenPlace;
  beforeAll(async () => {
    place = await open();
  }, 60_000);
  afterAll(() => place.close());

  test("manages what it creates, until that is deleted", async () => {
    const host = openHost(place);
    const idp = await connect(host);
    const { workspace, organisation, id: connection } = idp.connection;
    const ann = await idp.provision("ann");
    const bo = await signUp(place, idp, { userName: "bo" });
    await idp.send("POST", "/Groups", { displayName: "Team", members: [{ value: ann }, { value: bo }] });
    expect(await host.connections.managedBy(workspace, ann)).toEqual({
      connection,
      since: expect.any(Date),
      linked: false,
    });
    expect(await host.connections.managedBy(workspace, bo)).toBeUndefined();
    expect(await host.connections.managedBy(`${organisation}-2`, ann)).toBeUndefined();
    expect(await host.connections.managedBy(workspace, "nobody")).toBeUndefined();
    expect(await host.connections.health(organisation, connection)).toMatchObject({ users: 1, groups: 1 });
    await idp.send("DELETE", `/Users/${ann}`);
    expect(await host.connections.managedBy(workspace, ann)).toBeUndefined();
    expect(await host.connections.health(organisation, connection)).toMatchObject({ users: 0, groups: 1 });
  });

  test("has its marks in the transaction of the write: what is refused is not marked, what stays is", async () => {
    const host = openHost(place, {
      scim: {
        beforeCommit: ({ operation, before, after }) => {
          if (
            valueAt(after ?? before, "userName") === "no" ||
            (operation === "delete" && valueAt(before, "userName") === "owner")
          ) {
            throw ScimError.forbidden("Not this one.");
          }
        },
      },
    });
    const { send, provision, connection } = await connect(host);
    const { workspace, organisation, id } = connection;
    expect((await send("POST", "/Users", { userName: "no" })).status).toBe(403);
    expect(await host.connections.health(organisation, id)).toMatchObject({ users: 0 });
    const owner = await provision("owner");
    expect((await send("DELETE", `/Users/${owner}`)).status).toBe(403);
    expect(await host.connections.managedBy(workspace, owner)).toMatchObject({ connection: id });
  });

  test("that is deleted, keeping its users, leaves them as they are, and nobody manages them", async () => {
    const host = openHost(place);
    const idp = await connect(host);
    const { workspace, organisation, id } = idp.connection;
    const ann = await idp.provision("ann");
    const before = await stored(place, idp, ann);
    host.events.length = 0;
    await host.connections.delete(organisation, id, { users: "keep" });
    expect(await stored(place, idp, ann)).toEqual(before);
    expect(host.events).toEqual([]);
    expect(await host.connections.managedBy(workspace, ann)).toBeUndefined();
    expect(await host.connections.get(organisation, id)).toBeUndefined();
    expect(host.told.at(-1)).toEqual({ type: "connection.deleted", connection: idp.connection });
    await expect(host.connections.delete(organisation, id, { users: "keep" })).rejects.toMatchObject({
      code: "notFound",
    });
  });

  test("that takes the place of a deleted one of the same organisation takes charge of its users again", async () => {
    const host = openHost(place);
    const organisation = newOrganisation();
    const first = await connect(host, organisation);
    const [ann, bo, cy] = [await first.provision("ann"), await first.provision("bo"), await first.provision("cy")];
    const team = String((await first.send("POST", "/Groups", { displayName: "Team" })).json.id);
    await host.connections.delete(organisation, first.connection.id, { users: "deactivate" });
    const { workspace, id: connection } = first.connection;
    const again = await connect(host, organisation);
    const posted = await again.send("POST", "/Users", {
      userName: "ann",
      active: true,
      emails: [{ value: "ann@x.io" }],
    });
    expect(posted).toMatchObject({ status: 201, json: { id: ann, active: true, emails: [{ value: "ann@x.io" }] } });
    const patched = await again.send("PATCH", `/Users/${bo}`, patch({ op: "replace", path: "userName", value: "bob" }));
    expect(patched).toMatchObject({ status: 200, json: { userName: "bob" } });
    expect((await again.send("PUT", `/Users/${cy}`, { userName: "cy", active: false })).status).toBe(200);
    expect(
      (await again.send("PATCH", `/Groups/${team}`, patch({ op: "add", path: "members", value: [{ value: ann }] })))
        .status,
    ).toBe(204);
    for (const user of [ann, bo, cy]) {
      expect(await host.connections.managedBy(workspace, user)).toMatchObject({
        connection: again.connection.id,
        linked: false,
      });
    }
    expect(connection).not.toBe(again.connection.id);
    const [entry] = await host.connections.log(organisation, again.connection.id);
    expect(entry?.notes).toEqual([expect.stringContaining("Took charge again")]);
    expect(await host.connections.health(organisation, again.connection.id)).toMatchObject({ users: 3, groups: 1 });
  });

  test("deactivates all of its users when it is to, through the host's hooks, and no one else", async () => {
    const seen: string[] = [];
    const host = openHost(place, {
      scim: {
        beforeCommit: ({ operation, after }, { connection }) =>
          void seen.push(`${operation} ${valueAt(after, "active")} ${connection}`),
      },
    });
    const idp = await connect(host);
    const { organisation, id } = idp.connection;
    const ids: string[] = [];
    for (let n = 0; n < 105; n++) ids.push(await idp.provision(`user${n}`));
    const bo = await signUp(place, idp, { userName: "bo", active: true });
    const gone = await idp.provision("gone");
    await place.users.delete(gone, { check: () => {}, beforeCommit: async () => {} }, idp.context);
    await idp.send("PATCH", `/Users/${ids[0]}`, patch({ op: "replace", path: "active", value: false }));
    seen.length = 0;
    host.events.length = 0;
    await host.connections.delete(organisation, id, { users: "deactivate" });
    for (const user of ids) expect(await stored(place, idp, user)).toMatchObject({ active: false });
    expect(await stored(place, idp, bo)).toMatchObject({ active: true });
    expect(seen).toEqual(Array.from({ length: 104 }, () => `patch false ${id}`));
    expect(host.events.filter(({ type }) => type === "user.deactivated")).toHaveLength(104);
    expect(host.told.slice(-2).map(({ type }) => type)).toEqual(["connection.paused", "connection.deleted"]);
    expect(await host.connections.list(organisation)).toEqual([]);
  });

  test("deactivates those in a workspace that it has left, too", async () => {
    const host = openHost(place);
    const idp = await connect(host);
    const { organisation, id } = idp.connection;
    const ann = await idp.provision("ann");
    await host.connections.update(organisation, id, { workspace: `${organisation}-2` });
    await idp.provision("bo");
    await host.connections.delete(organisation, id, { users: "deactivate" });
    expect(await stored(place, idp, ann)).toMatchObject({ active: false });
  });

  test("stays, paused, when the host's rules keep somebody active; all others are deactivated, and it can be called again", async () => {
    let isLast = true;
    const host = openHost(place, {
      scim: {
        beforeCommit: ({ after }) => {
          if (isLast && valueAt(after, "userName") === "owner" && valueAt(after, "active") === false) {
            throw new ScimError(409, "The last owner of the workspace stays.");
          }
        },
      },
    });
    const idp = await connect(host);
    const { organisation, id } = idp.connection;
    const [owner, ann] = [await idp.provision("owner"), await idp.provision("ann")];
    const attempt = host.connections.delete(organisation, id, { users: "deactivate" });
    await expect(attempt).rejects.toMatchObject({
      code: "usersRemain",
      status: 409,
      detail: expect.stringMatching(/^One user was not deactivated.*The last owner of the workspace stays\.$/),
    });
    expect(await host.connections.get(organisation, id)).toMatchObject({ state: "paused" });
    expect(await stored(place, idp, ann)).toMatchObject({ active: false });
    expect(await stored(place, idp, owner)).toMatchObject({ active: true });
    isLast = false;
    await host.connections.delete(organisation, id, { users: "deactivate" });
    expect(await stored(place, idp, owner)).toMatchObject({ active: false });
    expect(await host.connections.get(organisation, id)).toBeUndefined();
  });

  test.each([undefined, {}, { users: "purge" }, { users: true }])(
    "says what becomes of them: %j is refused",
    async (how) => {
      const host = openHost(place);
      const { connection } = await connect(host);
      const { organisation, id } = connection;
      const attempt = Reflect.apply(host.connections.delete, host.connections, [organisation, id, how]);
      await expect(attempt).rejects.toMatchObject({ code: "invalidValue" });
      expect(await host.connections.get(organisation, id)).toMatchObject({ id, state: "active" });
    },
  );
});
