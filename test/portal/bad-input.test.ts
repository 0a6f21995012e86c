/** Every field of the page and every call of its API, with hostile values: a 4xx in JSON, and nothing has changed. */
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isObject } from "../match.ts";
import { type Answer, ask, listAt, type Made, make } from "./api.ts";
import { type OpenHost, openHost } from "./host.ts";

let host: OpenHost;
let made: Made;
let before: string;

beforeAll(async () => {
  host = await openHost({ workspacesPerOrganisation: 2 });
  made = await make(host);
  before = await state();
});
afterAll(async () => {
  expect(await state()).toBe(before);
  expect(host.errors).toEqual([]);
  await host.close();
});

/** All that an admin sees. */
const state = async (): Promise<string> =>
  (await ask(host, "GET /overview")).text + (await ask(host, `GET /connections/${made.id}`)).text;

const values: readonly (readonly [what: string, value: unknown])[] = [
  ["null", null],
  ["a number", 7.5],
  ["a boolean", true],
  ["a list", ["design"]],
  ["an object", { id: "design" }],
  ["an empty text", ""],
  ["a blank", " "],
  ["markup", "<img src=x onerror=alert(1)>"],
  ["SQL", "design' OR '1'='1"],
  ["a path", "../../design"],
  ["a null character", "design\0"],
  ["a line break", "design\r\nSet-Cookie: a=b"],
  ["a lone surrogate", "\ud800"],
  ["__proto__", "__proto__"],
  ["constructor", "constructor"],
  ["a text of 100,000 characters", "x".repeat(100_000)],
];

const refused = (answer: Answer): void => {
  expect(answer.status).toBeGreaterThanOrEqual(400);
  expect(answer.status).toBeLessThan(500);
  expect(answer.headers.get("content-type")).toMatch(/^application\/(?:scim\+)?json/);
  expect(isObject(answer.body.error) || typeof answer.body.detail === "string").toBe(true);
  expect(answer.text.length).toBeLessThan(500);
};

describe("A field of a body", () => {
  const fields: readonly (readonly [line: string, field: string, others: object])[] = [
    ["POST /connections", "workspace", { defaultRole: "member" }],
    ["POST /connections", "defaultRole", { workspace: "sales" }],
    ["PATCH /connections/:id", "workspace", {}],
    ["PATCH /connections/:id", "defaultRole", {}],
    ["POST /connections/:id/tokens/:token/rotate", "overlap", {}],
    ["POST /connections/:id/tokens", "expires", {}],
  ];
  describe.each(fields)("%s: %s", (line, field, others) => {
    it.each(values)("%s", async (_what, value) => {
      refused(await ask(host, filled(line), { body: { ...others, [field]: value } }));
    });
  });

  it.each(
    values.filter(([, value]) => typeof value !== "string" || value.includes("\0") || /[\r\n]|x{101}/.test(value)),
  )("label: %s", async (_what, label) => {
    refused(await ask(host, filled("POST /connections/:id/tokens"), { body: { label } }));
  });

  it("label: markup and the like are a text like any other", async () => {
    const other = await openHost();
    const { id } = await make(other);
    for (const label of ["<img src=x onerror=alert(1)>", "' OR 1=1", "__proto__", "لوحة 🗝️"]) {
      const { status } = await ask(other, `POST /connections/${id}/tokens`, { body: { label } });
      expect(status).toBe(201);
      const { body } = await ask(other, `GET /connections/${id}`);
      expect(listAt(body, "tokens").at(-1)?.label).toBe(label);
    }
    await other.close();
  });

  it.each([
    ["a negative number", -1],
    ["a fraction", 0.5],
    ["a year and a second", 31_536_001],
    ["more than there are numbers", 1e300],
    ["a number in words", "an hour"],
  ])("overlap: %s", async (_what, overlap) => {
    refused(await ask(host, filled("POST /connections/:id/tokens/:token/rotate"), { body: { overlap } }));
  });

  it.each([
    "2020-01-01T00:00:00Z",
    "2100-02-30T25:00:00Z",
    "2100-01-01",
    "2100-01-01T00:00:00",
    "1 January 2100",
    "4102444800000",
    "+275760-09-13T00:00:01Z",
  ])("expires: %s", async (expires) => {
    refused(await ask(host, filled("POST /connections/:id/tokens"), { body: { expires } }));
  });
});

describe("A body", () => {
  it.each([
    ["nothing", ""],
    ["no JSON", "{"],
    ["a list", "[]"],
    ["a text", '"design"'],
    ["null", "null"],
    ["a prototype", '{"__proto__": {"workspace": "sales", "defaultRole": "member"}}'],
    ["a field too many", '{"workspace": "sales", "defaultRole": "member", "ceiling": "admin"}'],
    ["an organisation", '{"organisation": "globex", "workspace": "sales", "defaultRole": "member"}'],
    ["more than 16 KiB", `{"workspace": "sales", "defaultRole": "member", "x": "${"x".repeat(17_000)}"}`],
    ["deep nesting", "[".repeat(5000)],
  ])("that is %s", async (_what, raw) => {
    refused(await ask(host, "POST /connections", { raw }));
  });

  it("where none is taken", async () => {
    for (const action of ["pause", "resume", "tokens/:token/revoke"]) {
      refused(await ask(host, filled(`POST /connections/:id/${action}`), { body: { force: true } }));
    }
  });
});

describe("A query", () => {
  it.each([
    "GET /roles",
    "GET /roles?workspace=",
    "GET /roles?workspace=design&workspace=sales",
    "GET /roles?workspace=design&organisation=globex",
    "GET /roles?workspace=%00",
    "GET /roles?workspace=design&connection=%3Cscript%3E",
    "GET /overview?organisation=globex",
    "GET /connections/:id?x=1",
    "GET /connections/:id/log?before=0",
    "GET /connections/:id/log?before=-1",
    "GET /connections/:id/log?before=1e3",
    "GET /connections/:id/log?before=99999999999999999999",
    "GET /connections/:id/log?limit=1000000",
    "DELETE /connections/:id",
    "DELETE /connections/:id?users=",
    "DELETE /connections/:id?users=delete",
    "DELETE /connections/:id?users=keep&users=deactivate",
  ])("%s", async (line) => {
    refused(await ask(host, filled(line)));
  });
});

describe("A path", () => {
  it.each([
    "GET /connections/__proto__",
    "GET /connections/constructor",
    "GET /connections/%2e%2e%2foverview",
    "GET /connections/%00",
    "GET /connections/%ff",
    "GET /connections/%3Cscript%3Ealert(1)%3C%2Fscript%3E",
    "GET /connections/:id/log/",
    "GET /connections/:id%20",
    "POST /connections/:id/tokens/__proto__/revoke",
    "POST /connections/:id/tokens/%2e%2e/revoke",
    `GET /connections/${"x".repeat(5000)}`,
  ])("%s", async (line) => {
    const answer = await ask(host, filled(line));
    refused(answer);
    expect(answer.text).not.toContain("<script>");
  });
});

describe("Any JSON at all", () => {
  it("makes no connection, and no server error", async () => {
    await fc.assert(
      fc.asyncProperty(fc.json(), async (raw) => refused(await ask(host, "POST /connections", { raw }))),
      { numRuns: 150 },
    );
  });
});

function filled(line: string): string {
  return line.replace(":id", made.id).replace(":token", made.tokenId);
}
