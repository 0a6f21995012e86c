/** ScimRequest and ScimResponse: the plain records between an adapter and the core. */

/** Header values by lower-cased name, as node:http gives them. */
export type ScimHeaders = Readonly<Record<string, string | readonly string[] | undefined>>;

/** A request body: text that nobody has parsed yet, or what the host's body parser made of it. */
export type ScimBody = { readonly text: string } | { readonly json: unknown };

/** One HTTP request, as an adapter hands it to {@link Scim.handle}. */
export interface ScimRequest {
  /** The HTTP method, upper case. */
  readonly method: string;
  /** Path and query below the SCIM base, still percent-encoded: `/Users/42?attributes=userName`. */
  readonly url: string;
  /** Header values by lower-cased name. */
  readonly headers: ScimHeaders;
  /** The absolute URL of the SCIM base, without a trailing slash: `https://app.example/scim/v2`. */
  readonly baseUrl: string;
  /** Absent when the request has no body. */
  readonly body?: ScimBody;
}

/** One HTTP response, for an adapter to write as it stands. */
export interface ScimResponse {
  readonly status: number;
  /** Header values by canonical name; `Content-Type` is among them whenever there is a body. */
  readonly headers: Readonly<Record<string, string>>;
  /** UTF-8 text; absent for 204 and 304. Where there are {@link pieces}, it is put together when it is asked for. */
  readonly body?: string;
  /** The same body, where it is so large that other requests would wait for it to be made and written at once. */
  readonly pieces?: ScimPieces;
}

/**
 * A body in pieces of UTF-8, for an adapter to write as fast as the client reads. They are made on the way, with pauses
 * in which other requests have their turn; leaving the loop ends the work.
 */
export type ScimPieces = AsyncIterable<Uint8Array>;

/** The value of a header that may come once, several times (joined with commas) or not at all. */
export function header(headers: ScimHeaders, name: string): string | undefined {
  const value = headers[name];
  return value === undefined || typeof value === "string" ? value : value.join(", ");
}
