/** ScimOptions: what createScim takes, with every default. */
import { allDialects } from "./dialects/all.ts";
import type { Dialect } from "./dialects/dialect.ts";
import { compileDialects, type Normaliser } from "./dialects/normalise.ts";
import type { ScimError } from "./error.ts";
import { defaultGrammar, type Grammar } from "./filter/grammar.ts";
import type { MaybePromise } from "./protocol/bearer.ts";
import { type CursorSeal, cursorSeal } from "./protocol/cursor.ts";
import type { AnyChange, PendingChange, ScimEvent } from "./protocol/event.ts";
import type { Exchange } from "./protocol/exchange.ts";
import type { ScimRequest } from "./request.ts";
import type { Resource } from "./schema/attribute.ts";
import type { Extension } from "./schema/define-extension.ts";
import type { GroupWith } from "./schema/group-type.ts";
import type { Reading } from "./schema/reading.ts";
import type { ResourceOfType, ResourceType } from "./schema/resource-type.ts";
import type { AuthenticationScheme } from "./schema/service-provider-config.ts";
import type { UserWith } from "./schema/user-type.ts";
import type { Draft } from "./store/change.ts";
import type { Selection } from "./store/selection.ts";
import type { GroupCapabilities, ResourceStore } from "./store/store.ts";
import type { Stored } from "./store/stored.ts";

/** Where users live. */
export type UserStore<Ctx = unknown, R extends Resource = UserWith<[]>, Tx = unknown> = ResourceStore<R, Ctx, Tx>;
/** Where groups (the host's teams) live. */
export type GroupStore<Ctx = unknown, R extends Resource = GroupWith<[]>, Tx = unknown> = ResourceStore<R, Ctx, Tx> &
  GroupCapabilities<Ctx>;

/** A custom resource type and where its resources live. */
export interface ResourceOptions<Ctx, T extends ResourceType = ResourceType> {
  readonly type: T;
  /** A store of that type's resources, or one that leaves open what it stores. */
  readonly store: ResourceStore<ResourceOfType<T>, Ctx> | OpenStore<Ctx>;
}

/** A property's parameters, unlike a method's, must fit exactly: a store of other resources is none that leaves it open. */
type OpenStore<Ctx> = ResourceStore<Resource, Ctx> & {
  readonly create: (draft: Draft<Resource>, want: Selection, ctx: Ctx) => Promise<Stored>;
};

/** Features that can be switched off, and what they then answer. RFC 7643 §5. */
export interface Features {
  /** Default true. Off: PATCH answers 501. */
  readonly patch?: boolean;
  /** Default true. Off: `filter` answers 400 `invalidFilter`. */
  readonly filter?: boolean;
  /** Default true. Off: `sortBy` and `sortOrder` are ignored. */
  readonly sort?: boolean;
  /** Default true. Off: no ETag, no `meta.version`; preconditions are ignored. */
  readonly etag?: boolean;
  /** Default true. Off: `/Bulk` answers 501. */
  readonly bulk?: boolean;
  /** Default true. Off: `cursor` answers 400 `invalidCursor`. Index paging is always on. RFC 9865. */
  readonly cursor?: boolean;
  /**
   * Default false: `password` is no attribute here, and ignored. On: it is handed to the user store, and to nobody else;
   * prepared by `preparePassword`, through which what people type at sign-in must go too. RFC 7644 §5.
   */
  readonly changePassword?: boolean;
}

/** Bounds on what one request may ask; whole numbers of at least 1. */
export interface Limits {
  /** Bytes of a request body. Default 10,485,760 (10 MiB). Over it: 413. */
  readonly bodySize?: number;
  /** Objects and arrays within one another in a body. Default 64. Over it: 400 `invalidSyntax`. */
  readonly nesting?: number;
  /** Operations in one PATCH. Default 5,000. Over it: 400 `invalidSyntax`. */
  readonly patchOperations?: number;
  /** Characters of a filter. Default 100,000. Over it: 400 `invalidFilter`. */
  readonly filterLength?: number;
  /** Open brackets and parentheses in a filter. Default 250. */
  readonly filterDepth?: number;
  /** Expressions in a filter. Default 1,000. */
  readonly filterTerms?: number;
  /** Resources on a page when the client does not say. Default 100. */
  readonly defaultPageSize?: number;
  /** Resources on a page at the most. Default 1,000. */
  readonly maxPageSize?: number;
  /** Operations in one bulk request. Default 1,000. Over it: 413. */
  readonly bulkOperations?: number;
  /** Bytes of a bulk request. Default 1,048,576 (1 MiB). Over it: 413. */
  readonly bulkPayload?: number;
  /** Seconds for which a cursor is good. Default 3,600 (an hour). After it: 400 `expiredCursor`. */
  readonly cursorTimeout?: number;
}

/** What {@link createScim} takes. */
export interface ScimOptions<
  Ctx,
  UE extends readonly Extension[] = [],
  GE extends readonly Extension[] = [],
  Tx = unknown,
  Types extends readonly ResourceType[] = readonly ResourceType[],
