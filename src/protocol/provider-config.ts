/** The document at /ServiceProviderConfig: what is on, and how far it goes. RFC 7643 §5, RFC 9865 §4. */
import type { ServiceProviderConfig } from "../schema/service-provider-config.ts";
import type { Call } from "./call.ts";

/** The document of a service. Every attribute that RFC 7643 requires is there, also for what is switched off. */
export function serviceProviderConfig({ options, endpoints, baseUrl }: Call): ServiceProviderConfig {
  const { features, limits } = options;
  const hasCursors = features.cursor && endpoints.all.some(({ capabilities }) => capabilities.cursors === true);
  const hasSort = features.sort && endpoints.all.some(({ capabilities }) => capabilities.sort !== false);
  return {
    schemas: ["urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig"],
    ...(options.documentationUri === undefined ? {} : { documentationUri: options.documentationUri }),
    patch: { supported: features.patch },
    bulk: {
      supported: features.bulk,
      maxOperations: limits.bulkOperations,
      maxPayloadSize: limits.bulkPayload,
    },
    filter: { supported: features.filter, maxResults: limits.maxPageSize },
    changePassword: { supported: endpoints.all.some(({ type }) => type.attributes.has("password")) },
    sort: { supported: hasSort },
    etag: { supported: features.etag },
    authenticationSchemes: options.authenticationSchemes,
    pagination: {
      cursor: hasCursors,
      index: true,
      defaultPaginationMethod: "index",
      defaultPageSize: limits.defaultPageSize,
      maxPageSize: limits.maxPageSize,
      ...(hasCursors ? { cursorTimeout: limits.cursorTimeout } : {}),
    },
    meta: { resourceType: "ServiceProviderConfig", location: `${baseUrl}/ServiceProviderConfig` },
  };
}
