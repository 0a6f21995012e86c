/** RFC 7644 §3.7: a bulk request is long work, in which other requests have their turn. */
import { createScim, type Scim } from "scimkit";
import { memoryStores } from "scimkit/memory";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { isObject, type JsonObject } from "../match.ts";
import { person } from "../service.ts";

const count = 400;
const padding = "x".repeat(2_000);

let scim: Scim;
let clock: ReturnType<typeof vi.spyOn>;

beforeEach(() => {
  const limits = { bulkPayload: 4_000_000 };
  scim = createScim({ ...memoryStores(), authenticate: () => "anyone", limits });
  // Every look at the clock finds a millisecond gone: how often there is a pause depends on the work alone.
  let now = 0;
  clock = vi.spyOn(performance, "now").mockImplementation(() => now++);
});
afterEach(() => {
  clock.mockRestore();
});

const operations = (nickName: string): readonly JsonObject[] =>
  Array.from({ length: count }, (_, index) => ({
    method: "POST",
    path: "/Users",
    bulkId: `b${index}`,
    data: person(`user${index}`, { nickName }),
  }));

/** Sends a bulk request, and counts how often others could have had a turn before it was answered. */
async function turnsDuring(text: string): Promise<{ readonly turns: number; readonly body: JsonObject }> {
  let turns = 0;
  let isAnswered = false;
  const other = (): void => {
    if (isAnswered) return;
    turns++;
    setImmediate(other);
  };
  setImmediate(other);
  const headers = { "content-type": "application/scim+json" };
  const answer = await scim.handle({ method: "POST", url: "/Bulk", baseUrl: "https://a.io", headers, body: { text } });
  isAnswered = true;
  const body: unknown = JSON.parse(answer.body ?? "");
  return { turns, body: isObject(body) ? body : {} };
}

const message = (Operations: readonly unknown[]): string =>
  JSON.stringify({ schemas: ["urn:ietf:params:scim:api:messages:2.0:BulkRequest"], Operations });

const statuses = ({ Operations }: JsonObject): readonly unknown[] =>
  Array.isArray(Operations) ? Operations.map(({ bulkId, status }) => `${bulkId} ${status}`) : [];
const created = Array.from({ length: count }, (_, index) => `b${index} 201`);

it("others have a turn while operations are read, while they are done, and while they are answered", async () => {
  const { turns, body } = await turnsDuring(message(operations("short")));
  expect(statuses(body)).toEqual(created);
  // The clock is looked at once for each operation in each of the three, and every third millisecond is a pause.
  expect(turns).toBeGreaterThan(count / 2);
});

it("a long body is parsed in pieces, with a turn for others first, and reads as it would at once", async () => {
  const text = message(operations(padding));
  expect(text.length).toBeGreaterThan(262_144);
  const { turns, body } = await turnsDuring(text);
  expect(statuses(body)).toEqual(created);
  expect(turns).toBeGreaterThan(count / 2);
  const { body: user } = await scim.handle({
    method: "GET",
    url: "/Users?filter=userName+eq+%22user399%22",
    baseUrl: "https://a.io",
    headers: {},
  });
  expect(user).toContain(`"nickName":"${padding}"`);
});

it("a long body that is no JSON, or nested too deep, is refused as a short one is", async () => {
  const whole = message(operations(padding));
  const refused = async (text: string): Promise<JsonObject> => (await turnsDuring(text)).body;
  const notJson = { status: "400", scimType: "invalidSyntax", detail: "The request body is not valid JSON." };
  expect(await refused(whole.slice(0, -1))).toMatchObject(notJson);
  expect(await refused(whole.replace('{"method":"POST"', "{method:POST"))).toMatchObject(notJson);
  expect(await refused(whole.replace(padding, "[".repeat(100)).replaceAll('"[', "["))).toMatchObject({
    status: "400",
    detail: "The request body is nested more than 64 levels deep.",
  });
});

it("a bulkId in a path that is not percent-encoded UTF-8 fails its operation alone", async () => {
  const broken = { method: "PATCH", path: "/Users/bulkId:%E0%A4%A", data: {} };
  const { body } = await turnsDuring(message([broken, ...operations("short").slice(0, 1)]));
  expect(statuses(body)).toEqual(["undefined 400", "b0 201"]);
});

it("letters of a reference that are escaped are read as they are", async () => {
  const group = {
    method: "POST",
    path: "/Groups",
    bulkId: "g",
    data: {
      schemas: ["urn:ietf:params:scim:schemas:core:2.0:Group"],
      displayName: "G",
      members: [{ value: "bulkId:b0" }],
    },
  };
  const text = message([...operations("short").slice(0, 1), group]).replace("bulkId:b0", "\\u0062ulkId:b0");
  const { body } = await turnsDuring(text);
  expect(statuses(body)).toEqual(["b0 201", "g 201"]);
});
