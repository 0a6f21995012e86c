/** The body of a node request: read under a limit, or taken from the body parser that was faster. RFC 9110 §6.4. */
import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import { type ScimBody, ScimError } from "scimkit";
import { alreadyRead, checkEncoding, checkLength, decode } from "../http/content.ts";

/** What body parsers leave behind. */
export interface ParsedBody {
  /** A JSON value (`express.json()`, koa-bodyparser), bytes (`express.raw()`) or text (`express.text()`). */
  readonly body?: unknown;
  /** The bytes or text as they came, where the host kept them. */
  readonly rawBody?: unknown;
}

/** What lies on a request (Express, connect) or beside it (Koa), where no type says that it does. */
export function parsedBody(carrier: object): ParsedBody {
  return {
    body: "body" in carrier ? carrier.body : undefined,
    rawBody: "rawBody" in carrier ? carrier.rawBody : undefined,
  };
}

/** The client went away before its body was complete: there is nobody to answer. */
export const aborted: unique symbol = Symbol("aborted");

/**
 * The body of a request whose method gives it a meaning; undefined when it has none.
 *
 * What is left of a refused body is read and thrown away, so that the next request on the connection is understood.
 *
 * @param limit - in bytes
 * @throws ScimError 413 over the limit, 415 for compressed bytes, 400 for bytes that are not UTF-8, 500 when the host
 *   has read the body and kept it
 */
export async function readBody(
  request: IncomingMessage,
  headers: IncomingHttpHeaders,
  parsed: ParsedBody,
  limit: number,
): Promise<ScimBody | undefined | typeof aborted> {
  if (!mayHaveBody(request, headers)) return undefined;
  checkLength(headers, limit);
  if (request.readableDidRead || request.readableEnded) return takeParsed(parsed);
  if (!request.readable)
    return parsed.body === undefined && parsed.rawBody === undefined ? aborted : takeParsed(parsed);
  checkEncoding(headers);
  const bytes = await readBytes(request, Number(headers["content-length"]), limit);
  if (bytes === aborted) return aborted;
  return bytes.length === 0 ? undefined : { text: decode(bytes) };
}

/** RFC 9112 §6.3; over HTTP/2 only the stream's end tells. */
function mayHaveBody(request: IncomingMessage, headers: IncomingHttpHeaders): boolean {
  const length = headers["content-length"];
  if (length !== undefined) return length !== "0" || request.httpVersionMajor > 1;
  return headers["transfer-encoding"] !== undefined || request.httpVersionMajor > 1;
}

function takeParsed({ body, rawBody }: ParsedBody): ScimBody {
  const value = body ?? rawBody;
  if (value instanceof Uint8Array) return { text: decode(value) };
  if (typeof value === "string") return { text: value };
  if (value === undefined) throw alreadyRead();
  return { json: value };
}

/** Whole as soon as `Content-Length` bytes are there: the stream's end says nothing more, and comes later. */
function readBytes(request: IncomingMessage, length: number, limit: number): Promise<Uint8Array | typeof aborted> {
  return new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = [];
    let size = 0;
    const finish = (): void => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks, size));
    const onData = (chunk: Uint8Array | string): void => {
      const bytes = typeof chunk === "string" ? Buffer.from(chunk) : chunk;
      size += bytes.length;
      if (size > limit) {
        request.off("data", onData);
        request.resume();
        reject(ScimError.payloadTooLarge(limit));
        return;
      }
      chunks.push(bytes);
      if (size === length) finish();
    };
    const onAbort = (): void => resolve(aborted);
    request.on("data", onData);
    if (!(length > 0)) request.on("end", finish);
    request.on("error", onAbort);
    request.on("close", onAbort);
  });
}
