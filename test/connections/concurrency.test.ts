/** Several processes and one PostgreSQL: what is decided once is decided for all of them. */
import type { ConnectionContext } from "scimkit/connections";
import { kyselyConnections, scimkitTables } from "scimkit/kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { connect, type Host, idp, newOrganisation, openHost, patch } from "./host.ts";
import { concurrentPlaces, type OpenPlace, openPool, serverUrl, stopServer } from "./stores.ts";

afterAll(stopServer);

describe.each(concurrentPlaces)("Two processes on $name", ({ open }) => {
  let place: OpenPlace;
  let other: OpenPlace;
  let one: Host;
  let two: Host;
  beforeAll(async () => {
    place = await open();
    const db = openPool(String(serverUrl));
    const tables = scimkitTables<unknown, ConnectionContext>(db, { tenant: ({ workspace }) => workspace });
    const { users, groups } = tables;
    other = { store: kyselyConnections(db), users, groups, close: () => db.destroy() };
    one = openHost(place);
    two = openHost(other);
  }, 60_000);
  afterAll(async () => {
    await place.close();
    await other.close();
  });

  test("make one connection of a workspace, and connect one workspace of an organisation, however often they are asked", async () => {
    for (let round = 0; round < 5; round++) {
      const organisation = newOrganisation();
      const settings = (n: number) => ({ workspace: `${organisation}-${1 + (n % 3)}` });
      const made = await Promise.allSettled(
        Array.from({ length: 12 }, (_, n) => (n % 2 ? one : two).connections.create(organisation, settings(n))),
      );
      expect(made.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
      expect(await one.connections.list(organisation)).toHaveLength(1);
    }
  });

  test("let nobody in any more once one of them has revoked, paused or deleted", async () => {
    const { connection, secret, send } = await connect(one);
    const { organisation, id } = connection;
    const there = idp(two, connection, secret);
    expect((await there.send("GET", "/Users")).status).toBe(200);
    await one.connections.pause(organisation, id);
    expect((await there.send("GET", "/Users")).status).toBe(503);
    await two.connections.resume(organisation, id);
    expect((await send("GET", "/Users")).status).toBe(200);
    const [token] = await two.connections.tokens(organisation, id);
    await two.connections.revokeToken(organisation, id, token?.id ?? "");
    expect((await send("GET", "/Users")).status).toBe(401);
  });

  test("a token that is rotated and revoked at once is revoked", async () => {
    const { connection } = await connect(one);
    const { organisation, id } = connection;
    for (let round = 0; round < 8; round++) {
      const { token } = await one.connections.issueToken(organisation, id);
      await Promise.allSettled([
        one.connections.rotateToken(organisation, id, token.id, { overlap: 3_600 }),
        two.connections.revokeToken(organisation, id, token.id),
      ]);
      const after = (await one.connections.tokens(organisation, id)).find((each) => each.id === token.id);
      expect(after?.revoked).toBeInstanceOf(Date);
      for (const { id: each } of await one.connections.tokens(organisation, id)) {
        await one.connections.revokeToken(organisation, id, each);
      }
    }
  });

  test("the same user sent twice at once is there once, marked once", async () => {
    const { connection, secret } = await connect(one);
    const { organisation, id } = connection;
    const sides = [idp(one, connection, secret), idp(two, connection, secret)];
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, n) =>
        sides[n % 2]?.send("POST", "/Users", { userName: "ann@x.io", emails: [{ value: "ann@x.io" }] }),
      ),
    );
    const statuses = answers.map((answer) => answer?.status).sort();
    expect(statuses).toEqual([201, ...Array.from({ length: 9 }, () => 409)]);
    expect(await two.connections.health(organisation, id)).toMatchObject({ users: 1 });
    expect((await sides[0]?.send("GET", "/Users"))?.json.totalResults).toBe(1);
  });

  test("nobody slips in while a connection is deleted with its users: whoever was let in is deactivated", async () => {
    for (let round = 0; round < 3; round++) {
      const { connection, secret, context } = await connect(one);
      const { organisation, id } = connection;
      const sides = [idp(one, connection, secret), idp(two, connection, secret)];
      for (let n = 0; n < 5; n++) await sides[0]?.provision(`early${n}`);
      const sent = Array.from({ length: 40 }, async (_, n) => {
        await new Promise((resolve) => setTimeout(resolve, n));
        return sides[n % 2]?.send("POST", "/Users", { userName: `late${n}` });
      });
      await new Promise((resolve) => setTimeout(resolve, 10));
      await two.connections.delete(organisation, id, { users: "deactivate" });
      const statuses = new Set((await Promise.all(sent)).map((answer) => answer?.status));
      expect([...statuses].filter((status) => status !== 201 && status !== 401 && status !== 503)).toEqual([]);
      const query = { filter: undefined, sort: undefined, want: { has: () => true } } as const;
      const window = { by: "index", startIndex: 1, count: 100 } as const;
      const { resources } = await place.users.list({ ...query, window }, context);
      expect(resources.length).toBeGreaterThanOrEqual(5);
      expect(resources.filter(({ active }) => active !== false)).toEqual([]);
    }
  });

  test("log exactly what was answered, in one sequence", async () => {
    const { connection, secret } = await connect(one);
    const { organisation, id } = connection;
    const sides = [idp(one, connection, secret), idp(two, connection, secret)];
    await Promise.all(Array.from({ length: 40 }, (_, n) => sides[n % 2]?.send("GET", `/Users/${n}`)));
    await one.connections.flush();
    await two.connections.flush();
    const log = await one.connections.log(organisation, id, { limit: 1_000 });
    expect(log.map(({ sequence }) => sequence)).toEqual(Array.from({ length: 40 }, (_, n) => 40 - n));
    expect(new Set(log.map(({ resourceId }) => resourceId)).size).toBe(40);
  });

  test("a mark is in the transaction of its user: a crash before the commit leaves neither", async () => {
    const crashing = openHost(place, {
      scim: {
        // The last that happens before the commit, but for the mark.
        beforeCommit: async (change, _ctx, tx) => {
          if (change.operation !== "create") return;
          const mark = {
            connection: connection.id,
            organisation: connection.organisation,
            workspace: connection.workspace,
          };
          const resource = { resourceType: change.resourceType, resourceId: change.id };
          await place.store.mark({ ...mark, ...resource, since: new Date(), linked: false }, tx);
          throw new Error("The process dies.");
        },
      },
    });
    const { connection, send } = await connect(crashing);
    expect((await send("POST", "/Users", { userName: "ann" })).status).toBe(500);
    expect((await send("GET", "/Users")).json.totalResults).toBe(0);
    expect(await two.connections.health(connection.organisation, connection.id)).toMatchObject({ users: 0 });
  });

  test("tables are made once by processes that start together, in a schema of the host's choice", async () => {
    const db = openPool(String(serverUrl));
    const schema = "scim_apart";
    const stores = [1, 2, 3].map(() => kyselyConnections(db, { schema }));
    await Promise.all(stores.map((store) => store.migrate()));
    const [store] = stores;
    if (store === undefined) throw new Error("There is no store.");
    const host = openHost({ ...place, store });
    const { provision, send, connection } = await connect(host);
    const ann = await provision("ann");
    expect((await send("PATCH", `/Users/${ann}`, patch({ op: "replace", path: "title", value: "x" }))).status).toBe(
      200,
    );
    expect(await host.connections.health(connection.organisation, connection.id)).toMatchObject({ users: 1 });
    expect(await one.connections.get(connection.organisation, connection.id)).toBeUndefined();
    await db.destroy();
  });
});
