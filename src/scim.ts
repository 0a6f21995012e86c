/** createScim: wires the parts into one `handle(request)`. */
import { ScimError } from "./error.ts";
import {
  type CommonOptions,
  type GroupStore,
  type ResolvedOptions,
  resolveOptions,
  type ScimOptions,
  type UserStore,
} from "./options.ts";
import { bulk } from "./protocol/bulk.ts";
import type { Call, Endpoints } from "./protocol/call.ts";
import { challenge } from "./protocol/challenge.ts";
import { type Connection, connectAll } from "./protocol/connect.ts";
import { create } from "./protocol/create.ts";
import { remove } from "./protocol/delete.ts";
import { type DocumentCache, discover } from "./protocol/discovery.ts";
import { errorResponse, locationOf } from "./protocol/envelope.ts";
import { get } from "./protocol/get.ts";
import { list } from "./protocol/list.ts";
import { locatedAt, resolveMe } from "./protocol/me.ts";
import { patch } from "./protocol/patch.ts";
import { readQuery } from "./protocol/query.ts";
import { exchangeOf } from "./protocol/record-exchange.ts";
import { replace } from "./protocol/replace.ts";
import { rootQuery } from "./protocol/root-query.ts";
import { type Route, route } from "./protocol/route.ts";
import { search } from "./protocol/search.ts";
import { checkSensitiveNames } from "./protocol/sensitive.ts";
import type { ScimRequest, ScimResponse } from "./request.ts";
import type { Extension } from "./schema/define-extension.ts";
import { groupType } from "./schema/group-type.ts";
import type { ResourceType } from "./schema/resource-type.ts";
import { userType } from "./schema/user-type.ts";
import type { GroupCapabilities, ResourceStore } from "./store/store.ts";

/** A SCIM service, ready to be mounted. */
export interface Scim {
  /** Answers one request. Never rejects: whatever goes wrong is a SCIM error response. */
  handle(request: ScimRequest): Promise<ScimResponse>;
  /** Bytes of a request body that adapters read at the most. */
  readonly maxBodySize: number;
  /** The absolute URL of the SCIM base, if the host has fixed it. */
  readonly baseUrl: string | undefined;
}

/**
 * Makes a SCIM 2.0 service provider of the host's stores.
 *
 * @throws TypeError, RangeError or Error naming the option, or the part of a store's mapping, that cannot work
 * @example
 * ```ts
 * const { users, groups } = memoryStores();
 * const scim = createScim({
 *   users,
 *   groups,
 *   authenticate: bearer((token) => customerByDigest(sha256(token))),
 * });
 * app.use("/scim/v2", scimRouter(scim));
 * ```
 * @see RFC 7644 §3
 */
export function createScim<
  Ctx,
  const UE extends readonly Extension[] = [],
  const GE extends readonly Extension[] = [],
  Tx = unknown,
  const Types extends readonly ResourceType[] = [],
>(options: ScimOptions<Ctx, UE, GE, Tx, Types>): Scim {
  const common: CommonOptions = options;
  const resolved = resolveOptions(common);
  const groups = options.groups === undefined ? undefined : storeAndExtensions<GroupStore<unknown>>(options.groups);
  const endpoints = connectAll(connectionsOf(options, groups), resolved, groupsOf(groups?.store));
  checkSensitiveNames(resolved, endpoints);
  const documents: DocumentCache = new Map();
  return {
    handle: (request) => handle(request, resolved, endpoints, documents),
    maxBodySize: resolved.limits.bodySize,
    baseUrl: resolved.baseUrl,
  };
}

interface StoreAndExtensions<S> {
  readonly store: S;
  readonly extensions: readonly Extension[];
}

function storeAndExtensions<S extends ResourceStore>(given: S | StoreAndExtensions<S>): StoreAndExtensions<S> {
  return "store" in given ? given : { store: given, extensions: [] };
}

