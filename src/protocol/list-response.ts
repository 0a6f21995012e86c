/** Lists of resources as the body of a response. RFC 7644 §3.4.2. */
import type { ScimResponse } from "../request.ts";
import type { Resource } from "../schema/attribute.ts";
import type { Call } from "./call.ts";
import { jsonResponse, type ListPage, listBody, listHead } from "./envelope.ts";
import { isLong, jsonPieces, type Piece } from "./json-pieces.ts";
import type { KeptSlices } from "./kept-slices.ts";
import { longResponse } from "./long-response.ts";

/** A page whose resources are ready to be sent. */
export interface ResourcePage extends ListPage {
  readonly resources: readonly Resource[];
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
  if (resources.length <= most && !resources.some(isLong)) return jsonResponse(200, listBody(page));
  return longResponse(call, 200, () => pagePieces(page, slices));
}

function* pagePieces(page: ResourcePage, slices: KeptSlices | undefined): Generator<Piece, void> {
  let text = `${JSON.stringify(listHead(page)).slice(0, -1)},"Resources":[`;
  let separator = "";
  for (const resource of page.resources) {
    text += separator;
    separator = ",";
    if (isLong(resource)) text = yield* jsonPieces(text, resource, slices);
    else text += JSON.stringify(resource);
    if (text.length < pieceLength) continue;
    yield text;
    text = "";
  }
  yield `${text}]}`;
}
