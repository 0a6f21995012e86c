/** RFC 7644 §3.13 SCIM Protocol Versioning, over every mount. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { served } from "../../served.ts";
import { openService, person, type Service } from "../../service.ts";

describe.each(served())("§3.13 over '$name'", (mount) => {
  let service: Service;

  beforeAll(async () => {
    service = await openService(mount);
    await service.create("/Users", person("ann"));
  });
  afterAll(() => service.close());

  it("without a version below the base, the operation is done by SCIM 2.0", async () => {
    const { status, body } = await service.call("GET", "/Users");
    expect([status, body.schemas]).toEqual([200, ["urn:ietf:params:scim:api:messages:2.0:ListResponse"]]);
  });

  it("a request for a version that is not served is rejected", async () => {
    for (const path of ["/v1/Users", "/v3/Users", "/V1/Groups/1", "/v1"]) {
      const { status, body } = await service.call("GET", path);
      expect([status, body.scimType], path).toEqual([400, "invalidVers"]);
    }
  });
});
