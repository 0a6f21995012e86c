/** node:http alone with the same handlers as raw Express: the floor. */
import type { IncomingMessage, ServerResponse } from "node:http";
import * as directory from "./raw-directory.ts";
import { serve } from "./serve.ts";

function send(response: ServerResponse, { status, body, location }: directory.Answer): void {
  if (location !== undefined) response.setHeader("Location", location);
  if (body === undefined) {
    response.writeHead(status).end();
    return;
  }
  const text = JSON.stringify(body);
  response.writeHead(status, {
    "Content-Type": "application/scim+json",
    "Content-Length": Buffer.byteLength(text),
  });
  response.end(text);
}

function withBody(request: IncomingMessage, then: (body: directory.Body) => void): void {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => then(JSON.parse(Buffer.concat(chunks).toString())));
}

/** The answer to a request without a body, or what makes it of the body. */
function handlerOf(request: IncomingMessage): directory.Answer | ((body: directory.Body) => directory.Answer) {
  const url = request.url ?? "/";
  const mark = url.indexOf("?");
  const query = mark === -1 ? undefined : new URLSearchParams(url.slice(mark + 1));
  const [, , , endpoint, given] = (mark === -1 ? url : url.slice(0, mark)).split("/");
  const id = given ?? "";
  const origin = `http://${request.headers.host}`;
  switch (`${request.method} ${endpoint}${given === undefined ? "" : "/:id"}`) {
    case "GET Schemas":
      return directory.readSchemas();
    case "GET Users": {
      const [filter, startIndex, count] = [query?.get("filter"), query?.get("startIndex"), query?.get("count")];
      return directory.findUsers(filter ?? undefined, Number(startIndex ?? 1), Number(count ?? 100));
    }
    case "GET Users/:id":
      return directory.readUser(id);
    case "POST Users":
      return (body) => directory.createUser(body, origin);
    case "PUT Users/:id":
      return (body) => directory.replaceUser(id, body, origin);
    case "PATCH Users/:id":
      return (body) => directory.patchUser(id, body, origin);
    case "DELETE Users/:id":
      return directory.deleteUser(id);
    case "GET Groups/:id":
      return directory.readGroup(id, query?.get("excludedAttributes") ?? undefined);
    case "PATCH Groups/:id":
      return (body) => directory.patchGroup(id, body);
    case "POST Bulk":
      return (body) => directory.bulk(body, origin);
    default:
      return { status: 404 };
  }
}

function listener(request: IncomingMessage, response: ServerResponse): void {
  if (request.headers.authorization !== directory.authorization) {
    response.writeHead(401).end();
    return;
  }
  const handler = handlerOf(request);
  if (typeof handler === "function") withBody(request, (body) => send(response, handler(body)));
  else send(response, handler);
}

await serve(async (dataset) => ({
  listener,
  ids: await directory.load(dataset, "http://127.0.0.1"),
  schemas: directory.takeSchemas,
}));
