/** Rules: what being in a group of the identity provider grants. */
import { ScimError } from "scimkit";
import { expect, test } from "vitest";
import { accessHost } from "./host.ts";

test("a member of the group of a rule has its role, and loses it on leaving", async () => {
  const host = await accessHost();
  const ann = await host.create("/Users", { userName: "ann" });
  const team = await host.create("/Groups", { displayName: "Admins" });
  await host.access.changeRules("acme", host.connection.id, { add: [{ group: { id: team }, role: "admin" }] });
  await host.access.work();
  expect(host.rolesOf(ann)).toEqual(["viewer"]);
  await host.patch(`/Groups/${team}`, { op: "add", path: "members", value: [{ value: ann }] });
  expect(host.rolesOf(ann)).toEqual(["admin", "viewer"]);
  await host.patch(`/Groups/${team}`, { op: "remove", path: `members[value eq "${ann}"]` });
  expect(host.rolesOf(ann)).toEqual(["viewer"]);
});

test("without rules nothing is handed over: the default role at creation is all there is", async () => {
  const host = await accessHost();
  const ann = await host.create("/Users", { userName: "ann" });
  const team = await host.create("/Groups", { displayName: "Admins", members: [{ value: ann }] });
  await host.patch(`/Users/${ann}`, { op: "replace", path: "active", value: false });
  await host.send("DELETE", `/Groups/${team}`);
  await host.access.work();
  expect(host.desired.size).toBe(0);
});

test("a rule that is made later reaches whoever is in the group; one that goes takes its role back", async () => {
  const host = await accessHost();
  const ann = await host.create("/Users", { userName: "ann" });
  const bo = await host.create("/Users", { userName: "bo" });
  const team = await host.create("/Groups", { displayName: "Admins", members: [{ value: ann }] });
  const [rule] = await host.access.changeRules("acme", host.connection.id, {
    add: [{ group: { displayName: "ADMINS" }, role: "admin" }],
  });
  await host.access.work();
  expect([host.rolesOf(ann), host.rolesOf(bo)]).toEqual([["admin", "viewer"], ["viewer"]]);
  expect(host.desired.get(ann)?.roles[0]?.because).toMatchObject([
    { kind: "rule", rule: rule?.id, chain: [{ group: team, displayName: "Admins" }] },
  ]);
  await host.access.changeRules("acme", host.connection.id, { remove: [rule?.id ?? ""] });
  await host.access.work();
  expect(host.rolesOf(ann)).toEqual(["viewer"]);
});

test("a group within the group of a rule counts, in circles too", async () => {
  const host = await accessHost();
  const ann = await host.create("/Users", { userName: "ann" });
  const inner = await host.create("/Groups", { displayName: "Inner", members: [{ value: ann }] });
  const outer = await host.create("/Groups", { displayName: "Outer", members: [{ value: inner }] });
  await host.patch(`/Groups/${inner}`, { op: "add", path: "members", value: [{ value: outer }] });
  await host.access.changeRules("acme", host.connection.id, { add: [{ group: { id: outer }, role: "admin" }] });
  await host.access.work();
  expect(host.rolesOf(ann)).toEqual(["admin", "viewer"]);
  await host.patch(`/Groups/${outer}`, { op: "remove", path: `members[value eq "${inner}"]` });
  expect(host.rolesOf(ann)).toEqual(["viewer"]);
});

test("a deactivated user has nothing, and everything again when active", async () => {
  const host = await accessHost();
  const ann = await host.create("/Users", { userName: "ann" });
  const team = await host.create("/Groups", { displayName: "Admins", members: [{ value: ann }] });
  await host.access.changeRules("acme", host.connection.id, { add: [{ group: { id: team }, role: "admin" }] });
  await host.access.work();
  await host.patch(`/Users/${ann}`, { op: "replace", path: "active", value: false });
  expect(host.desired.get(ann)).toEqual({ user: ann, active: false, roles: [] });
  await host.patch(`/Users/${ann}`, { op: "replace", path: "active", value: true });
  expect(host.rolesOf(ann)).toEqual(["admin", "viewer"]);
  await host.send("DELETE", `/Users/${ann}`);
  expect(host.desired.get(ann)).toEqual({ user: ann, active: false, roles: [] });
});

test("a renamed group is about other rules; a deleted one grants nothing, and its rule says so", async () => {
  const host = await accessHost();
  const ann = await host.create("/Users", { userName: "ann" });
  const team = await host.create("/Groups", { displayName: "Team", members: [{ value: ann }] });
  await host.access.changeRules("acme", host.connection.id, {
    add: [
      { group: { displayName: "Admins" }, role: "admin" },
      { group: { id: team }, role: "member" },
    ],
  });
  await host.access.work();
  expect(host.rolesOf(ann)).toEqual(["member", "viewer"]);
  await host.patch(`/Groups/${team}`, { op: "replace", path: "displayName", value: "Admins" });
  expect(host.rolesOf(ann)).toEqual(["admin", "member", "viewer"]);
  await host.send("DELETE", `/Groups/${team}`);
  expect(host.rolesOf(ann)).toEqual(["viewer"]);
  const states = await host.access.rules("acme", host.connection.id);
  expect(states.map(({ problem }) => problem)).toEqual([undefined, expect.stringContaining("not there any more")]);
});

