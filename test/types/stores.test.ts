/** The TypeScript types of stores: extensions and custom resource types in all five methods; `tsc` holds them. */
import {
  bearer,
  type Change,
  createScim,
  type Draft,
  everything,
  type GroupStore,
  type GroupWith,
  type ListQuery,
  type Resource,
  type ResourceOfType,
  type ResourceStore,
  type Stored,
  type UserStore,
  type UserWith,
} from "scimkit";
import { type MemoryUser, memoryStore, memoryStores } from "scimkit/memory";
import { describe, expect, expectTypeOf, it } from "vitest";
import { type Badge, badge, budget, Device, Room } from "./declared.ts";

type Customer = { readonly name: string };
type Tx = { readonly commit: () => void };
type Person = UserWith<[typeof badge]>;
type Team = GroupWith<[typeof budget]>;
type Laptop = ResourceOfType<typeof Device>;

const authenticate = bearer((): Customer => ({ name: "acme" }));

describe("a store of users with an extension", () => {
  it("reads and writes the extension under its URN", () => {
    type Store = UserStore<Customer, Person, Tx>;
    expectTypeOf<Parameters<Store["create"]>[0]>().toEqualTypeOf<Draft<Person, Tx>>();
    expectTypeOf<Draft<Person>["resource"]["userName"]>().toEqualTypeOf<string>();
    expectTypeOf<Draft<Person>["resource"][typeof badge.schema.id]>().toEqualTypeOf<Badge | undefined>();
    expectTypeOf<Awaited<ReturnType<Store["get"]>>>().toEqualTypeOf<Stored<Person> | undefined>();
    expectTypeOf<Parameters<Store["update"]>[1]>().toEqualTypeOf<Change<Person, Tx>>();
    expectTypeOf<ReturnType<Change<Person>["apply"]>["resource"]["name"]>().toEqualTypeOf<Person["name"]>();
    expectTypeOf<Parameters<Store["list"]>>().toEqualTypeOf<[query: ListQuery, ctx: Customer]>();
    expectTypeOf<Parameters<Draft<Person, Tx>["beforeCommit"]>[1]>().toEqualTypeOf<Tx>();
    expect(badge.required).toBe(false);
  });

  it("what a store keeps beside SCIM's attributes is no draft's, and what it returns has an id and meta", () => {
    expectTypeOf<keyof Draft<Team>["resource"]>().toEqualTypeOf<
      "displayName" | "members" | "externalId" | "urn:acme:params:scim:schemas:budget:2.0:Group"
    >();
    expectTypeOf<Stored<Team>["id"]>().toEqualTypeOf<string>();
    // @ts-expect-error the budget is required
    const poor: Stored<Team> = { id: "1", displayName: "Poor", meta: {} };
    // @ts-expect-error a stored resource has an id
    const nameless: Stored<Team> = { displayName: "Nameless", meta: {}, [budget.schema.id]: { amount: 1 } };
    expect([poor.displayName, nameless.displayName]).toEqual(["Poor", "Nameless"]);
  });

  it("must keep the extensions that it is served with", () => {
    const { users } = memoryStores<Customer>();
    const plain: UserStore<Customer, { userName: string }> = memoryStore();
    createScim({ users: { store: users, extensions: [badge] }, authenticate });
    // @ts-expect-error it gives back users without their budget, which is required
    createScim({ users: { store: plain, extensions: [budget] }, authenticate });
    expectTypeOf(users).toExtend<UserStore<Customer, Person>>();
    const fitting = memoryStores<Customer, Person, Team>();
    createScim({
      users: { store: fitting.users, extensions: [badge] },
      groups: { store: fitting.groups, extensions: [budget] },
      authenticate,
    });
    expectTypeOf(fitting.users).toExtend<UserStore<Customer, Person>>();
    expectTypeOf(fitting.groups).toExtend<GroupStore<Customer, Team>>();
    expectTypeOf<MemoryUser>().toExtend<Resource>();
    expect(plain).not.toBe(users);
  });
});

describe("a store of a custom resource type", () => {
  it("is a store of that type's resources", async () => {
    const laptops = memoryStore<Laptop, Customer>();
    createScim({ resources: [{ type: Device, store: laptops }], authenticate });
    expectTypeOf(laptops).toExtend<ResourceStore<Laptop, Customer>>();
    const created = await laptops.create(
      { resource: { serial: "7", ports: [1] }, beforeCommit: async () => {} },
      everything,
      { name: "acme" },
    );
    expectTypeOf(created.serial).toEqualTypeOf<string>();
    expectTypeOf(created["urn:acme:params:scim:schemas:lease:2.0:Device"]).toEqualTypeOf<
      { until: string } | undefined
    >();
    expect(created.serial).toBe("7");
  });

  it("may leave open what it stores", () => {
    createScim({ resources: [{ type: Device, store: memoryStore() }], authenticate });
    const open: ResourceStore<Resource, Customer> = memoryStore();
    createScim({
      resources: [
        { type: Device, store: open },
        { type: Room, store: open },
      ],
      authenticate,
    });
    expect(Room.name).toBe("Room");
  });

  it("cannot be a store of other resources", () => {
    const rooms = memoryStore<ResourceOfType<typeof Room>, Customer>();
    // @ts-expect-error a room is no device
    createScim({ resources: [{ type: Device, store: rooms }], authenticate });
    createScim({
      resources: [
        { type: Room, store: rooms },
        // @ts-expect-error nor is it where it is the second one's
        { type: Device, store: rooms },
      ],
      authenticate,
    });
    expect(Device.name).toBe("Device");
  });

  it("has a resource type that knows its name", () => {
    expectTypeOf(Device.name).toEqualTypeOf<"Device">();
    expectTypeOf<Laptop["externalId"]>().toEqualTypeOf<string | undefined>();
    // @ts-expect-error a device has a serial number
    const unnumbered: Laptop = { ports: [] };
    expect(unnumbered).toEqual({ ports: [] });
  });
});

describe("a store of groups", () => {
  it("may tell the groups of users", () => {
    type Asked = NonNullable<GroupStore<Customer>["groupsOf"]>;
    expectTypeOf<Parameters<Asked>>().toEqualTypeOf<[userIds: readonly string[], ctx: Customer]>();
    const { groups } = memoryStores<Customer>();
    expectTypeOf(groups).toExtend<GroupStore<Customer>>();
    expect(groups.groupsOf).toBeTypeOf("function");
  });
});
