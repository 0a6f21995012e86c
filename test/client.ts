/** Requests as bytes: what a test client sends reaches the server as it is written. */
import { Agent, request as httpRequest, type IncomingMessage } from "node:http";

/** A request of a test; `path` lies below the SCIM base and may hold whatever a URL must not. */
export interface Sent {
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

/** What came back. Header names are in lower case; `json` is undefined where the text is empty or not JSON. */
export interface Answered {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly text: string;
  readonly json: unknown;
}

/** A client of one server, on kept-alive connections. */
export interface Client {
  send(request: Sent): Promise<Answered>;
  close(): void;
}

/** A client that adds nothing of its own: no Accept, no User-Agent, no Content-Type. */
export function client(baseUrl: string): Client {
  const { hostname, port, pathname } = new URL(baseUrl);
  const agent = new Agent({ keepAlive: true });
  return {
    send: ({ method, path, headers = {}, body }) =>
      new Promise((resolve, reject) => {
        const length = body === undefined ? {} : { "Content-Length": String(Buffer.byteLength(body)) };
        const target = escaped((pathname === "/" ? "" : pathname) + path);
        const options = { agent, hostname, port, method, path: target, headers: { ...length, ...headers } };
        const outgoing = httpRequest(options, (response) => read(response).then(resolve, reject));
        outgoing.once("error", reject);
        outgoing.end(body);
      }),
    close: () => agent.destroy(),
  };
}

/** What no request line can hold is percent-encoded, as every HTTP client does; everything else stays as it is. */
export function escaped(target: string): string {
  return target.replace(/[^\u0021-\u007e]+/gu, (characters) => encodeURIComponent(Buffer.from(characters).toString()));
}

/** The answer as text and, if it is that, JSON. */
export function answered(status: number, headers: Record<string, string>, text: string): Answered {
  return { status, headers, text, json: parsed(text) };
}

async function read(response: IncomingMessage): Promise<Answered> {
  let text = "";
  response.setEncoding("utf8");
  for await (const chunk of response) text += chunk;
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(response.headers)) headers[name] = String(value);
  return answered(response.statusCode ?? 0, headers, text);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
