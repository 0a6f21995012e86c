/** Endpoint: a resource type connected to its store. */
import type { ResourceType } from "../schema/resource-type.ts";
import type { GroupCapabilities, ResourceStore, StoreCapabilities } from "../store/store.ts";
import type { Conceal } from "./conceal.ts";
import type { Kept } from "./kept.ts";
import type { KeptSlices } from "./kept-slices.ts";
import type { Projection } from "./projection.ts";
import type { KeptText } from "./resource-text.ts";

/** Everything a request about one resource type needs, worked out when the service is created. */
export interface Endpoint {
  readonly type: ResourceType;
  /** With the attributes that the store does not keep, which a client may name without harm. */
  readonly whole: ResourceType;
  readonly store: ResourceStore;
  readonly capabilities: StoreCapabilities;
  /** Fills `User.groups`; only on the endpoint of users, where the group store can tell. */
  readonly groupsOf: GroupCapabilities["groupsOf"];
  /** Whether PATCH answers 204 unless attributes are asked for: a group may have 100,000 members. */
  readonly quietPatch: boolean;
  /** Whether some attribute is returned when the client has just written it. RFC 7643 §7 `returned: request`. */
  readonly returnsWritten: boolean;
  /** Takes away what no hook or event may see: passwords. */
  readonly conceal: Conceal;
  /** The text of stored resources; only where the store's frozen objects never change. */
  readonly texts: Kept<KeptText> | undefined;
  /** The bytes of long lists; only where the store's frozen objects never change. */
  readonly slices: KeptSlices | undefined;
  /** The projection of a query's attribute lists. */
  projection(query: {
    readonly attributes?: readonly string[] | undefined;
    readonly excludedAttributes?: readonly string[] | undefined;
  }): Projection;
}
