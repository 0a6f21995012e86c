/** RFC 7643 §7 `returned: request`: in the answer to a write that names it, and where it is asked for. */
import { attribute, bearer, createScim, defineResource } from "scimkit";
import { memoryStore } from "scimkit/memory";
import { expect, it } from "vitest";
import { z } from "zod";

const Device = defineResource({
  name: "Device",
  urn: "urn:acme:params:scim:schemas:core:2.0:Device",
  schema: z.object({
    serial: z.string(),
    label: z.string().optional(),
    pin: attribute(z.string(), { returned: "request" }).optional(),
  }),
});

it("is returned by POST, PUT and PATCH that name it, and by queries that ask for it", async () => {
  const scim = createScim({
    resources: [{ type: Device, store: memoryStore() }],
    authenticate: bearer(() => ({ tenant: "a" })),
  });
  const pinOf = async (method: string, url: string, json?: unknown): Promise<unknown> => {
    const { body = "{}" } = await scim.handle({
      method,
      url,
      baseUrl: "https://a.example/scim",
      headers: { authorization: "Bearer t" },
      ...(json === undefined ? {} : { body: { json } }),
    });
    const { id, pin } = JSON.parse(body);
    path ||= `/Devices/${id}`;
    return pin;
  };
  let path = "";
  const device = { schemas: [Device.schema.id], serial: "1", pin: "7" };
  const patch = (value: unknown): unknown => ({
    schemas: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
    Operations: [{ op: "replace", value }],
  });
  expect(await pinOf("POST", "/Devices", device)).toBe("7");
  expect(await pinOf("GET", path)).toBeUndefined();
  expect(await pinOf("GET", `${path}?attributes=pin`)).toBe("7");
  expect(await pinOf("PATCH", path, patch({ pin: "8" }))).toBe("8");
  expect(await pinOf("PATCH", path, patch({ label: "x" }))).toBeUndefined();
  expect(await pinOf("PUT", path, { ...device, pin: "9" })).toBe("9");
});
