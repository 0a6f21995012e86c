/** RFC 7643 §4.1.1 password, §9.2: secrets reach the store and nobody else, over every mount. */
import type {
  Exchange,
  Outcome,
  PendingChange,
  Resource,
  ResourceStore,
  ScimEvent,
  ScimOptions,
  Stored,
} from "scimkit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isObject } from "../../match.ts";
import { openMemory, served, type TestContext } from "../../served.ts";
import { openService, person, resourcesOf, type Service } from "../../service.ts";
import { assetUrn, Device, device, devices, patchOp } from "./device.ts";

const secret = "t1meMa$heen";

/** Every secret there is of a user, and of a device. */
const ofUsers = { password: secret };
const ofDevices = {
  unlockCode: secret,
  memo: secret,
  ports: [{ value: 1, key: secret }],
  [assetUrn]: { tag: "leaky", recoveryKey: secret },
};

/** A store that gives back what it should have kept to itself, and tells `hear` what it was given. */
function leaky<R extends Resource>(
  store: ResourceStore<R, TestContext>,
  secrets: Resource,
  hear: (resource: unknown) => void,
): ResourceStore<R, TestContext> {
  const leak = (stored: Stored<R>): Stored<R> => ({ ...stored, ...secrets });
  const leakAll = ({ before, after, ...rest }: Outcome<R>): Outcome<R> => ({
    ...rest,
    ...(before === undefined ? {} : { before: leak(before) }),
    ...(after === undefined ? {} : { after: leak(after) }),
  });
  return {
    ...store,
    create: async ({ resource, ...draft }, want, ctx) => {
      hear(resource);
      const beforeCommit: typeof draft.beforeCommit = (outcome, tx) => draft.beforeCommit(leakAll(outcome), tx);
      return leak(await store.create({ resource, beforeCommit }, want, ctx));
    },
    get: async (id, want, ctx) => {
      const found = await store.get(id, want, ctx);
      return found && leak(found);
    },
    list: async (query, ctx) => {
      const page = await store.list(query, ctx);
      return { ...page, resources: page.resources.map(leak) };
    },
    update: async (id, change, want, ctx) => {
      const found = await store.update(
        id,
        {
          members: change.members,
          apply: (current) => {
            const applied = change.apply(current);
            hear(applied.resource);
            return applied;
          },
          beforeCommit: (outcome, tx) => change.beforeCommit(leakAll(outcome), tx),
        },
        want,
        ctx,
      );
      return found && leak(found);
    },
    delete: (id, removal, ctx) =>
      store.delete(
        id,
        {
          check: (current) => removal.check(current),
          beforeCommit: (outcome, tx) => removal.beforeCommit(leakAll(outcome), tx),
        },
        ctx,
      ),
  };
}

