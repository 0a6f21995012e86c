/** Work that is too much for one request: bounded batches, progress, and going on after a crash. */
import { createScim } from "scimkit";
import { type AccessEvent, type AccessStore, createAccess, memoryAccess } from "scimkit/access";
import { type ConnectionContext, createConnections, memoryConnections } from "scimkit/connections";
import { memoryStores } from "scimkit/memory";
import { expect, test } from "vitest";
import { accessHost, roles } from "./host.ts";

const ids = (list: readonly string[]): { value: string }[] => list.map((value) => ({ value }));

test("a group of 50,000 that gains a rule is reconciled in batches, between which requests are answered", async () => {
  let largest = 0;
  let inBatch = 0;
  const events: AccessEvent[] = [];
  const seen = new Set<string>();
  const host = await accessHost({
    usersPerBatch: 200,
    reconcileAccess: ({ user, roles: granted }) => {
      inBatch++;
      if (granted.some(({ role }) => role === "admin")) seen.add(user);
    },
    onEvent: (event) => void events.push(event),
  });
  const { access, connection } = host;
  const users: string[] = [];
  for (let n = 0; n < 50_000; n += 500) {
    const some = Array.from({ length: 500 }, (_, more) => host.create("/Users", { userName: `user${n + more}` }));
    users.push(...(await Promise.all(some)));
  }
  const team = await host.create("/Groups", { displayName: "Everybody", members: ids(users) });
  await access.changeRules("acme", connection.id, { add: [{ group: { id: team }, role: "admin" }] });
  const progress: number[] = [];
  for (;;) {
    const before = inBatch;
    expect((await host.send("GET", `/Users/${users[0]}`)).status).toBe(200);
    await new Promise((resolve) => setTimeout(resolve));
    largest = Math.max(largest, inBatch - before);
    const jobs = await access.jobs("acme", connection.id);
    progress.push(jobs.reduce((sum, { done }) => sum + done, 0));
    if (jobs.every(({ finished }) => finished !== undefined)) break;
  }
  await access.work();
  expect(seen.size).toBe(50_000);
  expect(largest).toBeLessThan(10_000);
  expect(progress.length).toBeGreaterThan(2);
  expect([...progress].sort((one, other) => one - other)).toEqual(progress);
  expect(events.filter(({ type }) => type === "job.finished")).toHaveLength(2);
});

test("a process that dies in the middle of a job leaves it to the next one", async () => {
  const store: AccessStore = memoryAccess();
  const connections = createConnections({
    store: memoryConnections(),
    roles: () => roles.map((id) => ({ id, name: id })),
  });
  const stores = memoryStores<ConnectionContext>({ tenant: ({ workspace }) => workspace });
  let left = 100;
  const done = new Set<string>();
  const options = { connections, store, usersPerBatch: 10 };
  const dying = createAccess({
    ...options,
    reconcileAccess: ({ user, roles: granted }) => {
      if (granted.every(({ role }) => role !== "admin")) return;
      if (left-- <= 0) throw new Error("The process is gone.");
      done.add(user);
    },
  });
  const first = await accessHostOn(dying);
  const users: string[] = [];
  for (let n = 0; n < 200; n++) users.push(await first.create("/Users", { userName: `user${n}` }));
  const team = await first.create("/Groups", { displayName: "Everybody", members: ids(users) });
  await dying.changeRules("acme", first.id, { add: [{ group: { id: team }, role: "admin" }] });
  await dying.work();
  const stopped = (await dying.jobs("acme", first.id)).filter(({ finished }) => finished === undefined);
  expect(stopped).toHaveLength(2);
  expect(stopped[0]).toMatchObject({ done: 100, problem: "A batch failed; it is tried again." });
  expect(done.size).toBe(100);
  const next = createAccess({ ...options, reconcileAccess: ({ user }) => void done.add(user) });
  next.scim(stores);
  await next.work();
  expect(done.size).toBe(200);
  expect(
    (await next.jobs("acme", first.id)).every(
      ({ finished, problem }) => finished !== undefined && problem === undefined,
    ),
  ).toBe(true);

  async function accessHostOn(access: typeof dying) {
    const scim = createScim(access.scim(stores));
    const { id } = await connections.create("acme", { defaultRole: "viewer" });
    const { secret } = await connections.issueToken("acme", id);
    const headers = { authorization: `Bearer ${secret}`, "content-type": "application/scim+json" };
    return {
      id,
      async create(url: string, json: object): Promise<string> {
        const request = { method: "POST", url, headers, baseUrl: "https://x.example", body: { json } };
        const { body } = await scim.handle(request);
        return String(JSON.parse(typeof body === "string" ? body : "{}").id);
      },
    };
  }
});