function groupsOf(store: (ResourceStore & GroupCapabilities) | undefined): GroupCapabilities["groupsOf"] {
  return store?.groupsOf === undefined
    ? undefined
    : (ids, context) => store.groupsOf?.(ids, context) ?? Promise.resolve(new Map());
}

function connectionsOf(
  options: Pick<ScimOptions<never>, "resources"> & {
    readonly users?: UserStore<never> | StoreAndExtensions<UserStore<never>>;
  },
  groups: StoreAndExtensions<GroupStore<unknown>> | undefined,
): readonly Connection[] {
  const connections: Connection[] = [];
  if (options.users !== undefined) {
    const users = storeAndExtensions<ResourceStore>(options.users);
    connections.push({ type: userType(users.extensions), store: users.store });
  }
  if (groups !== undefined) connections.push({ type: groupType(groups.extensions), store: groups.store });
  connections.push(...(options.resources ?? []));
  if (connections.length === 0) throw new TypeError("createScim: give it `users`, `groups` or `resources`.");
  return connections;
}

async function handle(
  request: ScimRequest,
  options: ResolvedOptions,
  endpoints: Endpoints,
  documents: DocumentCache,
): Promise<ScimResponse> {
  const started = options.onExchange === undefined ? 0 : Date.now();
  let context: unknown;
  let found: Route | undefined;
  let failure: ScimError | undefined;
  let alias: string | undefined;
  let response: ScimResponse;
  try {
    const authenticated = options.authenticate(request);
    context = isPromise(authenticated) ? await authenticated : authenticated;
    if (context === null || context === undefined) {
      throw challenge(options.authenticationSchemes);
    }
    const mark = request.url.indexOf("?");
    found = route(request.method, mark < 0 ? request.url : request.url.slice(0, mark), endpoints);
    const call: Call = {
      options,
      endpoints,
      request,
      context,
      baseUrl: options.baseUrl ?? request.baseUrl,
      query: readQuery(mark < 0 ? "" : request.url.slice(mark + 1)),
    };
    if (found.operation === "me") {
      found = await resolveMe(call, found.method);
      alias = locationOf(call.baseUrl, found.endpoint.type.endpoint, found.id);
    }
    response = await run(call, found, documents);
  } catch (thrown) {
    failure = ScimError.from(thrown);
    if (failure.status >= 500 && failure.status !== 501) tell(options, failure, request);
    response = errorResponse(failure);
  }
  if (alias !== undefined) response = locatedAt(response, alias);
  if (options.onExchange !== undefined) {
    const exchange = exchangeOf(request, found, response, failure, started);
    try {
      options.onExchange(exchange, context ?? undefined);
    } catch (thrown) {
      tell(options, ScimError.from(thrown), request);
    }
  }
  return response;
}

/** Whether something is to be awaited: what can be had at once is not worth a turn of the microtask queue. */
function isPromise<T>(value: T | PromiseLike<T>): value is PromiseLike<T> {
  return typeof value === "object" && value !== null && "then" in value && typeof value.then === "function";
}

/** A host's `onError` that throws must not take the answer with it. */
function tell(options: ResolvedOptions, error: ScimError, request: ScimRequest): void {
  try {
    options.onError(error, request);
  } catch {
    // There is nobody left to tell.
  }
}

function run(call: Call, found: Route, documents: DocumentCache): Promise<ScimResponse> | ScimResponse {
  switch (found.operation) {
    case "get":
      return get(call, found.endpoint, found.id);
    case "list":
      return list(call, found.endpoint);
    case "create":
      return create(call, found.endpoint);
    case "replace":
      return replace(call, found.endpoint, found.id);
    case "patch":
      return patch(call, found.endpoint, found.id);
    case "delete":
      return remove(call, found.endpoint, found.id);
    case "search":
      return search(call, found.endpoint);
    case "rootQuery":
      return rootQuery(call);
    case "bulk":
      return bulk(call);
    case "discover":
      return discover(call, found.kind, found.id, documents);
    case "me":
      throw ScimError.notImplemented("/Me stands for another resource, never for itself.");
  }
}
