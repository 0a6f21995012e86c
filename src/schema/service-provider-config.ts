/** ServiceProviderConfig: the document that says what the service can do. RFC 7643 §5, RFC 9865 §4. */

/** One way for clients to authenticate. RFC 7643 §5. */
export interface AuthenticationScheme {
  readonly type: "oauth" | "oauth2" | "oauthbearertoken" | "httpbasic" | "httpdigest";
  /** For humans: `OAuth Bearer Token`. */
  readonly name: string;
  /** For humans. */
  readonly description: string;
  /** The URL of the scheme's specification. */
  readonly specUri?: string;
  /** The URL of the host's instructions for it. */
  readonly documentationUri?: string;
  /** Whether it is the preferred one. */
  readonly primary?: boolean;
}

/** How results are paged. RFC 9865 §4. */
export interface PaginationConfig {
  /** Whether cursors are served. */
  readonly cursor: boolean;
  /** Whether `startIndex` is served. */
  readonly index: boolean;
  /** What a query gets that asks for neither. */
  readonly defaultPaginationMethod?: "cursor" | "index";
  /** Resources in a page when the query has no `count`. */
  readonly defaultPageSize?: number;
  /** The most resources in a page. */
  readonly maxPageSize?: number;
  /** For how many seconds at least a cursor is good. */
  readonly cursorTimeout?: number;
}

/** The document at /ServiceProviderConfig; each part is required, also for what is not supported. RFC 7643 §5. */
export interface ServiceProviderConfig {
  readonly schemas: readonly ["urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig"];
  /** The URL of the host's help for admins. */
  readonly documentationUri?: string;
  readonly patch: { readonly supported: boolean };
  readonly bulk: {
    readonly supported: boolean;
    /** The most operations in one request. */
    readonly maxOperations: number;
    /** The largest request, in bytes. */
    readonly maxPayloadSize: number;
  };
  readonly filter: {
    readonly supported: boolean;
    /** The most resources in one response. */
    readonly maxResults: number;
  };
  readonly changePassword: { readonly supported: boolean };
  readonly sort: { readonly supported: boolean };
  readonly etag: { readonly supported: boolean };
  readonly authenticationSchemes: readonly AuthenticationScheme[];
  readonly pagination?: PaginationConfig;
  readonly meta?: { readonly resourceType: "ServiceProviderConfig"; readonly location: string };
}