describe.each(served())("RFC 7643 §9.2 secrets over '$name'", (mount) => {
  let service: Service;
  const heard: unknown[] = [];
  const told: unknown[] = [];

  beforeAll(async () => {
    const tell = (thing: PendingChange | ScimEvent | Exchange): void => {
      told.push(thing);
    };
    const hooks: Pick<ScimOptions<TestContext>, "beforeCommit" | "onEvent" | "onExchange" | "onError"> = {
      beforeCommit: tell,
      onEvent: tell,
      onExchange: tell,
      onError: (error) => {
        told.push(error.detail);
      },
    };
    const hear = (resource: unknown): void => {
      heard.push(resource);
    };
    service = await openService(mount, {
      users: leaky(openMemory().users, ofUsers, hear),
      resources: [{ type: Device, store: leaky(devices().store, ofDevices, hear) }],
      features: { changePassword: true },
      ...hooks,
    });
  });
  afterAll(() => service.close());

  const passwords = (): readonly unknown[] =>
    heard.splice(0).map((resource) => (isObject(resource) ? resource.password : undefined));

  it("a password is handed to the store, on every kind of write", async () => {
    passwords();
    const id = await service.create("/Users", person("ann", { password: `${secret}1` }));
    await service.call("PUT", `/Users/${id}`, person("ann", { password: `${secret}2` }));
    await service.call("PATCH", `/Users/${id}`, patchOp({ op: "replace", path: "password", value: `${secret}3` }));
    await service.call("PATCH", `/Users/${id}`, patchOp({ op: "add", value: { password: `${secret}4` } }));
    const data = person("ben", { password: `${secret}5` });
    await service.call("POST", "/Bulk", {
      schemas: ["urn:ietf:params:scim:api:messages:2.0:BulkRequest"],
      Operations: [{ method: "POST", path: "/Users", bulkId: "b", data }],
    });
    expect(passwords()).toEqual([1, 2, 3, 4, 5].map((number) => `${secret}${number}`));
  });

  it("a password that a PUT leaves out is not taken away", async () => {
    const id = await service.create("/Users", person("cy", { password: secret }));
    passwords();
    const { status } = await service.call("PUT", `/Users/${id}`, person("cy", { title: "Dr." }));
    expect(status).toBe(200);
    expect(passwords()).toEqual([undefined]);
  });

  it("no answer, hook, event or log shows a secret, also where the store gives it back", async () => {
    told.length = 0;
    const user = `/Users/${await service.create("/Users", person("dee", { password: secret }))}`;
    const more = { unlockCode: secret, memo: secret, ports: [{ value: 1, key: secret }] };
    const thing = `/Devices/${await service.create("/Devices", device("D", more))}`;
    const keyed = device("D", { ...more, label: "x" });
    const answers = [
      await service.call("GET", user),
      await service.call("GET", `${user}?attributes=password`),
      await service.call("GET", thing),
      await service.call("GET", `${thing}?attributes=unlockCode,memo,ports.key,${assetUrn}:recoveryKey,serial`),
      await service.call("GET", `${thing}?attributes=ports,${assetUrn}`),
      await service.call("GET", "/Devices"),
      await service.call("GET", "/?startIndex=1"),
      await service.call("PUT", user, person("dee", { password: `${secret}2`, title: "x" })),
      await service.call("PUT", thing, keyed),
      await service.call("PATCH", user, patchOp({ op: "replace", value: { password: secret, title: "y" } })),
      await service.call("PATCH", thing, patchOp({ op: "add", value: { ...more, label: "z" } })),
      await service.call("PATCH", thing, patchOp({ op: "add", path: `${assetUrn}:recoveryKey`, value: secret })),
      await service.call("POST", "/Users", person("dee", { password: secret })),
      await service.call("POST", "/Users", person("eve", { password: { value: secret } })),
      await service.call("DELETE", user),
      await service.call("DELETE", thing),
    ];
    expect(answers.map(({ status }) => status)).toEqual([
      200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 409, 400, 204, 204,
    ]);
    const said = [...answers.map(({ text, headers }) => text + JSON.stringify(headers)), JSON.stringify(told)];
    expect(told.length).toBeGreaterThan(2 * answers.length);
    expect(said.filter((text) => text.includes(secret.slice(2)))).toEqual([]);
    expect(answers[4]?.body).toMatchObject({ ports: [{ value: 1 }], [assetUrn]: { tag: "leaky" } });
  });

  it("a secret is not what one can filter or sort by", async () => {
    const filters = [`password eq "${secret}"`, "password pr", 'not (password sw "t")'];
    const answers = [
      ...(await Promise.all(filters.map((each) => service.call("GET", `/Users?filter=${encodeURIComponent(each)}`)))),
      await service.call("POST", "/Users/.search", {
        schemas: ["urn:ietf:params:scim:api:messages:2.0:SearchRequest"],
        filter: filters[0],
      }),
      await service.call("GET", "/Devices?filter=ports.key+pr"),
      await service.call("GET", `/Devices?filter=${assetUrn}:recoveryKey+pr`),
      await service.call("GET", "/Users?sortBy=password"),
    ];
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 400));
    expect(answers.filter(({ text }) => text.includes(secret))).toEqual([]);
  });
});

describe.each(served())("RFC 7643 §4.1.1 without changePassword over '$name'", (mount) => {
  it("a password is ignored, and neither kept, advertised, nor handed to the store", async () => {
    const heard: unknown[] = [];
    const users = leaky(openMemory().users, ofUsers, (resource) => heard.push(resource));
    const service = await openService(mount, { users });
    const id = await service.create("/Users", person("ann", { password: secret }));
    const put = await service.call("PUT", `/Users/${id}`, person("ann", { password: secret }));
    const patch = await service.call("PATCH", `/Users/${id}`, patchOp({ op: "add", value: { password: secret } }));
    const path = await service.call("PATCH", `/Users/${id}`, patchOp({ op: "add", path: "password", value: secret }));
    expect([put.status, patch.status, path.status]).toEqual([200, 200, 200]);
    expect(JSON.stringify(heard)).not.toContain(secret);
    expect((await service.call("GET", "/ServiceProviderConfig")).body.changePassword).toEqual({ supported: false });
    const { text } = await service.call("GET", "/Schemas/urn:ietf:params:scim:schemas:core:2.0:User");
    expect(text).not.toContain('"password"');
    expect(resourcesOf((await service.call("GET", "/Users")).body)).toHaveLength(1);
    await service.close();
  });
});
