/** The public names of scimkit, one by one. */
export { ScimError, type ScimErrorOptions, type ScimType } from "./error.ts";
export { type Instant, parseDateTime } from "./filter/date-time.ts";
export type {
  CompareOperator,
  Comparison,
  Filter,
  FilterValue,
  Junction,
  Negation,
  Presence,
  ValuePath,
} from "./filter/filter.ts";
export { header, type ScimBody, type ScimHeaders, type ScimRequest, type ScimResponse } from "./request.ts";
export { type Attribute, type AttributePath, leaf, type Resource, type Schema } from "./schema/attribute.ts";
export { Group } from "./schema/group.ts";
export type { ResourceType, SchemaExtension } from "./schema/resource-type.ts";
export { User } from "./schema/user.ts";
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
  Stored,
  StoredMeta,
  Window,
} from "./store/store.ts";
