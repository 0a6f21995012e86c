/** ServiceProviderConfig: what a service says of its own abilities. RFC 7643 §5, RFC 9865 §4. */

/** A way for clients to authenticate. RFC 7643 §5. */
export interface AuthenticationScheme {
  readonly type: "oauth" | "oauth2" | "oauthbearertoken" | "httpbasic" | "httpdigest";
  readonly name: string;
  readonly description: string;
  /** The URL of the scheme's specification. */
  readonly specUri?: string;
  /** The URL of the host's own instructions. */
  readonly documentationUri?: string;
  readonly primary?: boolean;
}

/** Whether a feature is on. */
export interface Supported {
  readonly supported: boolean;
}

/** The document at `/ServiceProviderConfig`. */
export interface ServiceProviderConfig {
  readonly schemas: readonly ["urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig"];
  readonly documentationUri?: string;
  readonly patch: Supported;
  /** `maxPayloadSize` in bytes. */
  readonly bulk: Supported & { readonly maxOperations: number; readonly maxPayloadSize: number };
  /** `maxResults`: resources in one response at the most. */
  readonly filter: Supported & { readonly maxResults: number };
  readonly changePassword: Supported;
  readonly sort: Supported;
  readonly etag: Supported;
  readonly authenticationSchemes: readonly AuthenticationScheme[];
  readonly pagination: {
    readonly cursor: boolean;
    readonly index: boolean;
    readonly defaultPaginationMethod: "cursor" | "index";
    readonly defaultPageSize: number;
    readonly maxPageSize: number;
    /** Seconds. */
    readonly cursorTimeout?: number;
  };
  readonly meta: { readonly resourceType: "ServiceProviderConfig"; readonly location: string };
}
