/** Cursor paging across resource types: type after type, each by its store's cursors. RFC 9865 §2, RFC 7644 §3.4.2.1. */
import { ScimError } from "../error.ts";
import type { ScimResponse } from "../request.ts";
import type { Page } from "../store/store.ts";
import type { Call } from "./call.ts";
import { cursorScope } from "./list-query.ts";
import { listResponse } from "./list-response.ts";
import { represent } from "./represent.ts";
import { countPart, type RootPart } from "./root-part.ts";

/** A page of one type. */
interface Step {
  /** The type's endpoint: between two requests the host may have come to serve other types. */
  readonly type: string;
  /** What the store gave as `next` or `previous`; null for the type's first page. */
  readonly position: string | null;
  /** Whether the store gave it as `previous`. */
  readonly isBackward: boolean;
}

/** The way to a page: the last pages of the types before it, and the page itself, last. */
type Trail = readonly [...before: readonly Step[], page: Step];

/**
 * One page of a query that names a `cursor`. A page has resources of one type only, so that each store is asked for the
 * same page size throughout; `totalResults` counts all types.
 *
 * @param count - 0 asks for the total alone
 * @throws ScimError 400 `invalidCursor` where a store has no cursors, for a sorted query, and for a cursor that is not
 *   one of this query's
 */
export async function rootCursorPage(call: Call, parts: readonly RootPart[], count: number): Promise<ScimResponse> {
  checkPageable(call, parts);
  const scope = cursorScope(call, "/");
  const { cursor = "" } = call.query;
  const asked = cursor === "" ? undefined : readTrail(await call.options.cursors.open(cursor, count, scope));
  const counts = await countOthers(call, parts, asked);
  const first = firstFrom(parts, counts, 0);
  const trail = asked ?? (count === 0 || first === undefined ? undefined : ([first] as const));
  if (trail === undefined) return listResponse(call, { resources: [], total: sum(counts) });
  const at = indexOf(parts, trail);
  const part = parts[at];
  if (part === undefined) throw notOurs();
  const window = { by: "cursor", position: pageOf(trail).position ?? undefined, count } as const;
  const page = await part.endpoint.store.list({ ...part.query, window }, call.context);
  const resources = await represent(call, part.endpoint, page.resources, part.projection);
  const seal = (to: Trail | undefined): Promise<string> | undefined =>
    to === undefined ? undefined : call.options.cursors.seal(writeTrail(to), count, scope);
  const [nextCursor, previousCursor] = await Promise.all([
    seal(next(trail, page, firstFrom(parts, counts, at + 1))),
    seal(previous(trail, page)),
  ]);
  const total = sum(counts) - (counts[at] ?? 0) + page.total;
  return listResponse(call, { resources, total, nextCursor, previousCursor });
}

function checkPageable({ options }: Call, parts: readonly RootPart[]): void {
  if (!options.features.cursor || parts.some(({ endpoint }) => endpoint.capabilities.cursors !== true)) {
    throw ScimError.invalidCursor('Cursor paging is not supported here; page with "startIndex" and "count".');
  }
  if (parts.some(({ query }) => query.sort !== undefined)) {
    throw ScimError.invalidCursor(
      'A sorted query across resource types has no cursors; page with "startIndex" and "count", or leave out "sortBy".',
    );
  }
}

/** How many resources of each type match; 0 for the type whose page is asked for, since that page will tell. */
function countOthers(call: Call, parts: readonly RootPart[], asked: Trail | undefined): Promise<readonly number[]> {
  const present = asked === undefined ? -1 : indexOf(parts, asked);
  return Promise.all(parts.map((part, index) => (index === present ? 0 : countPart(call, part))));
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}

function pageOf(trail: Trail): Step {
  const [first, ...more] = trail;
  return more.at(-1) ?? first;
}

function indexOf(parts: readonly RootPart[], trail: Trail): number {
  const { type } = pageOf(trail);
  return parts.findIndex(({ endpoint }) => endpoint.type.endpoint === type);
}

/** The first page of the first type, from `start` on, of which anything matches. */
function firstFrom(parts: readonly RootPart[], counts: readonly number[], start: number): Step | undefined {
  const found = parts.find((_, index) => index >= start && (counts[index] ?? 0) > 0);
  return found && { type: found.endpoint.type.endpoint, position: null, isBackward: false };
}

/** The page after: of the same type, or else the first one of the next type. */
function next(trail: Trail, page: Page, nextType: Step | undefined): Trail | undefined {
  if (page.next !== undefined) return moved(trail, page.next, false);
  return nextType && [...trail, nextType];
}

/** The page before: of the same type if its store can go back, or else the one from which this type was reached. */
function previous(trail: Trail, page: Page): Trail | undefined {
  if (page.previous !== undefined) return moved(trail, page.previous, true);
  const { position, isBackward } = pageOf(trail);
  // A store that cannot go back says nothing of the page before, which is not to say that there is none.
  const isTypesFirst = position === null || isBackward;
  return isTypesFirst ? nonEmpty(trail.slice(0, -1)) : undefined;
}

function moved(trail: Trail, position: string, isBackward: boolean): Trail {
  const { type } = pageOf(trail);
  return [...trail.slice(0, -1), { type, position, isBackward }];
}

function nonEmpty(steps: readonly Step[]): Trail | undefined {
  const last = steps.at(-1);
  return last && [...steps.slice(0, -1), last];
}

function writeTrail(trail: Trail): string {
  return JSON.stringify(trail.map(({ type, position, isBackward }) => [type, position, isBackward]));
}

/** The cursor was sealed by a server with our secret, though perhaps not by this version of it. */
function readTrail(text: string): Trail {
  const steps: unknown = JSON.parse(text);
  const trail = nonEmpty(Array.isArray(steps) ? steps.map(readStep) : []);
  if (trail === undefined) throw notOurs();
  return trail;
}

function readStep(step: unknown): Step {
  const [type, position, isBackward]: readonly unknown[] = Array.isArray(step) ? step : [];
  if (typeof type !== "string" || typeof isBackward !== "boolean") throw notOurs();
  if (position !== null && typeof position !== "string") throw notOurs();
  return { type, position, isBackward };
}

function notOurs(): ScimError {
  return ScimError.invalidCursor("The cursor is not valid for this query; begin again with an empty cursor.");
}
