/** SCIM for runtimes that speak `Request` and `Response`: Hono, Bun, Deno, Workers, Next.js route handlers. */
import { errorResponse, type Scim, type ScimBody, ScimError, type ScimResponse } from "scimkit";
import { alreadyRead, checkEncoding, checkLength, decode, takesBody } from "../http/content.ts";
import { below, mountPath, pathAndQuery } from "../http/mount.ts";
import { toResponse } from "./to-response.ts";

/** Where {@link scimFetch} serves. */
export interface FetchOptions {
  /** The path of the SCIM base: `/scim/v2`. Default: the root. Anything outside it is answered 404. */
  readonly path?: string;
}

/**
 * A handler of web requests. It answers every request; the promise never rejects.
 *
 * The base URL is the request's own origin and the path, unless `baseUrl` was given to `createScim`.
 */
export function scimFetch(scim: Scim, options: FetchOptions = {}): (request: Request) => Promise<Response> {
  const mount = mountPath(options.path ?? "");
  return async (request) => {
    try {
      return toResponse(await answerTo(scim, request, mount), request.method);
    } catch (thrown) {
      return toResponse(errorResponse(ScimError.from(thrown)), request.method);
    }
  };
}

async function answerTo(scim: Scim, request: Request, mount: string): Promise<ScimResponse> {
  const target = pathAndQuery(request.url);
  const url = below(target, mount);
  if (url === undefined) throw ScimError.notFound("There is nothing at this path.");
  const headers = Object.fromEntries(request.headers);
  const origin = request.url.slice(0, request.url.indexOf("/", request.url.indexOf("://") + 3));
  const text = await readText(request, headers, scim.maxBodySize);
  const body: { body?: ScimBody } = text === undefined ? {} : { body: { text } };
  return scim.handle({ method: request.method, url, headers, baseUrl: scim.baseUrl ?? origin + mount, ...body });
}

async function readText(request: Request, headers: Record<string, string>, limit: number): Promise<string | undefined> {
  if (request.body === null || !takesBody(request.method)) return undefined;
  checkLength(headers, limit);
  checkEncoding(headers);
  if (request.bodyUsed) throw alreadyRead();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body) {
    size += chunk.length;
    if (size > limit) throw ScimError.payloadTooLarge(limit);
    chunks.push(chunk);
  }
  return size === 0 ? undefined : decode(joined(chunks, size));
}

function joined(chunks: readonly Uint8Array[], size: number): Uint8Array {
  const [only] = chunks;
  if (chunks.length === 1 && only !== undefined) return only;
  const bytes = new Uint8Array(size);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.length;
  }
  return bytes;
}
