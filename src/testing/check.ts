/** Check: one examination of a store, as data. */
import type { Resource } from "../schema/attribute.ts";
import type { GroupCapabilities, ResourceStore } from "../store/store.ts";
import type { Stored } from "../store/stored.ts";
import type { Ask, Side } from "./side.ts";

/** One promise of the store contract, and how it is examined. Any test runner can run it. */
export interface Check {
  /** What the promise is about: `Uniqueness`. */
  readonly section: string;
  /** The promise, in a sentence. */
  readonly name: string;
  /**
   * Examines a store of its own, from `makeStore`, and closes it.
   *
   * @returns why the promise does not concern this store, for the runner to skip the check; else undefined
   * @throws ContractError if the promise is broken
   */
  run(): Promise<string | undefined>;
}

/** The stores that a check gets, and two tenants in them. */
export interface StoresUnderTest<R extends Resource, G extends Resource, Ctx, Tx> {
  readonly users: ResourceStore<R, Ctx, Tx>;
  /** Without it, what concerns groups is skipped. */
  readonly groups?: (ResourceStore<G, Ctx, Tx> & GroupCapabilities<Ctx>) | undefined;
  /** Two Contexts of different tenants, both without users and groups. */
  readonly contexts: { readonly a: Ctx; readonly b: Ctx };
  /** Called after the check, whatever became of it. */
  close?(): Promise<void>;
}

/** What a check works on. The Contexts' type is the host's own affair. */
export interface Subject {
  readonly users: Side<unknown>;
  readonly groups: Side<unknown> | undefined;
  readonly groupsOf: GroupCapabilities["groupsOf"];
  readonly a: unknown;
  readonly b: unknown;
  readonly everyFilter: boolean;
  /** A text attribute of users that nothing else depends on, if the store holds one: `title`, `displayName`, `userName`. */
  readonly text: string;
  /** The body of user number `n`, with all that users have; userNames differ, and are mixed in case. */
  userBody(n: number): Resource;
  createUser(n: number, ctx: unknown): Promise<Stored>;
  /** Users 1 to `count`, in this order. */
  createUsers(count: number, ctx: unknown): Promise<readonly Stored[]>;
}

/** A {@link Subject} with groups. */
export interface GroupSubject extends Subject {
  readonly groups: Side<unknown>;
}

/** A check before it knows its store. Returns why it does not apply. */
export interface Definition {
  readonly name: string;
  examine(subject: Subject): Promise<string | undefined>;
}

/** A check that concerns every store. What `examine` returns, if it is text, says why it does not. */
export function check(name: string, examine: (subject: Subject) => Promise<unknown>): Definition {
  return {
    name,
    async examine(subject) {
      const reason = await examine(subject);
      return typeof reason === "string" ? reason : undefined;
    },
  };
}

/** A check that concerns stores with groups. */
export function groupCheck(name: string, examine: (subject: GroupSubject) => Promise<unknown>): Definition {
  return check(name, async (subject) => {
    const { groups } = subject;
    return groups === undefined ? "there is no store of groups" : await examine({ ...subject, groups });
  });
}

/** The ids that a query finds, in order. */
export async function idsOf(side: Side<unknown>, ask: Ask, ctx: unknown): Promise<readonly string[]> {
  return (await side.list(ask, ctx)).resources.map(({ id }) => id);
}

/** The ids of a group's members; none where it shows none. */
export function memberIds(group: Resource | undefined): readonly string[] {
  const members = group?.members;
  if (!Array.isArray(members)) return [];
  return members.map((member: unknown) =>
    typeof member === "object" && member !== null && "value" in member ? String(member.value) : String(member),
  );
}

/** JSON text as a string in a filter. */
export function quote(text: string): string {
  return JSON.stringify(text);
}
