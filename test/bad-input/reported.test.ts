/** What `onError` is told: what an operator can mend, and nothing else. */
import { createScim, type ScimError } from "scimkit";
import { memoryStores } from "scimkit/memory";
import { expect, test } from "vitest";

test("an answer of 500 is told, one of 501 or 400 is not", async () => {
  const told: ScimError[] = [];
  const { users } = memoryStores();
  const broken = { ...users, get: () => Promise.reject(new Error("connection refused by 10.0.0.7")) };
  const scim = createScim({
    users: broken,
    authenticate: () => ({}),
    features: { patch: false },
    onError: (error) => told.push(error),
  });
  const status = async (method: string, url: string): Promise<number> =>
    (await scim.handle({ method, url, headers: {}, baseUrl: "https://x.example" })).status;
  expect(await status("GET", "/Me")).toBe(501);
  expect(await status("PATCH", "/Users/1")).toBe(501);
  expect(await status("GET", "/Users?filter=x")).toBe(400);
  expect(told).toEqual([]);
  expect(await status("GET", "/Users/1")).toBe(500);
  expect(told.map(({ status, cause }) => [status, String(cause)])).toEqual([
    [500, "Error: connection refused by 10.0.0.7"],
  ]);
});
