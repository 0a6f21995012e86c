/** RFC 7644 §3.7.4: the maximum payload size, where the host has parsed the body and nothing says how long it was. */
import { bearer, createScim } from "scimkit";
import { memoryStores } from "scimkit/memory";
import { expect, it } from "vitest";

it("the size of a parsed body without a Content-Length is that of its JSON", async () => {
  const scim = createScim({
    ...memoryStores(),
    authenticate: bearer(() => ({ tenant: "a" })),
    limits: { bulkPayload: 1_000 },
  });
  const statusOf = async (padding: string): Promise<number> => {
    const { status } = await scim.handle({
      method: "POST",
      url: "/Bulk",
      baseUrl: "https://a.example/scim",
      headers: { authorization: "Bearer t" },
      body: { json: { schemas: ["urn:ietf:params:scim:api:messages:2.0:BulkRequest"], padding, Operations: [] } },
    });
    return status;
  };
  expect(await statusOf("x".repeat(500))).toBe(200);
  expect(await statusOf("x".repeat(1_000))).toBe(413);
  expect(await statusOf("é".repeat(500))).toBe(413);
});
