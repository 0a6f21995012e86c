/** The fetch adapter: paths, bodies that are used or streamed, and failures. */
import { scimFetch } from "scimkit/fetch";
import { describe, expect, it } from "vitest";
import { scripted } from "./scripted.ts";

describe("scimFetch", () => {
  it("answers 404 with an envelope outside its path", async () => {
    const core = scripted();
    const handle = scimFetch(core.scim, { path: "/scim/v2" });
    const response = await handle(new Request("https://app.example/scim/v22/Users"));
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ status: "404" });
    expect(core.requests).toEqual([]);
  });

  it("derives the base URL from the request's origin", async () => {
    const core = scripted();
    await scimFetch(core.scim)(new Request("https://app.example:8443/Users#top"));
    await scimFetch(core.scim, { path: "scim/" })(new Request("https://app.example/scim?a=1"));
    expect(core.requests).toMatchObject([
      { url: "/Users", baseUrl: "https://app.example:8443" },
      { url: "?a=1", baseUrl: "https://app.example/scim" },
    ]);
  });

  it("joins a body that comes in pieces, and parts of a character with it", async () => {
    const core = scripted();
    const pieces = [Buffer.from('{"a":"'), Buffer.from([0xc3]), Buffer.from([0xb6]), Buffer.from('"}')];
    const body = ReadableStream.from(pieces.map((piece) => new Uint8Array(piece)));
    await scimFetch(core.scim)(new Request("https://app.example/Users", { method: "POST", body, duplex: "half" }));
    expect(core.requests[0]?.body).toEqual({ text: '{"a":"ö"}' });
  });

  it("stops reading a streamed body at the limit", async () => {
    let pulled = 0;
    let cancelled = false;
    const body = new ReadableStream({
      pull: (controller) => {
        pulled++;
        controller.enqueue(new Uint8Array(60));
      },
      cancel: () => {
        cancelled = true;
      },
    });
    const request = new Request("https://app.example/Users", { method: "POST", body, duplex: "half" });
    const response = await scimFetch(scripted().scim)(request);
    expect(response.status).toBe(413);
    expect(cancelled).toBe(true);
    expect(pulled).toBeLessThan(5);
  });

  it("says what to mend when the host has read the body and kept it", async () => {
    const request = new Request("https://app.example/Users", { method: "POST", body: "{}" });
    await request.text();
    const response = await scimFetch(scripted().scim)(request);
    expect(response.status).toBe(500);
    expect(await response.json()).toMatchObject({ detail: expect.stringContaining("mount the SCIM router before") });
  });

  it("answers an envelope for a body that breaks off", async () => {
    const body = new ReadableStream({ start: (controller) => controller.error(new Error("secret")) });
    const request = new Request("https://app.example/Users", { method: "POST", body, duplex: "half" });
    const response = await scimFetch(scripted().scim)(request);
    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain("secret");
  });
});
