/** Requests as Entra ID sends them: no User-Agent, and no Content-Type without a body. */
import { request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";

export interface Answer {
  readonly status: number;
  /** undefined for an empty body. */
  readonly body: unknown;
}

/** Sends one request. */
export function send(method: string, url: URL, token: string, body?: unknown): Promise<Answer> {
  const text = body === undefined ? undefined : JSON.stringify(body);
  const content =
    text === undefined
      ? {}
      : { "Content-Type": "application/scim+json; charset=utf-8", "Content-Length": Buffer.byteLength(text) };
  const headers = { Authorization: `Bearer ${token}`, Accept: "application/scim+json", ...content };
  const open = url.protocol === "https:" ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const outgoing = open(url, { method, headers }, (response) => {
      let received = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => {
        received += chunk;
      });
      response.once("error", reject);
      response.once("end", () => {
        try {
          resolve({ status: response.statusCode ?? 0, body: received === "" ? undefined : JSON.parse(received) });
        } catch {
          reject(new Error(`${method} ${url.pathname} was answered with something that is no JSON.`));
        }
      });
    });
    outgoing.once("error", reject);
    outgoing.end(text);
  });
}
