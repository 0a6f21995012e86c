/** A core for the adapter tests: it answers what a test tells it to, and remembers what it was handed. */
import type { Scim, ScimRequest, ScimResponse } from "scimkit";

/** A {@link Scim} and the requests that reached it. */
export interface Scripted {
  readonly scim: Scim;
  readonly requests: ScimRequest[];
}

const echo = (request: ScimRequest): ScimResponse => ({
  status: 200,
  headers: { "Content-Type": "application/scim+json" },
  body: JSON.stringify({ method: request.method, url: request.url, baseUrl: request.baseUrl, body: request.body }),
});

/** Default: every answer says what was received, bodies may be 100 bytes long, and the base URL is derived. */
export function scripted(
  answer: (request: ScimRequest) => ScimResponse = echo,
  options: { readonly maxBodySize?: number; readonly baseUrl?: string } = {},
): Scripted {
  const requests: ScimRequest[] = [];
  const scim: Scim = {
    maxBodySize: options.maxBodySize ?? 100,
    baseUrl: options.baseUrl,
    handle: async (request) => {
      requests.push(request);
      return answer(request);
    },
  };
  return { scim, requests };
}
