/** What a request's headers and bytes say of its body, before anyone parses it. RFC 9110 §8, §15.5; RFC 8259 §8.1. */
import { ScimError, type ScimHeaders } from "scimkit";

const withBody: ReadonlySet<string> = new Set(["POST", "PUT", "PATCH"]);
const decoder = new TextDecoder("utf-8", { fatal: true });

/** Whether SCIM gives the body of a request with this method a meaning; the body of any other is not read. */
export function takesBody(method: string): boolean {
  return withBody.has(method);
}

/**
 * Refuses a body by its headers, before a byte of it is read.
 *
 * @param limit - in bytes
 * @throws ScimError 413 when `Content-Length` is over the limit
 */
export function checkLength(headers: ScimHeaders, limit: number): void {
  const length = headers["content-length"];
  if (length !== undefined && Number(length) > limit) throw ScimError.payloadTooLarge(limit);
}

/**
 * Refuses bytes that are compressed: no SCIM client sends them, and inflating would let a small body outgrow the limit.
 *
 * @throws ScimError 415 with `Accept-Encoding: identity` (RFC 9110 §12.5.3)
 */
export function checkEncoding(headers: ScimHeaders): void {
  const encoding = headers["content-encoding"];
  if (encoding === undefined || encoding === "" || encoding === "identity") return;
  throw new ScimError(415, "The request body is compressed; send it without a Content-Encoding.", {
    headers: { "Accept-Encoding": "identity" },
  });
}

/**
 * Bytes as text. JSON is UTF-8 whatever the media type's charset says; a byte order mark is dropped.
 *
 * @throws ScimError 400 `invalidSyntax` for bytes that are not UTF-8
 */
export function decode(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes);
  } catch (cause) {
    throw ScimError.invalidSyntax("The request body is not UTF-8 text.", { cause });
  }
}

/** The error for a body that the host's own code has read, and kept to itself. */
export function alreadyRead(): ScimError {
  return new ScimError(
    500,
    "The server's own code has read the request body without passing it on; mount the SCIM router before it.",
  );
}
