/** Lists of resources as the body of a response. RFC 7644 §3.4.2. */
import type { ScimResponse } from "../request.ts";
import type { Call } from "./call.ts";
import { jsonResponse, type ListPage, listBody, listHead, mediaType } from "./envelope.ts";
import { isLong, jsonPieces, type Piece } from "./json-pieces.ts";
import type { KeptSlices } from "./kept-slices.ts";
import { longResponse } from "./long-response.ts";
import type { ResourceText } from "./resource-text.ts";

/** A page whose resources are ready to be sent. */
export interface ResourcePage extends ListPage {
  readonly resources: readonly ResourceText[];
}

/** Resources whose text is made at once: a millisecond. */
const most = 250;

/** Characters of one piece of a page. */
const pieceLength = 65_536;

/**
 * 200 with a ListResponse; in pieces if there are many resources on the page, or long ones.
 *
 * @param slices - of the endpoint whose resources these are; undefined where they are of several
 */
export function listResponse(call: Call, page: ResourcePage, slices?: KeptSlices): ScimResponse {
  const { resources } = page;
  if (resources.length > most || resources.some(isLongText))
    return longResponse(call, 200, () => pagePieces(page, slices));
  if (!resources.some(isText)) return jsonResponse(200, listBody(page));
  const body = `${startOf(page)}${resources.map(toText).join(",")}]}`;
  return { status: 200, headers: { "Content-Type": mediaType }, body };
}

function isText(resource: ResourceText): resource is string {
  return typeof resource === "string";
}

function isLongText(resource: ResourceText): boolean {
  return !isText(resource) && isLong(resource);
}

function toText(resource: ResourceText): string {
  return isText(resource) ? resource : JSON.stringify(resource);
}

/** Up to where the first resource stands. */
function startOf(page: ResourcePage): string {
  return `${JSON.stringify(listHead(page)).slice(0, -1)},"Resources":[`;
}

function* pagePieces(page: ResourcePage, slices: KeptSlices | undefined): Generator<Piece, void> {
  let text = startOf(page);
  let separator = "";
  for (const resource of page.resources) {
    text += separator;
    separator = ",";
    if (!isText(resource) && isLong(resource)) text = yield* jsonPieces(text, resource, slices);
    else text += toText(resource);
    if (text.length < pieceLength) continue;
    yield text;
    text = "";
  }
  yield `${text}]}`;
}
