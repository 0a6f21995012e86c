/** Opening a store for one check, with users to fill it. */
import type { Resource } from "../schema/attribute.ts";
import { ENTERPRISE_USER_URN } from "../schema/enterprise-user.ts";
import { groupType } from "../schema/group-type.ts";
import type { ResourceType } from "../schema/resource-type.ts";
import { userType } from "../schema/user-type.ts";
import type { GroupCapabilities, ResourceStore } from "../store/store.ts";
import type { Stored } from "../store/stored.ts";
import type { Subject } from "./check.ts";
import { connectSide } from "./side.ts";

/** What {@link storeContract} takes beside the store. */
export interface StoreContractOptions {
  /** The type of users, where it has the host's own extensions. Default: `userType()`. */
  readonly userType?: ResourceType | undefined;
  /** The type of groups. Default: `groupType()`. */
  readonly groupType?: ResourceType | undefined;
  /**
   * What user number `n` must have for the host's tables beside what the kit gives every user. Default: nothing.
   */
  readonly user?: ((n: number) => Resource) | undefined;
  /**
   * Whether the store answers every filter. Default false: it may refuse, with 400 `invalidFilter`, all but those that
   * IdPs depend on.
   */
  readonly everyFilter?: boolean | undefined;
}

/** Stores whose types nobody needs to know any more. */
export interface OpenStores {
  readonly users: ResourceStore<Resource, unknown>;
  readonly groups?: (ResourceStore<Resource, unknown> & GroupCapabilities<unknown>) | undefined;
  readonly contexts: { readonly a: unknown; readonly b: unknown };
  close?(): Promise<void>;
}

/** Connects stores and gives checks what they work with. */
export function openSubject(stores: OpenStores, options: StoreContractOptions): Subject {
  const users = connectSide(stores.users, options.userType ?? userType());
  const { groups } = stores;
  const userBody = (n: number): Resource => ({ ...body(n), ...options.user?.(n) });
  const createUser = (n: number, ctx: unknown): Promise<Stored> => users.create(userBody(n), ctx);
  return {
    users,
    groups: groups === undefined ? undefined : connectSide(groups, options.groupType ?? groupType()),
    groupsOf: groups?.groupsOf?.bind(groups),
    a: stores.contexts.a,
    b: stores.contexts.b,
    text: ["title", "displayName"].find((path) => users.has(path)) ?? "userName",
    everyFilter: options.everyFilter ?? false,
    userBody,
    createUser,
    async createUsers(count, ctx) {
      const created: Stored[] = [];
      for (let n = 1; n <= count; n++) created.push(await createUser(n, ctx));
      return created;
    },
  };
}

/** What user number `n` has: text that SQL, LIKE and JSON could trip over, and every kind of attribute. */
function body(n: number): Resource {
  return {
    userName: `User.${n}@Example.com`,
    externalId: `ext-${n}`,
    displayName: `User ${n} "the 100%_\\ one" O'Neil`,
    name: { givenName: `Zoë ${n}`, familyName: "Ångström-李" },
    title: `Engineer ${n}`,
    active: true,
    emails: [
      { value: `user.${n}@example.com`, type: "work", primary: true },
      { value: `u${n}@home.example`, type: "home" },
    ],
    [ENTERPRISE_USER_URN]: { employeeNumber: String(1_000 + n), department: "R&D" },
  };
}
