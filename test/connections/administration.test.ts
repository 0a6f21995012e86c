/** Connections: made, listed, changed, paused; by whom, to where, and with which role. */
import { ConnectionError, type ConnectionErrorCode, createConnections, memoryConnections } from "scimkit/connections";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { connect, newOrganisation, openHost, roles } from "./host.ts";
import { type OpenPlace, places, stopServer } from "./stores.ts";

afterAll(stopServer);

/** The code with which something is refused. */
async function refused(work: Promise<unknown>): Promise<ConnectionErrorCode | undefined> {
  try {
    await work;
    return undefined;
  } catch (thrown) {
    if (thrown instanceof ConnectionError) return thrown.code;
    throw thrown;
  }
}

describe.each(places)("Connections in $name", ({ open }) => {
  let place: OpenPlace;
  beforeAll(async () => {
    place = await open();
  }, 60_000);
  afterAll(() => place.close());

  test("join an organisation to one of its workspaces, with a default role", async () => {
    const { connections, told } = openHost(place);
    const organisation = newOrganisation();
    const made = await connections.create(organisation, { workspace: `${organisation}-2`, defaultRole: "guest" });
    expect(made).toMatchObject({ organisation, workspace: `${organisation}-2`, defaultRole: "guest", state: "active" });
    expect(made.id).toMatch(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/);
    expect(Object.keys(made).sort()).toEqual(
      ["created", "defaultRole", "id", "organisation", "state", "updated", "workspace"].sort(),
    );
    expect(await connections.get(organisation, made.id)).toEqual(made);
    expect(await connections.list(organisation)).toEqual([made]);
    expect(told).toEqual([{ type: "connection.created", connection: made }]);
  });

  test("are nobody else's: another organisation's id is one that nobody has", async () => {
    const { connections } = openHost(place);
    const [mine, theirs] = [newOrganisation(), newOrganisation()];
    const { id } = await connections.create(theirs, { workspace: `${theirs}-1` });
    const { token } = await connections.issueToken(theirs, id);
    expect(await connections.get(mine, id)).toBeUndefined();
    expect(await connections.list(mine)).toEqual([]);
    for (const work of [
      () => connections.update(mine, id, { defaultRole: "guest" }),
      () => connections.pause(mine, id),
      () => connections.resume(mine, id),
      () => connections.delete(mine, id, { users: "keep" }),
      () => connections.delete(mine, id, { users: "deactivate" }),
      () => connections.tokens(mine, id),
      () => connections.issueToken(mine, id),
      () => connections.rotateToken(mine, id, token.id, { overlap: 0 }),
      () => connections.revokeToken(mine, id, token.id),
      () => connections.log(mine, id),
      () => connections.health(mine, id),
    ]) {
      expect(await refused(work())).toBe("notFound");
    }
    const own = await connections.create(mine, { workspace: `${mine}-1` });
    expect(await refused(connections.rotateToken(mine, own.id, token.id, { overlap: 0 }))).toBe("notFound");
    expect(await refused(connections.revokeToken(mine, own.id, token.id))).toBe("notFound");
    expect(await connections.get(theirs, id)).toMatchObject({ state: "active", defaultRole: "guest" });
    expect(await connections.tokens(theirs, id)).toEqual([token]);
  });

  test("go to a workspace that the host lists for the organisation, and to no other", async () => {
    const { connections } = openHost(place);
    const [mine, theirs] = [newOrganisation(), newOrganisation()];
    expect(await refused(connections.create(mine, { workspace: `${theirs}-1` }))).toBe("workspaceNotAllowed");
    expect(await refused(connections.create(mine, { workspace: `${mine}-4` }))).toBe("workspaceNotAllowed");
    expect(await refused(connections.create(mine, {}))).toBe("invalidValue");
    const { id } = await connections.create(mine, { workspace: `${mine}-1` });
    expect(await refused(connections.update(mine, id, { workspace: `${theirs}-1` }))).toBe("workspaceNotAllowed");
    expect(await refused(connections.roles(mine, `${theirs}-1`).then(() => {}))).toBe("workspaceNotAllowed");
  });

  test("need an organisation whose plan has SCIM; the host says why not", async () => {
    const { connections } = openHost(place, {
      entitled: (organisation) =>
        organisation === "poor" ? { detail: "Ask for Enterprise." } : organisation === "rich",
      workspaces: (organisation) => [{ id: organisation, name: organisation }],
    });
    await expect(connections.create("poor", {})).rejects.toMatchObject({
      code: "notEntitled",
      status: 403,
      detail: "Ask for Enterprise.",
    });
    await expect(connections.create("other", {})).rejects.toMatchObject({ code: "notEntitled", detail: /plan/ });
    expect([await connections.refusal("poor"), await connections.refusal("rich")]).toEqual([
      "Ask for Enterprise.",
      undefined,
    ]);
  });

  test("are one for a workspace and one workspace for an organisation, unless the host allows more", async () => {
    const { connections } = openHost(place);
    const organisation = newOrganisation();
    const names = async (): Promise<readonly string[]> =>
      (await connections.available(organisation)).map(({ id }) => id);
    expect(await names()).toHaveLength(3);
    const { id } = await connections.create(organisation, { workspace: `${organisation}-1` });
    expect(await names()).toEqual([]);
    const again = connections.create(organisation, { workspace: `${organisation}-1` });
    expect(await refused(again)).toBe("workspaceTaken");
    const second = connections.create(organisation, { workspace: `${organisation}-2` });
    expect(await refused(second)).toBe("tooManyWorkspaces");
    expect(await connections.update(organisation, id, { workspace: `${organisation}-2` })).toMatchObject({
      workspace: `${organisation}-2`,
    });
  });

  test("are as many as the host allows, by the organisation's plan", async () => {
    const { connections } = openHost(place, {
      connectionsPerWorkspace: 2,
      workspacesPerOrganisation: async (organisation) => (organisation.endsWith("big") ? 3 : 1),
    });
    const big = `${newOrganisation()}big`;
    const made = [1, 1, 2, 3].map((n) => ({ workspace: `${big}-${n}` }));
    for (const settings of made) await connections.create(big, settings);
    expect(await refused(connections.create(big, { workspace: `${big}-1` }))).toBe("workspaceTaken");
    expect((await connections.available(big)).map(({ id }) => id)).toEqual([`${big}-2`, `${big}-3`]);
    const small = newOrganisation();
    await connections.create(small, { workspace: `${small}-1` });
    expect(await refused(connections.create(small, { workspace: `${small}-2` }))).toBe("tooManyWorkspaces");
  });

  test("never share a workspace with another organisation, whatever the host lists and allows", async () => {
    const shared = `shared-${newOrganisation()}`;
    const { connections } = openHost(place, {
      workspaces: () => [{ id: shared, name: "Shared" }],
      connectionsPerWorkspace: 5,
      workspacesPerOrganisation: 5,
    });
    await connections.create("first", { workspace: shared });
    expect(await refused(connections.create("second", { workspace: shared }))).toBe("workspaceTaken");
    await connections.create("first", { workspace: shared });
  });

  test("give a role that the host lists, not above the ceiling; the lowest if none is chosen", async () => {
    const { connections } = openHost(place);
    const organisation = newOrganisation();
    const workspace = `${organisation}-1`;
    for (const defaultRole of ["emperor", "Admin", "owner "]) {
      expect(await refused(connections.create(organisation, { workspace, defaultRole }))).toBe("roleNotAllowed");
    }
    const above = { workspace, defaultRole: "admin", ceiling: "member" };
    expect(await refused(connections.create(organisation, above))).toBe("roleNotAllowed");
    expect(await refused(connections.create(organisation, { workspace, ceiling: "emperor" }))).toMatch(
      /Allowed|invalid/,
    );
    const made = await connections.create(organisation, { workspace, ceiling: "member" });
    expect(made).toMatchObject({ defaultRole: "guest", ceiling: "member" });
    const raise = connections.update(organisation, made.id, { defaultRole: "owner" });
    expect(await refused(raise)).toBe("roleNotAllowed");
    expect(await connections.update(organisation, made.id, { defaultRole: "member" })).toMatchObject({
      defaultRole: "member",
    });
    expect(await refused(connections.update(organisation, made.id, { ceiling: "guest" }))).toBe("roleNotAllowed");
    expect((await connections.roles(organisation, workspace, "member")).map(({ id }) => id)).toEqual([
      "guest",
      "member",
    ]);
    expect(await connections.roles(organisation, workspace)).toEqual(roles);
    expect(await connections.roles(organisation, workspace, "emperor")).toEqual([]);
  });

  test("that change workspace must have a role that is there", async () => {
    const { connections } = openHost(place, {
      roles: (_, workspace) => (workspace.endsWith("-2") ? [{ id: "reader", name: "Reader" }] : roles),
    });
    const organisation = newOrganisation();
    const { id } = await connections.create(organisation, { workspace: `${organisation}-1`, defaultRole: "member" });
    const settings = { workspace: `${organisation}-2` };
    expect(await refused(connections.update(organisation, id, settings))).toBe("roleNotAllowed");
    const moved = await connections.update(organisation, id, { ...settings, defaultRole: "reader" });
    expect(moved).toMatchObject({ ...settings, defaultRole: "reader" });
  });

  test("are paused and resumed; the host is told once", async () => {
    const host = openHost(place);
    const { connection } = await connect(host);
    const { organisation, id } = connection;
    host.told.length = 0;
    expect((await host.connections.pause(organisation, id)).state).toBe("paused");
    await host.connections.pause(organisation, id);
    expect((await host.connections.resume(organisation, id)).state).toBe("active");
    expect((await host.connections.get(organisation, id))?.state).toBe("active");
    await host.connections.update(organisation, id, {});
    await host.connections.update(organisation, id, { defaultRole: "guest" });
    expect(host.told.map(({ type }) => type)).toEqual([
      "connection.paused",
      "connection.resumed",
      "connection.updated",
    ]);
  });

  test("concurrent changes leave a workspace with a role that it has", async () => {
    const { connections } = openHost(place, {
      roles: (_, workspace) => (workspace.endsWith("-1") ? roles : roles.slice(0, 2)),
    });
    const organisation = newOrganisation();
    const { id } = await connections.create(organisation, { workspace: `${organisation}-1`, defaultRole: "guest" });
    const results = await Promise.allSettled([
      connections.update(organisation, id, { defaultRole: "owner" }),
      connections.update(organisation, id, { workspace: `${organisation}-2` }),
      connections.update(organisation, id, { defaultRole: "owner" }),
      connections.update(organisation, id, { workspace: `${organisation}-2` }),
    ]);
    expect(results.some(({ status }) => status === "fulfilled")).toBe(true);
    const after = await connections.get(organisation, id);
    expect([`${organisation}-1 owner`, `${organisation}-2 guest`]).toContain(
      `${after?.workspace} ${after?.defaultRole}`,
    );
  });
});

