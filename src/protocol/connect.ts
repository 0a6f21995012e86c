/** Connecting resource types with their stores, when the service is created. */
import type { ResolvedOptions } from "../options.ts";
import type { Attribute } from "../schema/attribute.ts";
import type { ResourceType } from "../schema/resource-type.ts";
import { restrictType } from "../schema/restrict-type.ts";
import type { GroupCapabilities, ResourceStore, StoreCapabilities } from "../store/store.ts";
import type { Endpoints } from "./call.ts";
import { concealing } from "./conceal.ts";
import type { Endpoint } from "./endpoint.ts";
import { Kept } from "./kept.ts";
import { KeptSlices } from "./kept-slices.ts";
import { type Projection, projectionOf } from "./projection.ts";
import { planProjection } from "./projection-plan.ts";
import { type KeptText, keptTexts } from "./resource-text.ts";

/** A resource type and its store, not yet connected. */
export interface Connection {
  readonly type: ResourceType;
  readonly store: ResourceStore;
}

/** What is kept of the responses of one service, by the objects of stores that can never change. */
interface Keeping {
  readonly texts: Kept<KeptText>;
  readonly slices: KeptSlices;
}

/** How many different attribute lists keep their projection; an IdP sends a handful. */
const maxProjections = 64;

/**
 * Connects every type with its store.
 *
 * @param groupsOf - where `User.groups` comes from
 * @throws Error naming a type that cannot be served, and what its store says of it
 */
export function connectAll(
  connections: readonly Connection[],
  options: ResolvedOptions,
  groupsOf: GroupCapabilities["groupsOf"],
): Endpoints {
  const paths = new Map(connections.map(({ type }) => [type.name, type.endpoint] as const));
  const kept: Keeping = { texts: new Kept(keptTexts), slices: new KeptSlices() };
  const all = connections.map((connection) => connect(connection, options, paths, groupsOf, kept));
  const byPath = new Map<string, Endpoint>();
  for (const endpoint of all) {
    const key = endpoint.type.endpoint.slice(1).toLowerCase();
    if (byPath.has(key)) throw new Error(`createScim: two resource types are served at ${endpoint.type.endpoint}.`);
    byPath.set(key, endpoint);
  }
  return { all, byPath };
}

function connect(
  { type: whole, store }: Connection,
  options: ResolvedOptions,
  paths: ReadonlyMap<string, string>,
  groupsOf: GroupCapabilities["groupsOf"],
  kept: Keeping,
): Endpoint {
  checkStore(whole, store);
  const allowed = options.features.changePassword
    ? whole
    : restrictType(whole, ({ attribute, extension }) => extension !== undefined || attribute.name !== "password");
  const capabilities: StoreCapabilities = store.connect?.(allowed) ?? {};
  const isUser = whole.name === "User";
  const { holds } = capabilities;
  const type =
    holds === undefined
      ? allowed
      : restrictType(allowed, (path) => holds(path) || (isUser && groupsOf !== undefined && isGroups(path.attribute)));
  return {
    type,
    whole,
    store,
    capabilities,
    groupsOf: isUser ? groupsOf : undefined,
    quietPatch: type.attributes.has("members"),
    returnsWritten: [type.attributes, ...type.extensions.map(({ schema }) => schema.attributes)].some((attributes) =>
      [...attributes.values()].some(({ returned }) => returned === "request"),
    ),
    conceal: concealing(type),
    texts: capabilities.frozen === true ? kept.texts : undefined,
    slices: capabilities.frozen === true ? kept.slices : undefined,
    projection: projections(type, options, paths),
  };
}

function isGroups({ name }: Attribute): boolean {
  return name === "groups";
}

function projections(
  type: ResourceType,
  options: ResolvedOptions,
  paths: ReadonlyMap<string, string>,
): Endpoint["projection"] {
  const { relaxed } = options.normaliser;
  const whole = projectionOf(type, planProjection(type, {}, relaxed, paths));
  const known = new Map<string, Projection>();
  return (query) => {
    const { attributes, excludedAttributes } = query;
    if (attributes === undefined && excludedAttributes === undefined) return whole;
    const key = `${attributes === undefined ? "-" : "+"}${(attributes ?? excludedAttributes ?? []).join(",")}`;
    let projection = known.get(key);
    if (projection === undefined) {
      projection = projectionOf(type, planProjection(type, query, relaxed, paths));
      if (known.size >= maxProjections) known.clear();
      if (key.length <= 1_000) known.set(key, projection);
    }
    return projection;
  };
}

function checkStore(type: ResourceType, store: ResourceStore): void {
  for (const method of ["create", "get", "list", "update", "delete"] as const) {
    if (typeof store?.[method] !== "function") {
      throw new TypeError(
        `createScim: the store of ${type.name} resources has no method \`${method}\`; see ResourceStore.`,
      );
    }
  }
}
