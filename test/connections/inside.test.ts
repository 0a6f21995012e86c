/** Requests that the host makes itself in a connection's name: without a token, and through everything else. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { connect, newOrganisation, openHost, patch, roles, signUp } from "./host.ts";
import { type OpenPlace, places, stopServer } from "./stores.ts";

afterAll(stopServer);

describe.each(places)("A request of the host's own, in $name", ({ open }) => {
  let place: OpenPlace;
  beforeAll(async () => {
    place = await open();
  }, 60_000);
  afterAll(() => place.close());

  test("goes through the stores, the hooks and the log, also while the connection is paused", async () => {
    const seen: string[] = [];
    const host = openHost(place, {
      scim: { beforeCommit: ({ operation }, { workspace }) => void seen.push(`${operation} ${workspace}`) },
    });
    const { connection, provision } = await connect(host);
    const { organisation, id, workspace } = connection;
    const ann = await provision("ann");
    await host.connections.pause(organisation, id);
    const json = patch({ op: "replace", path: "title", value: "Lead" });
    const patched = await host.connections.send(organisation, id, { method: "PATCH", url: `/Users/${ann}`, json });
    expect([patched.status, JSON.parse(patched.body ?? "").title]).toEqual([200, "Lead"]);
    const created = await host.connections.send(organisation, id, {
      method: "POST",
      url: "/Users",
      json: { userName: "bo" },
    });
    expect(created.status).toBe(201);
    expect(seen).toEqual([`create ${workspace}`, `patch ${workspace}`, `create ${workspace}`]);
    expect(await host.connections.health(organisation, id)).toMatchObject({ users: 2 });
    const [entry] = await host.connections.log(organisation, id);
    expect(entry).toMatchObject({ method: "POST", status: 201, identityProvider: "unknown" });
    expect(entry).not.toHaveProperty("token");
  });

  test("changes only what the connection manages", async () => {
    const host = openHost(place);
    const idp = await connect(host);
    const { organisation, id } = idp.connection;
    const bo = await signUp(place, idp, { userName: "bo" });
    const answer = await host.connections.send(organisation, id, { method: "DELETE", url: `/Users/${bo}` });
    expect(answer.status).toBe(409);
    const other = newOrganisation();
    const send = host.connections.send(other, id, { method: "GET", url: "/Users" });
    await expect(send).rejects.toMatchObject({ code: "notFound" });
  });

  test("gives whom it creates the role that a token would", async () => {
    const given: string[] = [];
    let offered = roles;
    const host = openHost(place, { roles: () => offered, scim: { giveRole: (_, role) => void given.push(role) } });
    const { connection } = await connect(host);
    offered = roles.filter(({ id }) => id !== "member");
    const { organisation, id } = connection;
    await host.connections.send(organisation, id, { method: "POST", url: "/Users", json: { userName: "ann" } });
    expect(given).toEqual(["guest"]);
    expect(await host.connections.givenRole(organisation, id)).toBe("guest");
  });

  test("does not count as the identity provider's: the connection still waits for its first", async () => {
    const host = openHost(place);
    const { connection } = await connect(host);
    const { organisation, id } = connection;
    const json = { userName: "ann" };
    expect((await host.connections.send(organisation, id, { method: "POST", url: "/Users", json })).status).toBe(201);
    expect((await host.connections.send(organisation, id, { method: "POST", url: "/Users", json })).status).toBe(409);
    expect(await host.connections.log(organisation, id)).toHaveLength(2);
    const { connected, lastRequest, lastError } = await host.connections.health(organisation, id);
    expect([connected, lastRequest, lastError]).toEqual([undefined, undefined, undefined]);
  });

  test("is not in the log where it only reads", async () => {
    const host = openHost(place);
    const { connection } = await connect(host);
    const { organisation, id } = connection;
    const search = { schemas: ["urn:ietf:params:scim:api:messages:2.0:SearchRequest"], count: 1 };
    for (const request of [
      { method: "GET", url: "/Users" },
      { method: "GET", url: "/Users/nobody" },
      { method: "POST", url: "/Users/.search", json: search },
    ]) {
      await host.connections.send(organisation, id, request);
    }
    expect(await host.connections.log(organisation, id)).toEqual([]);
  });
});
