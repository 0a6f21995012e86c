/** Relation: an attribute whose elements are in another table, `members` of groups and `groups` of users. */
import type { QueryExecutorProvider } from "kysely";
import { type Member, type MembersDelta, type MembersOutcome, ScimError, type Stored } from "scimkit";
import type { ElementSource } from "./element.ts";
import { isObject, type JsonObject, ownValue } from "./json-object.ts";

/** An attribute that is not in the table of its resource type. */
export interface Relation<Ctx> {
  readonly attribute: string;
  /** Learns what it needs of the database: a transaction may hold the only connection there is. */
  prepare(): Promise<void>;
  /** Where its elements are, for filters. */
  sources(ctx: Ctx): Promise<readonly ElementSource[]>;
  /** Its elements, for resources with these ids; undefined where something else than the store shows them. */
  load?(db: QueryExecutorProvider, ids: readonly string[]): Promise<ReadonlyMap<string, readonly unknown[]>>;
  /** Changes the elements of one resource that is locked. */
  change?(trx: QueryExecutorProvider, id: string, delta: MembersDelta, ctx: Ctx): Promise<MembersOutcome>;
  /**
   * Locks the groups that a resource is in, before it is locked itself to be deleted. Changes of a group lock the group
   * and then its members; a deletion that did so the other way round would end in a deadlock with them.
   */
  lockGroups(trx: QueryExecutorProvider, id: string, ctx: Ctx): Promise<void>;
  /** Ends what a resource is related to, before it is deleted. */
  end(trx: QueryExecutorProvider, id: string): Promise<void>;
}

/**
 * What a resource says of a related attribute that the store writes: members by id.
 *
 * @throws ScimError 400 `invalidValue` for a member without an id
 */
export function elementsIn<Ctx>(relation: Relation<Ctx> | undefined, resource: JsonObject): readonly Member[] {
  if (relation?.change === undefined) return [];
  const { attribute } = relation;
  const elements = ownValue(resource, attribute);
  return (Array.isArray(elements) ? elements : []).map((element: unknown) => {
    const value = isObject(element) ? element.value : undefined;
    if (typeof value === "string") return memberOf(value, isObject(element) ? element.type : undefined);
    throw ScimError.invalidValue(`Each of "${attribute}" must have a "value": the id of a user or a group.`);
  });
}

function memberOf(value: string, type: unknown): Member {
  return typeof type === "string" ? { value, type } : { value };
}

/** Writes what an update says of the related attribute; undefined if it says nothing of it. */
export async function changeElements<Ctx>(
  relation: Relation<Ctx> | undefined,
  trx: QueryExecutorProvider,
  id: string,
  { next, changed, delta }: Elements,
  ctx: Ctx,
): Promise<MembersOutcome | undefined> {
  if (relation?.change === undefined) return undefined;
  if (delta !== undefined) return isEmpty(delta) ? nobody : await relation.change(trx, id, delta, ctx);
  if (!changed.includes(relation.attribute)) return undefined;
  return await relation.change(trx, id, { reset: true, add: elementsIn(relation, next), remove: [] }, ctx);
}

/** What an update makes of a resource, as far as its related attribute is concerned. */
export interface Elements {
  readonly next: JsonObject;
  readonly changed: readonly string[];
  /** The change of the members, where nobody has read them. */
  readonly delta: MembersDelta | undefined;
}

const nobody: MembersOutcome = { added: [], removed: [] };

function isEmpty({ reset, add, remove }: MembersDelta): boolean {
  return !reset && add.length === 0 && remove.length === 0;
}

/** The same resources with their related attribute, where the store is the one to show it. */
export async function completeAll<Ctx>(
  relation: Relation<Ctx> | undefined,
  db: QueryExecutorProvider,
  resources: readonly Stored[],
): Promise<readonly Stored[]> {
  if (relation?.load === undefined || resources.length === 0) return resources;
  const { attribute } = relation;
  const elements = await relation.load(
    db,
    resources.map(({ id }) => id),
  );
  return resources.map((resource) => {
    const mine = elements.get(resource.id);
    return mine === undefined ? resource : { ...resource, [attribute]: mine };
  });
}
