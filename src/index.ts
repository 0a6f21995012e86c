/** The public names of scimkit, one by one. */

export { allDialects } from "./dialects/all.ts";
export type { Dialect, DialectContext, DialectExample } from "./dialects/dialect.ts";
export { ScimError, type ScimErrorOptions, type ScimType } from "./error.ts";
export { compareText } from "./filter/compare.ts";
export { compareInstants, instantOf, parseDateTime } from "./filter/date-time.ts";
export type {
  CompareOperator,
  Comparison,
  Constant,
  Filter,
  FilterValue,
  Junction,
  Negation,
  Presence,
  ValuePath,
} from "./filter/filter.ts";
export { foldCase } from "./filter/fold-case.ts";
export { defaultGrammar, type Grammar } from "./filter/grammar.ts";
export { compilePredicate } from "./filter/predicate.ts";
export { printFilter } from "./filter/print.ts";
export { parseFilter } from "./filter/resolve.ts";
export { compareBy } from "./filter/sort-key.ts";
export { equalityOf, type FilterVisitor, visitFilter } from "./filter/visit.ts";
export type {
  Features,
  GroupStore,
  Limits,
  ResourceOptions,
  ScimOptions,
  UserStore,
} from "./options.ts";
export { bearer, type MaybePromise } from "./protocol/bearer.ts";
export { errorResponse } from "./protocol/envelope.ts";
export type { EventVerb, MembersEvent, PendingChange, ResourceEvent, ScimEvent } from "./protocol/event.ts";
export type { Exchange } from "./protocol/exchange.ts";
export {
  header,
  type ScimBody,
  type ScimHeaders,
  type ScimPieces,
  type ScimRequest,
  type ScimResponse,
} from "./request.ts";
export { type Attribute, type AttributePath, leaf, type Resource, type Schema } from "./schema/attribute.ts";
export { attribute, type Characteristics } from "./schema/characteristics.ts";
export { defineExtension, type Extension, type ExtensionOptions } from "./schema/define-extension.ts";
export { defineResource, type ResourceDefinition } from "./schema/define-resource.ts";
export { EnterpriseUser } from "./schema/enterprise-user.ts";
export { Group } from "./schema/group.ts";
export { type GroupWith, groupType } from "./schema/group-type.ts";
export { preparePassword, prepareUserName } from "./schema/prepare-text.ts";
export type { Relaxation, Relaxations } from "./schema/relaxation.ts";
export { allPaths, resolvePath } from "./schema/resolve.ts";
export type { ResourceOfType, ResourceType, SchemaExtension } from "./schema/resource-type.ts";
export type { AuthenticationScheme, ServiceProviderConfig } from "./schema/service-provider-config.ts";
export { User } from "./schema/user.ts";
export { type UserWith, userType } from "./schema/user-type.ts";
export { createScim, type Scim } from "./scim.ts";
export type {
  Applied,
  Change,
  Draft,
  Member,
  MembersDelta,
  MembersOutcome,
  Outcome,
  Removal,
} from "./store/change.ts";
export { everything, type Selection } from "./store/selection.ts";
export type {
  GroupCapabilities,
  GroupMembership,
  ListQuery,
  Page,
  ResourceStore,
  Sort,
  StoreCapabilities,
  Window,
} from "./store/store.ts";
export type { Stored, StoredMeta } from "./store/stored.ts";
