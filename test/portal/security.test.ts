/** What keeps the page's secrets on the page and other sites out: headers, nonces, escaping, cross-site requests. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isObject } from "../match.ts";
import { ask, type Made, make, provision } from "./api.ts";
import { type OpenHost, openHost } from "./host.ts";

let host: OpenHost;
let made: Made;

beforeAll(async () => {
  host = await openHost({
    portal: { css: ":root { --portal-accent: #a0f }", back: { url: "/settings", label: "<Back>" } },
  });
  made = await make(host);
});
afterAll(() => host.close());

const open = (headers: Record<string, string> = {}): Promise<Response> =>
  fetch(host.page, { headers: { cookie: "session=owner", ...headers } });

const policyOf = (response: Response): ReadonlyMap<string, string> =>
  new Map(
    (response.headers.get("content-security-policy") ?? "").split("; ").map((directive) => {
      const [name = "", ...sources] = directive.split(" ");
      return [name, sources.join(" ")];
    }),
  );

describe("The page's Content-Security-Policy", () => {
  it("allows one script and the styles of this very answer, and requests to its own server", async () => {
    const response = await open();
    const policy = policyOf(response);
    const nonce = /^'nonce-([A-Za-z0-9+/]{22}==)'$/.exec(policy.get("script-src") ?? "")?.[1];
    expect(Object.fromEntries(policy)).toEqual({
      "default-src": "'none'",
      "script-src": `'nonce-${nonce}'`,
      "style-src": `'nonce-${nonce}'`,
      "connect-src": "'self'",
      "img-src": "'self'",
      "base-uri": "'none'",
      "form-action": "'none'",
      "frame-ancestors": "'none'",
      "require-trusted-types-for": "'script'",
      "trusted-types": "'none'",
    });
    const html = await response.text();
    const elements = [...html.matchAll(/<(?:script|style)\b[^>]*>/g)].map(([tag]) => tag);
    expect(elements).toHaveLength(5);
    for (const tag of elements) expect(tag).toContain(` nonce="${nonce}"`);
  });

  it("has another nonce each time", async () => {
    const nonces = await Promise.all(Array.from({ length: 20 }, async () => policyOf(await open()).get("script-src")));
    expect(new Set(nonces).size).toBe(20);
  });

  it("lets the pages frame it that the host names, and no others", async () => {
    const framed = await openHost({ portal: { frameAncestors: ["'self'", "https://app.example"] } });
    const response = await fetch(framed.page, { headers: { cookie: "session=owner" } });
    expect(policyOf(response).get("frame-ancestors")).toBe("'self' https://app.example");
    expect(response.headers.has("x-frame-options")).toBe(false);
    await framed.close();
    expect((await open()).headers.get("x-frame-options")).toBe("DENY");
  });
});

describe("The page's HTML", () => {
  it("has no inline handler, no inline style, no external address", async () => {
    const html = (await (await open()).text()).replace(/<(script|style)\b[^>]*>[\s\S]*?<\/\1>/g, "");
    expect(html).not.toMatch(/\son\w+\s*=/i);
    expect(html).not.toMatch(/\sstyle\s*=/i);
    expect(html).not.toMatch(/\b(?:src|href)\s*=/i);
  });

  it("escapes what the host names", async () => {
    const html = await (await open()).text();
    const data = /<script type="application\/json"[^>]*>([\s\S]*?)<\/script>/.exec(html)?.[1] ?? "";
    expect(data).not.toContain("<");
    const embedded: unknown = JSON.parse(data);
    expect(embedded).toMatchObject({
      page: { organisation: "Acme <b>&amp;</b> Söhne", back: { url: "/settings", label: "<Back>" } },
    });
    const hostile = await openHost({
      portal: {
        product: `</script><script>alert(1)</script><!-- "'&`,
        authorize: () => null,
      },
    });
    const refused = await (await fetch(`${hostile.page}/nowhere`)).text();
    expect(refused).not.toContain("<script>");
    await hostile.close();
  });

  it("ends its script only where the script ends", async () => {
    const html = await (await open()).text();
    expect([...html.matchAll(/<\/script>/gi)]).toHaveLength(2);
    expect([...html.matchAll(/<\/style>/gi)]).toHaveLength(3);
  });

  it("has no token in it, nor any other secret", async () => {
    expect(await (await open()).text()).not.toContain(made.secret.slice(0, 15));
  });
});

describe("Every answer", () => {
  it.each(["GET /overview", "POST /connections", "GET /nowhere", "POST /connections/none/tokens", "PATCH /overview"])(
    "to %s is kept by no cache, guessed at by nobody, and can do nothing",
    async (line) => {
      const { headers } = await ask(host, line);
      expect(headers.get("cache-control")).toBe("no-store");
      expect(headers.get("content-type")).toBe("application/json; charset=utf-8");
      expect(headers.get("x-content-type-options")).toBe("nosniff");
      expect(headers.get("referrer-policy")).toBe("no-referrer");
      expect(headers.get("cross-origin-resource-policy")).toBe("same-origin");
      expect(headers.get("content-security-policy")).toBe("default-src 'none'; frame-ancestors 'none'");
      expect(headers.has("access-control-allow-origin")).toBe(false);
    },
  );

  it("of a page is kept by no cache", async () => {
    for (const path of ["", "/nowhere"]) {
      const { headers } = await fetch(host.page + path);
      expect(headers.get("cache-control")).toBe("no-store");
      expect(headers.get("x-content-type-options")).toBe("nosniff");
    }
  });

  it("to another method names those that there are", async () => {
    expect((await ask(host, "PATCH /overview")).headers.get("allow")).toBe("GET");
    const connection = await ask(host, `POST /connections/${made.id}`);
    expect([connection.status, connection.headers.get("allow")]).toEqual([405, "GET, PATCH, DELETE"]);
    const page = await fetch(host.page, { method: "POST", headers: { cookie: "session=owner" } });
    expect([page.status, page.headers.get("allow")]).toEqual([405, "GET, HEAD"]);
  });
});

describe("A request that changes something", () => {
  const json = "application/json";
  it.each<[string, Record<string, string | undefined>, number]>([
    ["of the page itself", { "sec-fetch-site": "same-origin" }, 200],
    ["of the page, by an older browser", {}, 200],
    ["with a charset", { "content-type": `${json}; charset=utf-8` }, 200],
    ["of another site", { "sec-fetch-site": "cross-site" }, 403],
    ["of a sibling domain", { "sec-fetch-site": "same-site" }, 403],
    ["of nobody knows what", { "sec-fetch-site": "none" }, 403],
    ["with another origin", { origin: "https://evil.example" }, 403],
    ["with the origin of a sandbox", { origin: "null" }, 403],
    ["with an origin that is none", { origin: "acme" }, 403],
    ["with another port", { origin: "http://127.0.0.1:1" }, 403],
    ["that does not say where it comes from", { origin: undefined }, 403],
    ["as a form sends it", { "content-type": "application/x-www-form-urlencoded" }, 415],
    ["as text", { "content-type": "text/plain" }, 415],
    ["as JSON that is none", { "content-type": "application/jsonp" }, 415],
    ["as a list of media types", { "content-type": "text/plain, application/json" }, 415],
    ["without a media type", { "content-type": "" }, 415],
  ])("%s", async (_what, headers, status) => {
    const answer = await ask(host, `POST /connections/${made.id}/resume`, { headers });
    expect(answer.status).toBe(status);
    expect(answer.status === 200 || isObject(answer.body.error)).toBe(true);
  });

  it("is not taken from another site by any method", async () => {
    for (const line of [`DELETE /connections/${made.id}?users=deactivate`, `PATCH /connections/${made.id}`]) {
      const answer = await ask(host, line, { headers: { origin: "https://evil.example" } });
      expect([line, answer.status]).toEqual([line, 403]);
    }
    const read = await ask(host, "GET /overview", { headers: { "sec-fetch-site": "cross-site" } });
    expect(read.status).toBe(403);
    expect((await ask(host, `GET /connections/${made.id}`)).status).toBe(200);
  });
});

describe("The log", () => {
  it("shows what a hostile identity provider sends as text, and none of its secrets", async () => {
    const script = "<script>alert(1)</script>";
    await provision(host, made.secret, "POST /Users", {
      schemas: ["urn:ietf:params:scim:schemas:core:2.0:User"],
      userName: script,
      active: script,
      password: "hunter2-hunter2",
    });
    await provision(host, made.secret, `GET /${encodeURIComponent(script)}`);
    await provision(host, made.secret, `GET /Users?filter=userName eq "secret-value"`);
    const { text, headers } = await ask(host, `GET /connections/${made.id}/log`);
    expect(headers.get("content-type")).toBe("application/json; charset=utf-8");
    for (const secret of ["hunter2", "secret-value", made.secret]) expect(text).not.toContain(secret);
  });
});
