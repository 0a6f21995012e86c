/** The TypeScript types of beforeCommit, onEvent and the Context; `tsc` holds them. RFC 7643 §3.2, §3.3. */
import {
  bearer,
  createScim,
  type GroupWith,
  type MembersEvent,
  type PendingChange,
  type ResourceEvent,
  type ResourceOfType,
  type Scim,
  type UserStore,
  type UserWith,
} from "scimkit";
import { memoryStore, memoryStores } from "scimkit/memory";
import { describe, expect, expectTypeOf, it } from "vitest";
import { type Badge, badge, budget, Device, type Enterprise, Room } from "./declared.ts";

interface Customer {
  readonly name: string;
}

const { users, groups } = memoryStores<Customer>({ tenant: ({ name }) => name });
const teams = memoryStore<GroupWith<[typeof budget]>, Customer>();
const authenticate = bearer((): Customer => ({ name: "acme" }));

describe("beforeCommit", () => {
  it("knows the change by its resourceType, extensions included, and the Context", () => {
    const scim = createScim({
      users: { store: users, extensions: [badge] },
      groups: { store: teams, extensions: [budget] },
      resources: [
        { type: Device, store: memoryStore<ResourceOfType<typeof Device>, Customer>() },
        { type: Room, store: memoryStore<ResourceOfType<typeof Room>, Customer>() },
      ],
      authenticate,
      beforeCommit: (change, customer) => {
        expectTypeOf(customer).toEqualTypeOf<Customer>();
        expectTypeOf(change.resourceType).toEqualTypeOf<"User" | "Group" | "Device" | "Room">();
        if (change.resourceType === "User") {
          expectTypeOf(change).toEqualTypeOf<PendingChange<UserWith<readonly [typeof badge]>, "User">>();
          expectTypeOf(change.after?.userName).toEqualTypeOf<string | undefined>();
          expectTypeOf(change.after?.[badge.schema.id]).toEqualTypeOf<Badge | undefined>();
          expectTypeOf(change.before?.["urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"]).toEqualTypeOf<
            Enterprise | undefined
          >();
          // @ts-expect-error a user has no serial number
          expectTypeOf(change.after?.serial);
        } else if (change.resourceType === "Group") {
          expectTypeOf(change).toEqualTypeOf<PendingChange<GroupWith<readonly [typeof budget]>, "Group">>();
          expectTypeOf(change.before?.[budget.schema.id]).toEqualTypeOf<{ amount: number } | undefined>();
          expectTypeOf(change.members.added).toEqualTypeOf<readonly string[]>();
        } else if (change.resourceType === "Device") {
          expectTypeOf(change).toEqualTypeOf<PendingChange<ResourceOfType<typeof Device>, "Device">>();
          expectTypeOf(change.after?.serial).toEqualTypeOf<string | undefined>();
          expectTypeOf(change.after?.["urn:acme:params:scim:schemas:lease:2.0:Device"]).toEqualTypeOf<
            { until: string } | undefined
          >();
        } else {
          expectTypeOf(change.after?.floor).toEqualTypeOf<number | undefined>();
        }
      },
    });
    expect(scim.handle).toBeTypeOf("function");
  });

  it("knows of users and groups alone where there are no custom resource types", () => {
    createScim({
      users,
      groups,
      authenticate,
      beforeCommit: (change) => {
        expectTypeOf(change.resourceType).toEqualTypeOf<"User" | "Group">();
        if (change.resourceType === "User") expectTypeOf(change.after?.active).toEqualTypeOf<boolean | undefined>();
        else expectTypeOf(change.after?.displayName).toExtend<string | undefined>();
      },
    });
    expect(users.list).toBeTypeOf("function");
  });

  it("is given the transaction of the store of users", () => {
    const serve = (transactional: UserStore<Customer, UserWith<[]>, { readonly sql: string }>) =>
      createScim({
        users: transactional,
        authenticate,
        beforeCommit: (_change, _customer, transaction) => {
          expectTypeOf(transaction).toEqualTypeOf<{ readonly sql: string }>();
        },
      });
    expectTypeOf(serve).returns.toEqualTypeOf<Scim>();
    expect(serve).toBeTypeOf("function");
  });
});

describe("onEvent", () => {
  it("knows the resource by the event's type", () => {
    createScim({
      users: { store: users, extensions: [badge] },
      groups: { store: teams, extensions: [budget] },
      resources: [{ type: Device, store: memoryStore<ResourceOfType<typeof Device>, Customer>() }],
      authenticate,
      onEvent: (event, customer) => {
        expectTypeOf(customer).toEqualTypeOf<Customer>();
        if (event.type === "user.created" || event.type === "user.deactivated") {
          expectTypeOf(event).toEqualTypeOf<ResourceEvent<"user", UserWith<readonly [typeof badge]>, "User">>();
          expectTypeOf(event.resource?.[badge.schema.id]?.badgeNumber).toEqualTypeOf<string | undefined>();
          expectTypeOf(event.resource?.id).toEqualTypeOf<string | undefined>();
        } else if (event.type === "group.members.added") {
          expectTypeOf(event).toEqualTypeOf<MembersEvent>();
        } else if (event.type === "resource.patched") {
          expectTypeOf(event).toEqualTypeOf<ResourceEvent<"resource", ResourceOfType<typeof Device>, "Device">>();
          expectTypeOf(event.before?.ports).toEqualTypeOf<number[] | undefined>();
        }
        // @ts-expect-error there is no such event
        expect(event.type === "user.renamed").toBe(false);
      },
    });
    expect(teams.list).toBeTypeOf("function");
  });
});

describe("the Context", () => {
  it("is what authenticate returns, and every store must take it", () => {
    const ofOthers = memoryStores<{ readonly shard: number }>({ tenant: ({ shard }) => String(shard) });
    // @ts-expect-error these stores need a shard, which no Customer has
    createScim({ users: ofOthers.users, authenticate });
    // @ts-expect-error a Customer has no shard
    createScim({ users, authenticate, me: ({ shard }) => String(shard) });
    expect(ofOthers.users).not.toBe(users);
  });
});