> {
  /** Where users live; with `extensions`, what they have beside RFC 7643's attributes. At least one store is needed. */
  readonly users?:
    | UserStore<Ctx, UserWith<UE>, Tx>
    | { readonly store: UserStore<Ctx, UserWith<UE>, Tx>; readonly extensions: UE };
  /** Where groups live. */
  readonly groups?:
    | GroupStore<Ctx, GroupWith<GE>, Tx>
    | { readonly store: GroupStore<Ctx, GroupWith<GE>, Tx>; readonly extensions: GE };
  /** Custom resource types. Default: none. */
  readonly resources?: { readonly [Index in keyof Types]: ResourceOptions<Ctx, Types[Index]> };
  /**
   * Who is asking? Runs before anything else is looked at. Returns the Context, which every store call, hook and event
   * gets, and which is the only source of the tenant; null or undefined is answered with 401. May throw a ScimError.
   */
  authenticate(request: ScimRequest): MaybePromise<Ctx | null | undefined>;
  /** How clients authenticate, for `/ServiceProviderConfig`. Default: an OAuth bearer token. */
  readonly authenticationSchemes?: readonly AuthenticationScheme[];
  /** The absolute URL of the SCIM base, without a trailing slash. Default: derived from each request by the adapter. */
  readonly baseUrl?: string;
  /** What is accepted beyond the RFC. Default: `allDialects`. `[]` is strict. */
  readonly dialects?: readonly Dialect[];
  /** What becomes of attributes that no schema has. Default `"ignore"`; `"reject"` answers 400 `invalidSyntax`. */
  readonly unknownAttributes?: "ignore" | "reject";
  /**
   * Attributes whose values must not travel in URLs, where logs keep them, named as in a filter: a GET whose filter
   * compares one is answered with 403 `sensitive`, and has to be POSTed to `/.search`. Default: none. RFC 7644 §7.5.2.
   */
  readonly sensitiveAttributes?: readonly string[];
  readonly features?: Features;
  readonly limits?: Limits;
  /**
   * A key of the tenant, to which cursors are bound beside their query. Default: the Context's JSON text. Give it when
   * the Context changes from request to request.
   */
  tenant?(ctx: Ctx): string;
  /** A secret from which cursors are sealed; share it between servers. Default: one per process. */
  readonly cursorSecret?: string;
  /** Whose resource is `/Me`? An id of a user, or null. Default: `/Me` answers 501. RFC 7644 §3.11. */
  me?(ctx: Ctx): MaybePromise<string | null | undefined>;
  /** The host's rules, inside the store's transaction: throwing (a ScimError to choose the answer) rolls back. */
  beforeCommit?(change: AnyChange<UserWith<UE>, GroupWith<GE>, Types[number]>, ctx: Ctx, tx: Tx): MaybePromise<void>;
  /** After the commit, before the answer. What it throws reaches `onError` and changes nothing. */
  onEvent?(event: ScimEvent<UserWith<UE>, GroupWith<GE>, Types[number]>, ctx: Ctx): MaybePromise<void>;
  /** Every answer of 500 or more but 501 (nothing is wrong with a feature that is off), and what a hook threw; `error.cause` is what was thrown. Default: nothing. */
  onError?(error: ScimError, request: ScimRequest): void;
  /** Every answered request, for a log: never a secret, a value, or a filter. Default: nothing. */
  onExchange?(exchange: Exchange, ctx: Ctx | undefined): void;
  /** Where people read about this service, for `/ServiceProviderConfig`. Default: none. */
  readonly documentationUri?: string;
}

/** The options with every default filled in, and what can be worked out from them beforehand. */
export interface ResolvedOptions {
  authenticate(request: ScimRequest): MaybePromise<unknown>;
  readonly authenticationSchemes: readonly AuthenticationScheme[];
  readonly baseUrl: string | undefined;
  readonly normaliser: Normaliser;
  readonly grammar: Grammar;
  readonly reading: Reading;
  readonly strict: boolean;
  readonly sensitiveAttributes: readonly string[];
  readonly features: Required<Features>;
  readonly limits: Required<Limits>;
  readonly cursors: CursorSeal;
  tenant(ctx: unknown): string;
  me?: ((ctx: unknown) => MaybePromise<string | null | undefined>) | undefined;
  beforeCommit?: ((change: PendingChange, ctx: unknown, tx: unknown) => MaybePromise<void>) | undefined;
  onEvent?: ((event: ScimEvent, ctx: unknown) => MaybePromise<void>) | undefined;
  onError(error: ScimError, request: ScimRequest): void;
  onExchange?: ((exchange: Exchange, ctx: unknown) => void) | undefined;
  readonly documentationUri: string | undefined;
}

const bearerScheme: AuthenticationScheme = {
  type: "oauthbearertoken",
  name: "OAuth Bearer Token",
  description: "Authentication with the Authorization header: Bearer and the token of the connection.",
  specUri: "https://www.rfc-editor.org/info/rfc6750",
  primary: true,
};

