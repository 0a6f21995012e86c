/** Cursor-paged queries, followed page by page. RFC 9865 §2. */
import type { JsonObject } from "../match.ts";
import type { Service } from "../service.ts";

/** A query without its cursor: `/Users?count=10`. */
type Path = string;

/** One page of a query; the first one without a cursor. */
export async function pageAt(service: Service, path: Path, cursor: unknown = ""): Promise<JsonObject> {
  const { status, body, text } = await service.call("GET", `${path}&cursor=${String(cursor)}`);
  if (status !== 200) throw new Error(`${path}: ${status} ${text}`);
  return body;
}

/** All pages of a query, by `nextCursor` or, from a page on, by `previousCursor`. */
export async function pagesFrom(
  service: Service,
  path: Path,
  direction: "nextCursor" | "previousCursor" = "nextCursor",
  start: unknown = "",
): Promise<readonly JsonObject[]> {
  const pages = [await pageAt(service, path, start)];
  for (let last = pages[0]; typeof last?.[direction] === "string"; last = pages.at(-1)) {
    if (pages.length > 100) throw new Error(`${path}: it does not end`);
    pages.push(await pageAt(service, path, last[direction]));
  }
  return pages;
}
