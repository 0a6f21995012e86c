/** Whatever bytes arrive, in whatever place, the answer is valid SCIM and no failure of ours. */
import fc from "fast-check";
import { ScimError, type ScimRequest, type ScimResponse } from "scimkit";
import { beforeEach, describe, expect, test } from "vitest";
import { type Host, memoryHost, token } from "../host.ts";
import { isObject } from "../match.ts";
import { anyJson, anyText, body, headers, json, method, name, targeted, url } from "../request-arbitrary.ts";
import { errorUrn, patchOp } from "../session.ts";

const runs = 2_000;
const baseUrl = "https://app.example/scim/v2";

let host: Host;
let ids: ReadonlyMap<string, string>;

beforeEach(() => {
  ids = new Map();
  host = memoryHost({ onEvent: () => {}, me: () => ids.get("{ann}") ?? null });
});

/** Sees to it that there are a user and a group to aim at, whatever was done to them before. */
async function plant(): Promise<void> {
  const present = Object.values((await host.state()).users).some(({ id }) => id === ids.get("{ann}"));
  const { groups } = await host.state();
  if (present && Object.hasOwn(groups, "Team")) return;
  host = memoryHost({ onEvent: () => {}, me: () => ids.get("{ann}") ?? null });
  const ann = await host.create("/Users", { userName: "ann", emails: [{ value: "ann@x.io", type: "work" }] });
  const team = await host.create("/Groups", { displayName: "Team", members: [{ value: ann }] });
  ids = new Map([
    ["{ann}", ann],
    ["{team}", team],
  ]);
}

/** Puts the ids of this host into the texts of a value, where an arbitrary says so. */
function located<T>(value: T): T {
  if (value === undefined) return value;
  const text = [...ids].reduce((changed, [mark, id]) => changed.replaceAll(mark, id), JSON.stringify(value));
  return JSON.parse(text);
}

/** What is wrong with an answer as SCIM; empty if nothing is. A POST to /Me is not offered: 501, as §3.11 has it. */
function problems({ status, headers: answered, body: text }: ScimResponse): readonly string[] {
  const found: string[] = [];
  const must = (holds: boolean, what: string): void => {
    if (!holds) found.push(what);
  };
  const isUnoffered = status === 501 && text?.includes("/Me") === true;
  must(Number.isInteger(status) && status >= 200 && (status < 500 || isUnoffered), `status ${status}`);
  for (const [key, value] of Object.entries(answered))
    must(/^[\t\u0020-\u007e]*$/.test(value), `header ${key}: ${value}`);
  must((text === undefined) === (status === 204 || status === 304), `status ${status} with body ${text}`);
  if (text === undefined) return found;
  must(answered["Content-Type"]?.startsWith("application/scim+json") === true, "content type");
  const parsed: unknown = JSON.parse(text);
  must(isObject(parsed), "no object");
  if (!isObject(parsed)) return found;
  must(Array.isArray(parsed.schemas) && parsed.schemas.length > 0, "no schemas");
  must(Object.hasOwn(parsed, "polluted") === false, "polluted");
  if (status < 400) return found;
  must(JSON.stringify(parsed.schemas) === JSON.stringify([errorUrn]), "another schema than Error");
  must(parsed.status === String(status), "another status in the body");
  must(
    typeof parsed.detail === "string" && parsed.detail.length > 0 && parsed.detail.length < 600,
    "no detail, or too much",
  );
  return found;
}

async function holds(request: Omit<ScimRequest, "baseUrl">): Promise<void> {
  await plant();
  const { body: content } = request;
  const asked: ScimRequest = {
    ...request,
    url: located(request.url),
    baseUrl,
    ...(content === undefined
      ? {}
      : { body: "text" in content ? { text: located(content.text) } : { json: located(content.json) } }),
  };
  const told = host.errors.length;
  const response = await host.scim.handle(asked);
  expect(problems(response), JSON.stringify(response).slice(0, 500)).toEqual([]);
  expect(host.errors.slice(told).filter((error) => !(error instanceof ScimError && error.status === 501))).toEqual([]);
}

describe("Any request", () => {
  test("any path, query, headers and body", async () => {
    await fc.assert(
      fc.asyncProperty(method, url, headers, body, async (verb, target, given, content) => {
        const authorized = { ...given, authorization: `Bearer ${token}` };
        await holds({
          method: verb,
          url: target,
          headers: authorized,
          ...(content === undefined ? {} : { body: content }),
        });
      }),
      { numRuns: runs },
    );
  });

  test("any JSON, where it is looked at", async () => {
    await fc.assert(
      fc.asyncProperty(targeted, anyJson, async ([verb, target], value) => {
        const authorized = { authorization: `Bearer ${token}`, "content-type": "application/scim+json" };
        await holds({
          method: verb,
          url: target,
          headers: authorized,
          body: { text: JSON.stringify(value) ?? "" },
        });
      }),
      { numRuns: runs },
    );
  });

  test("any filter, in the URL and in a search", async () => {
    await fc.assert(
      fc.asyncProperty(anyText, fc.constantFrom("/Users", "/Groups", ""), async (filter, endpoint) => {
        const authorized = { authorization: `Bearer ${token}` };
        const query = encodeURIComponent(Buffer.from(filter).toString());
        await holds({ method: "GET", url: `${endpoint}?filter=${query}`, headers: authorized });
        await holds({ method: "POST", url: `${endpoint}/.search`, headers: authorized, body: { json: { filter } } });
      }),
      { numRuns: runs },
    );
  });

  test("any path of a PATCH", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(name, anyText),
        fc.constantFrom("add", "replace", "remove"),
        json,
        async (path, op, value) => {
          const authorized = { authorization: `Bearer ${token}` };
          const content = { json: { schemas: [patchOp], Operations: [{ op, path, value }] } };
          for (const id of ["/Users/{ann}", "/Groups/{team}"]) {
            await holds({ method: "PATCH", url: id, headers: authorized, body: content });
          }
        },
      ),
      { numRuns: runs },
    );
  });

  test("any Authorization but the right one is 401", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          anyText,
          anyText.map((text) => `Bearer ${text}`),
        ),
        method,
        url,
        async (authorization, verb, target) => {
          const response = await host.scim.handle({ method: verb, url: target, headers: { authorization }, baseUrl });
          expect([response.status, problems(response)]).toEqual([401, []]);
          expect(response.headers["WWW-Authenticate"]).toMatch(/^Bearer/);
        },
      ),
      { numRuns: runs },
    );
  });
});
