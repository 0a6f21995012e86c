/** What createPortal takes, and refuses at start-up with the option's name. */
import express from "express";
import Koa, { type Context } from "koa";
import { createConnections, memoryConnections } from "scimkit/connections";
import { portalRouter as expressPortal } from "scimkit/express";
import { portalRouter as koaPortal } from "scimkit/koa";
import { createPortal, type PortalOptions } from "scimkit/portal";
import { describe, expect, it } from "vitest";
import { serve } from "../mounts.ts";
import { openHost } from "./host.ts";

const sound: PortalOptions<unknown> = {
  connections: createConnections({ store: memoryConnections() }),
  product: "Acme",
  scimUrl: "https://app.example/scim/v2",
  authorize: () => null,
};

describe("createPortal", () => {
  it.each<[string, Partial<PortalOptions<unknown>>]>([
    ["product", { product: "" }],
    ["scimUrl", { scimUrl: "scim/v2" }],
    ["scimUrl", { scimUrl: "//evil.example/scim" }],
    ["scimUrl", { scimUrl: "https://app.example/scim?x=1" }],
    ["back.url", { back: { url: "javascript:alert(1)", label: "Back" } }],
    ["scheme", { scheme: JSON.parse('"blue"') }],
    ["locale", { locale: JSON.parse('"es"') }],
    ["css", { css: "</style><script>" }],
    ["frameAncestors", { frameAncestors: ["self"] }],
    ["frameAncestors", { frameAncestors: ["https://a.example; script-src *"] }],
    ["authorize", { authorize: JSON.parse("null") }],
  ])("names `%s` when it makes no sense", (name, over) => {
    expect(() => createPortal({ ...sound, ...over })).toThrow(new RegExp(`\`${name.replace(".", "\\.")}\``));
  });

  it("takes sound options", () => {
    expect(createPortal(sound).maxBodySize).toBe(16_384);
  });
});

describe("The language", () => {
  const open = async (locale: PortalOptions<unknown>["locale"]): Promise<string> => {
    const host = await openHost({ portal: locale === undefined ? {} : { locale } });
    const headers = { cookie: "session=owner", "accept-language": "fr-FR,fr;q=0.9" };
    const html = await (await fetch(host.page, { headers })).text();
    await host.close();
    return /<html lang="(\w+)">/.exec(html)?.[1] ?? "";
  };

  it("is the browser's, the host's, or what the host says of a request", async () => {
    expect(await open(undefined)).toBe("fr");
    expect(await open("de")).toBe("de");
    expect(await open(() => "nl")).toBe("nl");
    expect(await open(() => undefined)).toBe("fr");
  });
});

describe("The SCIM URL", () => {
  it.each<[PortalOptions<unknown>["scimUrl"], string]>([
    ["https://scim.acme.example/v2", "https://scim.acme.example/v2"],
    ["https://scim.acme.example/v2/", "https://scim.acme.example/v2"],
    ["/scim/v2", "ORIGIN/scim/v2"],
    [(organisation) => `https://${organisation}.example/scim`, "https://acme.example/scim"],
  ])("%s is shown as %s", async (scimUrl, shown) => {
    const host = await openHost({ portal: { scimUrl } });
    const html = await (await fetch(host.page, { headers: { cookie: "session=owner" } })).text();
    expect(html).toContain(`"scimUrl":"${shown.replace("ORIGIN", host.origin)}"`);
    await host.close();
  });
});

describe("`authorize`", () => {
  it("is given Express's own request", async () => {
    const portal = createPortal({
      ...sound,
      authorize: (request: express.Request) =>
        request.get("x-user") === "ann" ? { organisation: "acme", actions: "all" } : null,
    });
    const { baseUrl, close } = await serve(express().use("/scim", expressPortal(portal)), "/scim");
    expect((await fetch(baseUrl, { headers: { "x-user": "ann" } })).status).toBe(200);
    expect((await fetch(baseUrl)).status).toBe(403);
    await close();
  });

  it("is given Koa's own context", async () => {
    const portal = createPortal({
      ...sound,
      authorize: (ctx: Context) => (ctx.state.user === "ann" ? { organisation: "acme", actions: ["read"] } : undefined),
    });
    const app = new Koa()
      .use((ctx, next) => {
        ctx.state.user = ctx.get("x-user");
        return next();
      })
      .use(koaPortal(portal, { path: "/scim" }))
      .use((ctx) => {
        ctx.body = "the host's own page";
      });
    const { baseUrl, close } = await serve(app.callback(), "/scim");
    expect((await fetch(baseUrl, { headers: { "x-user": "ann" } })).status).toBe(200);
    expect((await fetch(baseUrl)).status).toBe(403);
    expect(await (await fetch(`${baseUrl}-else`)).text()).toBe("the host's own page");
    await close();
  });
});
