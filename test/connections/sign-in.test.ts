/** Signing in: how somebody with this email gets in, and whom an SSO subject may enter as. */
import { createConnections, memoryConnections, type SignInAccount } from "scimkit/connections";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { connect, type IdP, newOrganisation, openHost, patch, signUp } from "./host.ts";
import { type OpenPlace, places, stopServer } from "./stores.ts";

afterAll(stopServer);

describe.each(places)("Signing in, with $name", ({ open }) => {
  let place: OpenPlace;
  beforeAll(async () => {
    place = await open();
  }, 60_000);
  afterAll(() => place.close());

  /** A host with accounts by email, of which one organisation forces SSO. */
  async function withAccounts() {
    const accounts = new Map<string, SignInAccount>();
    const sso = new Map<string, string>();
    const host = openHost(place, {
      signIn: {
        account: (email) => accounts.get(email),
        sso: async (organisation) => sso.get(organisation),
        organisationOf: (email) => (email.endsWith("@sso.example") ? "sso-example" : undefined),
      },
    });
    const idp = await connect(host);
    const add = (email: string, user: string, more: Partial<SignInAccount> = {}): void => {
      const { organisation, workspace } = idp.connection;
      accounts.set(email, { organisation, workspace, user, active: true, hasPassword: false, ...more });
    };
    return { host, idp, add, sso };
  }

  test("a provisioned user without a password is mailed a link to set one; with one, asked for it", async () => {
    const { host, idp, add } = await withAccounts();
    const ann = await idp.provision("ann@x.io");
    add("ann@x.io", ann);
    expect(await host.connections.signInRoute("ann@x.io")).toEqual({ passwordReset: true });
    add("ann@x.io", ann, { hasPassword: true });
    expect(await host.connections.signInRoute("ann@x.io")).toEqual({ password: true });
  });

  test("somebody who was not provisioned is asked for the password, whether they exist or not", async () => {
    const { host, idp, add } = await withAccounts();
    add("bo@x.io", await signUp(place, idp, { userName: "bo@x.io" }));
    for (const email of ["bo@x.io", "nobody@x.io", "", "'; drop table users; --", "\0"]) {
      expect(await host.connections.signInRoute(email)).toEqual({ password: true });
    }
  });

  test("where SSO is forced everybody goes there, also who has no account yet", async () => {
    const { host, idp, add, sso } = await withAccounts();
    const url = "https://login.example/sso";
    sso.set(idp.connection.organisation, url);
    sso.set("sso-example", "https://sso.example/in");
    add("ann@x.io", await idp.provision("ann@x.io"));
    add("bo@x.io", await signUp(place, idp, { userName: "bo@x.io" }), { hasPassword: true });
    expect(await host.connections.signInRoute("ann@x.io")).toEqual({ sso: url });
    expect(await host.connections.signInRoute("bo@x.io")).toEqual({ sso: url });
    expect(await host.connections.signInRoute("new@sso.example")).toEqual({ sso: "https://sso.example/in" });
  });

  test("the deactivated are refused, SSO or not", async () => {
    const { host, idp, add, sso } = await withAccounts();
    add("ann@x.io", await idp.provision("ann@x.io"), { active: false, hasPassword: true });
    expect(await host.connections.signInRoute("ann@x.io")).toEqual({ refused: expect.stringContaining("deactivated") });
    sso.set(idp.connection.organisation, "https://login.example/sso");
    expect(await host.connections.signInRoute("ann@x.io")).toHaveProperty("refused");
  });

  test("without the option it says what is missing", async () => {
    await expect(openHost(place).connections.signInRoute("ann@x.io")).rejects.toThrow("`signIn`");
  });

  test("an SSO subject is the provisioned user with this externalId, or this userName", async () => {
    const host = openHost(place);
    const idp = await connect(host);
    const { organisation, workspace, id: connection } = idp.connection;
    const user = await idp.provision("Ann@x.io", { externalId: "Oid-1" });
    const found = { users: [{ connection, workspace, user }] };
    expect(await host.connections.signIn({ organisation, externalId: "Oid-1" })).toEqual(found);
    expect(await host.connections.signIn({ organisation, userName: "ann@X.io" })).toEqual(found);
    for (const subject of [
      { organisation, externalId: "oid-1" },
      { organisation, externalId: "" },
      { organisation, externalId: 'Oid-1" or userName pr or externalId eq "' },
      { organisation, userName: "*" },
      { organisation, userName: "\0" },
      { organisation: newOrganisation(), externalId: "Oid-1" },
    ]) {
      expect(await host.connections.signIn(subject)).toEqual({ refused: "unknown" });
    }
  });

  test("somebody whom no connection manages is unknown, though the externalId is theirs", async () => {
    const host = openHost(place);
    const idp = await connect(host);
    await signUp(place, idp, { userName: "bo@x.io", externalId: "Oid-2" });
    const { organisation } = idp.connection;
    expect(await host.connections.signIn({ organisation, externalId: "Oid-2" })).toEqual({ refused: "unknown" });
    expect(await host.connections.signIn({ organisation, userName: "bo@x.io" })).toEqual({ refused: "unknown" });
  });

  test("the deactivated are refused; who is active in one workspace of several enters there", async () => {
    const host = openHost(place, { workspacesPerOrganisation: 2 });
    const organisation = newOrganisation();
    const idps: readonly IdP[] = [
      await connect(host, organisation),
      await connect(host, organisation, { workspace: `${organisation}-2` }),
    ];
    const ids = await Promise.all(idps.map(({ provision }) => provision("ann", { externalId: "e" })));
    const enter = () => host.connections.signIn({ organisation, externalId: "e" });
    expect(await enter()).toMatchObject({ users: [{ user: ids[0] }, { user: ids[1] }] });
    const off = patch({ op: "replace", path: "active", value: false });
    await idps[0]?.send("PATCH", `/Users/${ids[0]}`, off);
    expect(await enter()).toMatchObject({ users: [{ user: ids[1], workspace: `${organisation}-2` }] });
    await host.connections.pause(organisation, idps[1]?.connection.id ?? "");
    expect(await enter()).toMatchObject({ users: [{ user: ids[1] }] });
    await host.connections.resume(organisation, idps[1]?.connection.id ?? "");
    await idps[1]?.send("PATCH", `/Users/${ids[1]}`, off);
    expect(await enter()).toEqual({ refused: "deactivated" });
  });
});

test("Without a store of users nobody can be looked up, and it says so", async () => {
  const connections = createConnections({ store: memoryConnections() });
  await expect(connections.signIn({ organisation: "acme", externalId: "e" })).rejects.toThrow("connections.scim");
  const { id } = await connections.create("acme", {});
  await expect(connections.delete("acme", id, { users: "deactivate" })).rejects.toThrow("connections.scim");
});