describe("The defaults", () => {
  const connections = createConnections({ store: memoryConnections() });

  test("an organisation is its own only workspace, and `member` its only role", async () => {
    expect(await connections.workspaces("acme")).toEqual([{ id: "acme", name: "acme" }]);
    expect(await connections.create("acme", {})).toMatchObject({ workspace: "acme", defaultRole: "member" });
    expect(await refused(connections.create("acme", { workspace: "globex" }))).toBe("workspaceNotAllowed");
    expect(await refused(connections.create("globex", { defaultRole: "owner" }))).toBe("roleNotAllowed");
  });

  test.each(["", undefined, null, 7, {}])(
    "an organisation is a text, not %j: it is the host's to name",
    async (value) => {
      const organisation = JSON.parse(JSON.stringify(value ?? null));
      await expect(connections.create(organisation, {})).rejects.toThrow(TypeError);
      await expect(connections.list(organisation)).rejects.toThrow(TypeError);
    },
  );
});

describe("Options that make no sense are refused at start-up, by name", () => {
  const store = memoryConnections();
  const given = (option: object): object => ({ store, ...option });
  test.each([
    [{ store: undefined }, "store"],
    [{ store: {} }, "store"],
    [{ tokenPrefix: "a b" }, "tokenPrefix"],
    [{ tokenPrefix: "x".repeat(21) }, "tokenPrefix"],
    [{ connectionsPerWorkspace: 0 }, "connectionsPerWorkspace"],
    [{ workspacesPerOrganisation: 1.5 }, "workspacesPerOrganisation"],
    [{ tokensPerConnection: 1 }, "tokensPerConnection"],
    [{ retryAfter: 0 }, "retryAfter"],
    [{ log: { entries: 0 } }, "log.entries"],
    [{ log: { entries: 100_001 } }, "log.entries"],
    [{ link: "always" }, "link"],
    [{ linkGroups: true }, "linkGroups"],
  ])("%j", (option, name) => {
    expect(() => Reflect.apply(createConnections, undefined, [given(option)])).toThrow(`\`${name}\``);
  });

  test("a hook that answers nonsense fails the request, and not silently", async () => {
    const broken = Reflect.apply(createConnections, undefined, [given({ roles: () => ["member"] })]);
    await expect(broken.create("acme", {})).rejects.toThrow("`roles`");
  });
});
