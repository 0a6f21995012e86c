/** RFC 7644 §1.2 percent-encoding and §1.3 Base URI, over every mount. */
import { memoryStore } from "scimkit/memory";
import { afterEach, describe, expect, it } from "vitest";
import { served } from "../../served.ts";
import { openService, person, resourcesOf, type Service } from "../../service.ts";
import { Device, device } from "./requests.ts";

describe.each(served())("§1 over '$name'", (mount) => {
  let service: Service;
  afterEach(() => service.close());

  it("every URL in a response is percent-encoded, and leads to its resource (§1.2)", async () => {
    const devices = memoryStore();
    const prefix = "å b/?#";
    const named = <T extends { readonly id: string }>(stored: T): T => ({ ...stored, id: prefix + stored.id });
    service = await openService(mount, {
      resources: [
        {
          type: Device,
          store: {
            ...devices,
            create: async (draft, want, context) => named(await devices.create(draft, want, context)),
            get: async (id, want, context) => {
              const found = id.startsWith(prefix)
                ? await devices.get(id.slice(prefix.length), want, context)
                : undefined;
              return found === undefined ? undefined : named(found);
            },
          },
        },
      ],
    });
    const { body, headers } = await service.call("POST", "/Devices", device("1"));
    const path = String(headers.location).replace(/^.*(?=\/Devices\/)/, "");
    expect(path).toBe(`/Devices/${encodeURIComponent(String(body.id))}`);
    expect((await service.call("GET", path)).body.id).toBe(body.id);
  });

  it("a percent-encoded request is the same as one that is not (§1.2)", async () => {
    service = await openService(mount);
    await service.create("/Users", person("ann"));
    for (const path of [
      '/Users?filter=userName eq "ann"',
      "/Users?filter=userName%20eq%20%22ann%22",
      "/Users?filter=userName+eq+%22ann%22",
      "/%55sers?%66ilter=userName%20eq%20%22ann%22",
    ]) {
      expect(resourcesOf((await service.call("GET", path)).body), path).toHaveLength(1);
    }
  });

  it("the service answers under any path prefix, and its locations have it (§1.3)", async () => {
    service = await openService(mount);
    const { headers } = await service.call("POST", "/Users", person("ann"));
    expect(headers.location).toMatch(/^http:\/\/[^/]+\/scim\/v2\/Users\/[^/]+$/);
    await service.close();
    service = await openService(mount, { baseUrl: "https://example.com/scim/tenancypath/" });
    const fixed = await service.call("POST", "/Users", person("bob"));
    expect(fixed.headers.location).toBe(`https://example.com/scim/tenancypath/Users/${fixed.body.id}`);
  });
});