test("a rule grants nothing above the ceiling, nor a role that there is not", async () => {
  const host = await accessHost({ ceiling: "member" });
  const team = await host.create("/Groups", { displayName: "Team" });
  for (const role of ["admin", "emperor"]) {
    const add = [{ group: { id: team }, role }];
    await expect(host.access.changeRules("acme", host.connection.id, { add })).rejects.toMatchObject({
      code: "roleNotAllowed",
    });
    expect((await host.access.previewRules("acme", host.connection.id, { add })).problems).toHaveLength(1);
  }
});

test("what reconcileAccess throws rolls the write back, and is to be tried again", async () => {
  let isBroken = true;
  const host = await accessHost({
    reconcileAccess: () => {
      if (isBroken) throw new Error("connection refused by 10.0.0.7");
    },
  });
  const ann = await host.create("/Users", { userName: "ann" });
  const team = await host.create("/Groups", { displayName: "Team" });
  isBroken = false;
  await host.access.changeRules("acme", host.connection.id, { add: [{ group: { id: team }, role: "admin" }] });
  await host.access.work();
  isBroken = true;
  const add = { op: "add", path: "members", value: [{ value: ann }] };
  const refused = await host.patch(`/Groups/${team}`, add);
  expect([refused.status, refused.headers["Retry-After"]]).toEqual([503, "30"]);
  expect(JSON.stringify(refused.json)).not.toContain("10.0.0.7");
  expect((await host.send("GET", `/Groups/${team}`)).json.members).toBeUndefined();
  expect(await host.access.explainAccess("acme", host.connection.id, ann)).toMatchObject({
    roles: [{ role: "viewer" }],
  });
  isBroken = false;
  expect((await host.patch(`/Groups/${team}`, add)).status).toBe(204);
});

test("a hook that hangs is given up: 503, and nothing is written", async () => {
  const host = await accessHost({ hookTimeout: 0.05, admit: () => new Promise(() => {}) });
  const { status } = await host.send("POST", "/Users", { userName: "ann" });
  expect(status).toBe(503);
  expect((await host.send("GET", "/Users")).json.totalResults).toBe(0);
});

test("a preview says who gains and who loses, and writes nothing", async () => {
  const host = await accessHost();
  const ann = await host.create("/Users", { userName: "ann" });
  const bo = await host.create("/Users", { userName: "bo", active: false });
  const team = await host.create("/Groups", { displayName: "Team", members: [{ value: ann }, { value: bo }] });
  const id = host.connection.id;
  const [rule] = await host.access.changeRules("acme", id, { add: [{ group: { id: team }, role: "member" }] });
  await host.access.work();
  const preview = await host.access.previewRules("acme", id, {
    add: [{ group: { displayName: "team" }, role: "admin" }],
    remove: [rule?.id ?? ""],
  });
  expect(preview.roles).toMatchObject([
    { role: "admin", gain: 1, lose: 0, gaining: [ann] },
    { role: "member", gain: 0, lose: 1, losing: [ann] },
  ]);
  expect(host.rolesOf(ann)).toEqual(["member", "viewer"]);
});

test("why somebody has a role: rule, group, and the request that put them there", async () => {
  const host = await accessHost();
  const ann = await host.create("/Users", { userName: "ann" });
  const team = await host.create("/Groups", { displayName: "Team" });
  const [rule] = await host.access.changeRules("acme", host.connection.id, {
    add: [{ group: { id: team }, role: "admin" }],
  });
  await host.patch(`/Groups/${team}`, { op: "add", path: "members", value: [{ value: ann }] });
  const explanation = await host.access.explainAccess("acme", host.connection.id, ann);
  expect(explanation?.roles[0]?.because).toMatchObject([{ kind: "rule", rule: rule?.id, chain: [{ group: team }] }]);
  expect(explanation?.requests).toMatchObject([
    { operation: "patch", resourceType: "Group", resourceId: team, members: { added: [ann], removed: [] } },
  ]);
});

test("the last owner stays: the guard is asked before a deactivation, a deletion, and the loss of a role", async () => {
  const asked: string[] = [];
  const host = await accessHost({
    guard: ({ kind, roles: lost }) => {
      asked.push(kind);
      if (lost.some(({ role }) => role === "owner")) throw new ScimError(409, "The last owner of a workspace stays.");
    },
  });
  const ann = await host.create("/Users", { userName: "ann" });
  const team = await host.create("/Groups", { displayName: "Owners", members: [{ value: ann }] });
  const [rule] = await host.access.changeRules("acme", host.connection.id, {
    add: [{ group: { id: team }, role: "owner" }],
  });
  await host.access.work();
  const refused = [
    await host.patch(`/Users/${ann}`, { op: "replace", path: "active", value: false }),
    await host.send("DELETE", `/Users/${ann}`),
    await host.patch(`/Groups/${team}`, { op: "remove", path: "members" }),
    await host.send("DELETE", `/Groups/${team}`),
  ];
  expect(refused.map(({ status, json }) => [status, json.detail])).toEqual(
    refused.map(() => [409, "The last owner of a workspace stays."]),
  );
  expect(asked).toEqual(["deactivation", "deletion", "role", "role"]);
  await host.access.changeRules("acme", host.connection.id, { remove: [rule?.id ?? ""] });
  await host.access.work();
  const jobs = await host.access.jobs("acme", host.connection.id);
  expect(jobs.at(-1)?.blocked).toEqual([{ user: ann, detail: "The last owner of a workspace stays." }]);
  expect(host.rolesOf(ann)).toEqual(["owner", "viewer"]);
});