test("people whom a connection had before there were rules are found, in groups that it had before", async () => {
  const { store, isOpen } = watched(memoryAccess());
  const connections = createConnections({
    store: memoryConnections(),
    roles: () => roles.map((id) => ({ id, name: id })),
  });
  const stores = memoryStores<ConnectionContext>({ tenant: ({ workspace }) => workspace });
  // Where a transaction is open, another database connection may be waited for for ever.
  const asked: boolean[] = [];
  const getUser = stores.users.get.bind(stores.users);
  stores.users.get = async (...given: Parameters<typeof getUser>) => {
    asked.push(isOpen());
    return await getUser(...given);
  };
  const getGroup = stores.groups.get.bind(stores.groups);
  stores.groups.get = async (...given: Parameters<typeof getGroup>) => {
    asked.push(isOpen());
    return await getGroup(...given);
  };
  const plain = createScim(connections.scim(stores));
  const { id } = await connections.create("acme", { defaultRole: "viewer" });
  const { secret } = await connections.issueToken("acme", id);
  const headers = { authorization: `Bearer ${secret}`, "content-type": "application/scim+json" };
  const send = async (scim: typeof plain, method: string, url: string, json: object): Promise<string> => {
    const { body } = await scim.handle({ method, url, headers, baseUrl: "https://x.example", body: { json } });
    return String(JSON.parse(typeof body === "string" ? body : "{}").id);
  };
  const ann = await send(plain, "POST", "/Users", { userName: "ann" });
  const bo = await send(plain, "POST", "/Users", { userName: "bo" });
  const team = await send(plain, "POST", "/Groups", { displayName: "Team", members: ids([ann]) });
  const given = new Map<string, readonly string[]>();
  const access = createAccess({
    connections,
    store,
    reconcileAccess: ({ user, roles: granted }) =>
      void given.set(
        user,
        granted.map(({ role }) => role),
      ),
  });
  const scim = createScim(access.scim(stores));
  await access.changeRules("acme", id, { add: [{ group: { id: team }, role: "admin" }] });
  await access.work();
  expect(given).toEqual(new Map([[ann, ["admin", "viewer"]]]));
  const add = { op: "add", path: "members", value: ids([bo]) };
  const schemas = ["urn:ietf:params:scim:api:messages:2.0:PatchOp"];
  await send(scim, "PATCH", `/Groups/${team}`, { schemas, Operations: [add] });
  await access.work();
  expect(given.get(bo)).toEqual(["admin", "viewer"]);
  expect(new Set(asked)).toEqual(new Set([false]));
});

test("who leaves a group while it is read for the first time is not taken for a member", async () => {
  const connections = createConnections({
    store: memoryConnections(),
    roles: () => roles.map((id) => ({ id, name: id })),
  });
  const stores = memoryStores<ConnectionContext>({ tenant: ({ workspace }) => workspace });
  const plain = createScim(connections.scim(stores));
  const { id } = await connections.create("acme", { defaultRole: "viewer" });
  const { secret } = await connections.issueToken("acme", id);
  const headers = { authorization: `Bearer ${secret}`, "content-type": "application/scim+json" };
  const send = async (scim: typeof plain, method: string, url: string, json: object): Promise<string> => {
    const { body } = await scim.handle({ method, url, headers, baseUrl: "https://x.example", body: { json } });
    return String(JSON.parse(typeof body === "string" ? body : "{}").id);
  };
  const ann = await send(plain, "POST", "/Users", { userName: "ann" });
  const bo = await send(plain, "POST", "/Users", { userName: "bo" });
  const team = await send(plain, "POST", "/Groups", { displayName: "Team", members: ids([ann, bo]) });
  const given = new Map<string, readonly string[]>();
  const access = createAccess({
    connections,
    store: memoryAccess(),
    reconcileAccess: ({ user, roles: granted }) =>
      void given.set(
        user,
        granted.map(({ role }) => role),
      ),
  });
  const scim = createScim(access.scim(stores));
  const get = stores.groups.get.bind(stores.groups);
  const schemas = ["urn:ietf:params:scim:api:messages:2.0:PatchOp"];
  const leave = { schemas, Operations: [{ op: "remove", path: `members[value eq "${ann}"]` }] };
  let hasLeft = false;
  stores.groups.get = async (...asked: Parameters<typeof get>) => {
    const group = await get(...asked);
    if (!hasLeft) {
      hasLeft = true;
      await send(scim, "PATCH", `/Groups/${team}`, leave);
    }
    return group;
  };
  await access.changeRules("acme", id, { add: [{ group: { id: team }, role: "admin" }] });
  await access.work();
  expect(given.get(bo)).toEqual(["admin", "viewer"]);
  expect(given.get(ann) ?? ["viewer"]).toEqual(["viewer"]);
});

/** A store, and whether a transaction of it is open. */
function watched(store: AccessStore): { readonly store: AccessStore; isOpen(): boolean } {
  let open = 0;
  return {
    isOpen: () => open > 0,
    store: {
      ...store,
      within: async (connection, tx, mode, work) =>
        store.within(connection, tx, mode, async (unit) => {
          open++;
          try {
            return await work(unit);
          } finally {
            open--;
          }
        }),
    },
  };
}
