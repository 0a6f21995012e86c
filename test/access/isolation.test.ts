/** Rules, journal and explanations never cross a connection. */
import { memoryAccess } from "scimkit/access";
import { createConnections, memoryConnections } from "scimkit/connections";
import { expect, test } from "vitest";
import { accessHost, roles } from "./host.ts";

test("another organisation's connection is one that nobody has, and its rules give nothing here", async () => {
  const connections = createConnections({
    store: memoryConnections(),
    roles: () => roles.map((id) => ({ id, name: id })),
  });
  const store = memoryAccess();
  const acme = await accessHost({ connections, store });
  const globex = await accessHost({ connections, store, organisation: "globex" });
  const ann = await acme.create("/Users", { userName: "ann" });
  const team = await acme.create("/Groups", { displayName: "Team", members: [{ value: ann }] });
  const theirs = await globex.create("/Users", { userName: "ann" });
  await globex.create("/Groups", { displayName: "Team", members: [{ value: theirs }] });
  await globex.access.changeRules("globex", globex.connection.id, {
    add: [
      { group: { displayName: "Team" }, role: "owner" },
      { group: { id: team }, role: "owner" },
    ],
  });
  await globex.access.work();
  expect([acme.desired.size, globex.rolesOf(theirs), globex.rolesOf(ann)]).toEqual([0, ["owner", "viewer"], []]);
  expect((await acme.access.journal("acme", acme.connection.id)).map(({ resourceId }) => resourceId)).toEqual([
    team,
    ann,
  ]);
  expect(await globex.access.explainAccess("globex", globex.connection.id, ann)).toBeUndefined();
  const request = (await acme.access.journal("acme", acme.connection.id))[0]?.request ?? "";
  expect(await globex.access.revert("globex", globex.connection.id, { request })).toEqual([]);
  const { access } = globex;
  const { id } = acme.connection;
  const since = new Date(0);
  for (const attempt of [
    () => access.rules("globex", id),
    () => access.changeRules("globex", id, { add: [{ group: { displayName: "Team" }, role: "owner" }] }),
    () => access.previewRules("globex", id, {}),
    () => access.explainAccess("globex", id, ann),
    () => access.journal("globex", id),
    () => access.jobs("globex", id),
    () => access.receipts("globex", id),
    () => access.seats("globex", id),
    () => access.previewRevert("globex", id, { since }),
    () => access.revert("globex", id, { since }),
  ]) {
    await expect(attempt()).rejects.toMatchObject({ code: "notFound", status: 404 });
  }
  const [rule] = await globex.access.rules("globex", globex.connection.id);
  await expect(acme.access.changeRules("acme", id, { remove: [rule?.id ?? ""] })).rejects.toMatchObject({
    code: "invalidValue",
  });
});

test.each([
  [{ add: [{}] }],
  [{ add: [null] }],
  [{ add: "x" }],
  [{ add: [{ group: {}, role: "admin" }] }],
  [{ add: [{ group: { id: "" }, role: "admin" }] }],
  [{ add: [{ group: { id: "\u0000" }, role: "admin" }] }],
  [{ add: [{ group: { displayName: "x".repeat(201) }, role: "admin" }] }],
  [{ add: [{ group: { id: ["x"] }, role: "admin" }] }],
  [{ add: [{ group: { id: "x" }, role: 7 }] }],
  [{ remove: ["404"] }],
])("a change of rules that makes no sense is refused whole: %j", async (change) => {
  const host = await accessHost();
  const hostile = JSON.parse(JSON.stringify(change));
  await expect(host.access.changeRules("acme", host.connection.id, hostile)).rejects.toMatchObject({
    code: "invalidValue",
  });
  expect(await host.access.rules("acme", host.connection.id)).toEqual([]);
});
