/** A group has a name: RFC 7643 §4.2; emptied by IdPs, D28. */
import { afterEach, describe, expect, it } from "vitest";
import { served } from "../served.ts";
import { openService, type Service } from "../service.ts";

describe.each(served())("§4.2 displayName over $name", (mount) => {
  let service: Service;
  afterEach(() => service.close());

  it("is REQUIRED: a group without one is refused on create, replace and PATCH", async () => {
    service = await openService(mount);
    const path = `/Groups/${await service.create("/Groups", { displayName: "Tour Guides" })}`;
    const patch = (operation: object) =>
      service.call("PATCH", path, {
        schemas: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
        Operations: [operation],
      });
    const refused = [
      await service.call("POST", "/Groups", {}),
      await service.call("POST", "/Groups", { displayName: "" }),
      await service.call("PUT", path, { members: [] }),
      await patch({ op: "replace", path: "displayName", value: "" }),
      await patch({ op: "Replace", value: { displayName: "" } }),
    ];
    for (const { status, body } of refused) {
      expect([status, body.scimType]).toEqual([400, "invalidValue"]);
      expect(body.detail).toContain("displayName");
    }
    for (const operation of [
      { op: "remove", path: "displayName" },
      { op: "replace", path: "displayName", value: null },
    ]) {
      const { status, body } = await patch(operation);
      expect([status, body.scimType]).toEqual([400, "mutability"]);
    }
    expect((await service.call("GET", path)).body.displayName).toBe("Tour Guides");
  });
});