const defaultFeatures: Required<Features> = {
  patch: true,
  filter: true,
  sort: true,
  etag: true,
  bulk: true,
  cursor: true,
  changePassword: false,
};

const defaultLimits: Required<Limits> = {
  bodySize: 10_485_760,
  nesting: 64,
  patchOperations: 5_000,
  filterLength: defaultGrammar.maxLength,
  filterDepth: defaultGrammar.maxDepth,
  filterTerms: defaultGrammar.maxTerms,
  defaultPageSize: 100,
  maxPageSize: 1_000,
  bulkOperations: 1_000,
  bulkPayload: 1_048_576,
  cursorTimeout: 3_600,
};

/** The hooks of the options as the core calls them: what a Context is, only the host knows. */
type Hooks = Pick<ScimOptions<unknown, readonly Extension[], readonly Extension[]>, "authenticate"> & {
  tenant?(ctx: unknown): string;
  me?(ctx: unknown): MaybePromise<string | null | undefined>;
  beforeCommit?(change: PendingChange, ctx: unknown, tx: unknown): MaybePromise<void>;
  onEvent?(event: ScimEvent, ctx: unknown): MaybePromise<void>;
  onError?(error: ScimError, request: ScimRequest): void;
  onExchange?(exchange: Exchange, ctx: unknown): void;
};

/** The part of the options that does not speak of stores. */
export type CommonOptions = Hooks &
  Pick<
    ScimOptions<unknown>,
    | "authenticationSchemes"
    | "baseUrl"
    | "dialects"
    | "unknownAttributes"
    | "sensitiveAttributes"
    | "features"
    | "limits"
    | "cursorSecret"
    | "documentationUri"
  >;

/**
 * Fills in the defaults.
 *
 * @throws TypeError or RangeError naming the option that makes no sense
 */
export function resolveOptions(options: CommonOptions): ResolvedOptions {
  requireFunction(options, "authenticate");
  for (const hook of ["tenant", "me", "beforeCommit", "onEvent", "onError", "onExchange"] as const) {
    if (options[hook] !== undefined) requireFunction(options, hook);
  }
  const limits = resolveLimits(options.limits);
  const dialects = options.dialects ?? allDialects;
  const normaliser = compileDialects(dialects);
  const unknownAttributes = options.unknownAttributes ?? "ignore";
  if (unknownAttributes !== "ignore" && unknownAttributes !== "reject") {
    throw new TypeError('createScim: `unknownAttributes` must be "ignore" or "reject".');
  }
  return {
    authenticate: (request) => options.authenticate(request),
    authenticationSchemes: options.authenticationSchemes ?? [bearerScheme],
    baseUrl: resolveBaseUrl(options.baseUrl),
    normaliser,
    grammar: {
      relaxed: normaliser.relaxed,
      maxLength: limits.filterLength,
      maxDepth: limits.filterDepth,
      maxTerms: limits.filterTerms,
    },
    reading: {
      relaxed: normaliser.relaxed,
      unknownAttributes,
      ...(normaliser.coerce === undefined ? {} : { coerce: normaliser.coerce }),
    },
    strict: dialects.length === 0,
    sensitiveAttributes: options.sensitiveAttributes ?? [],
    features: { ...defaultFeatures, ...options.features },
    limits,
    cursors: cursorSeal(options.cursorSecret, limits.cursorTimeout),
    tenant: (ctx) => options.tenant?.(ctx) ?? JSON.stringify(ctx) ?? "",
    me: options.me?.bind(options),
    beforeCommit: options.beforeCommit?.bind(options),
    onEvent: options.onEvent?.bind(options),
    onError: (error, request) => options.onError?.(error, request),
    onExchange: options.onExchange?.bind(options),
    documentationUri: options.documentationUri,
  };
}

function requireFunction(options: CommonOptions, name: keyof CommonOptions): void {
  if (typeof options[name] !== "function") {
    throw new TypeError(`createScim: \`${name}\` must be a function; without it nobody could be let in, or told.`);
  }
}

function resolveLimits(given: Limits = {}): Required<Limits> {
  for (const [name, value] of Object.entries(given)) {
    if (!Object.hasOwn(defaultLimits, name)) throw new TypeError(`createScim: there is no limit \`limits.${name}\`.`);
    if (value !== undefined && !(Number.isSafeInteger(value) && value >= 1)) {
      throw new RangeError(`createScim: \`limits.${name}\` must be a whole number of at least 1.`);
    }
  }
  const limits = { ...defaultLimits, ...given };
  return { ...limits, defaultPageSize: Math.min(limits.defaultPageSize, limits.maxPageSize) };
}

function resolveBaseUrl(baseUrl: string | undefined): string | undefined {
  if (baseUrl === undefined) return undefined;
  if (!/^https?:\/\/[^?#\s]+$/i.test(baseUrl)) {
    throw new TypeError("createScim: `baseUrl` must be an absolute http(s) URL without query or fragment.");
  }
  return baseUrl.replace(/\/+$/, "");
}
