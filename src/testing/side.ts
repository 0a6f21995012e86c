/** Side: one store under examination, driven the way the core drives it. */
import { defaultGrammar } from "../filter/grammar.ts";
import { parseFilter } from "../filter/resolve.ts";
import type { Applier } from "../patch/applier.ts";
import type { Operation } from "../patch/operations.ts";
import { patchChange } from "../patch/patch-change.ts";
import { replaceChange } from "../patch/replace-change.ts";
import { checkPreconditions, entityTag, readPrecondition, unconditional } from "../protocol/version.ts";
import type { Resource } from "../schema/attribute.ts";
import { readResource } from "../schema/read-resource.ts";
import type { Reading } from "../schema/reading.ts";
import { resolvePath } from "../schema/resolve.ts";
import type { ResourceType } from "../schema/resource-type.ts";
import { restrictType } from "../schema/restrict-type.ts";
import type { Applied, Change, Outcome } from "../store/change.ts";
import { everything, type Selection } from "../store/selection.ts";
import type { Page, ResourceStore, StoreCapabilities, Window } from "../store/store.ts";
import type { Stored, StoredMeta } from "../store/stored.ts";

/** How a write is to go. */
export interface How {
  /** The state it must still be in: `If-Match`. */
  readonly ifMatch?: StoredMeta;
  /** The host's rule, inside the store's transaction. */
  readonly beforeCommit?: (outcome: Outcome, tx: unknown) => void | Promise<void>;
  /** Default: everything. */
  readonly want?: Selection;
}

/** A PATCH operation as a check writes it. */
export type Step = { readonly op: Operation["op"]; readonly path?: string; readonly value?: unknown };

/** A query as a check writes it. */
export interface Ask {
  readonly filter?: string;
  /** A path; undefined: the store's own order. */
  readonly sortBy?: string;
  readonly descending?: boolean;
  /** Default: the first thousand. */
  readonly window?: Window;
  readonly want?: Selection;
}

/** One store, connected to its type. */
export interface Side<Ctx> {
  /** The type as it is served: without what the store does not hold. */
  readonly type: ResourceType;
  readonly capabilities: StoreCapabilities;
  /** Whether the type, as it is served, has this attribute. */
  has(path: string): boolean;
  create(body: Resource, ctx: Ctx, how?: How): Promise<Stored>;
  get(id: string, ctx: Ctx, want?: Selection): Promise<Stored | undefined>;
  list(ask: Ask, ctx: Ctx): Promise<Page>;
  patch(id: string, steps: readonly Step[], ctx: Ctx, how?: How): Promise<Stored | undefined>;
  replace(id: string, body: Resource, ctx: Ctx, how?: How): Promise<Stored | undefined>;
  /** A change that is just a function. */
  change(id: string, apply: (current: Stored) => Applied, ctx: Ctx, how?: How): Promise<Stored | undefined>;
  delete(id: string, ctx: Ctx, how?: How): Promise<boolean>;
}

/** What the type does not have is left out of bodies: the same ones serve every store. */
const reading: Reading = { relaxed: new Set(), unknownAttributes: "ignore" };
const rules = { grammar: defaultGrammar, reading };
const firstThousand: Window = { by: "index", startIndex: 1, count: 1_000 };

/** Connects a store as `createScim` does. */
export function connectSide<Ctx>(store: ResourceStore<Resource, Ctx>, whole: ResourceType): Side<Ctx> {
  const capabilities = store.connect?.(whole) ?? {};
  const type = capabilities.holds === undefined ? whole : restrictType(whole, capabilities.holds);
  const update = ({ members, apply }: Applier, id: string, ctx: Ctx, how: How): Promise<Stored | undefined> =>
    store.update(
      id,
      { members, apply: conditional(apply, how), beforeCommit: hookOf(how) },
      how.want ?? everything,
      ctx,
    );
  return {
    type,
    capabilities,
    has: (path) => resolvePath(path, type, reading.relaxed) !== undefined,
    create(body, ctx, how = {}) {
      const { resource } = readResource(body, type, "create", reading);
      return store.create({ resource, beforeCommit: hookOf(how) }, how.want ?? everything, ctx);
    },
    get: (id, ctx, want = everything) => store.get(id, want, ctx),
    list: (ask, ctx) => store.list(queryOf(ask, type), ctx),
    patch: async (id, steps, ctx, how = {}) =>
      await update(patchChange(steps.map(operationOf), type, rules), id, ctx, how),
    async replace(id, body, ctx, how = {}) {
      const { resource, asserted } = readResource(body, type, "replace", reading);
      return await update(replaceChange(resource, asserted, type, reading), id, ctx, how);
    },
    change: (id, apply, ctx, how = {}) => update({ members: undefined, apply }, id, ctx, how),
    delete: (id, ctx, how = {}) =>
      store.delete(id, { check: ({ meta }) => checkMatch(meta, how), beforeCommit: hookOf(how) }, ctx),
  };
}

function operationOf({ op, path, value }: Step): Operation {
  return { op, path, value };
}

function hookOf({ beforeCommit }: How): Change["beforeCommit"] {
  return async (outcome, tx) => {
    await beforeCommit?.(outcome, tx);
  };
}

function conditional(apply: Change["apply"], how: How): Change["apply"] {
  return (current) => {
    checkMatch(current.meta, how);
    return apply(current);
  };
}

function checkMatch(meta: StoredMeta, { ifMatch }: How): void {
  if (ifMatch === undefined) return;
  checkPreconditions({ ...unconditional, ifMatch: readPrecondition(entityTag(ifMatch)) }, meta);
}

function queryOf(
  { filter, sortBy, descending = false, window = firstThousand, want = everything }: Ask,
  type: ResourceType,
) {
  const path = sortBy === undefined ? undefined : resolvePath(sortBy, type, reading.relaxed);
  return {
    filter: filter === undefined ? undefined : parseFilter(filter, type, defaultGrammar),
    sort: path === undefined ? undefined : { path, descending },
    window,
    want,
  };
}
