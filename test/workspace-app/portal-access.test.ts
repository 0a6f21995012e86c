/** Who gets into the portal of the workspace app, and how far. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isObject } from "../match.ts";
import { provision } from "./provision.ts";
import { ownerPassword, type RunningApp, startApp, startUp } from "./running.ts";
import { newVisitor, signedIn, type Visitor } from "./visitor.ts";

const api = "/settings/scim/api";
let app: RunningApp;

beforeAll(async () => {
  app = await startApp();
}, startUp);

afterAll(() => app.close());

describe("The portal", () => {
  it("sends people who are not signed in to sign in, and tells its API's callers", async () => {
    const visitor = newVisitor(app.origin);
    expect(await visitor.get("/settings/scim")).toMatchObject({ status: 303, location: "/sign-in" });
    expect((await visitor.json("GET", `${api}/overview`)).status).toBe(403);
    expect((await visitor.json("POST", `${api}/connections`, {})).status).toBe(403);
  });

  it("is for owners", async () => {
    await provision(app, { userName: "mem@contoso.example" });
    const [link = ""] = /http\S+\/reset\/\S+/.exec(app.letters.at(-1)?.text ?? "") ?? [];
    await fetch(link, { method: "POST", body: new URLSearchParams({ password: "a long enough password" }) });
    const member = await signedIn(app.origin, "mem@contoso.example", "a long enough password");
    for (const path of ["/settings", "/settings/scim", `${api}/overview`]) {
      expect((await member.get(path, { "Sec-Fetch-Site": "same-origin" })).status, path).toBe(403);
    }
    expect((await member.post("/settings/sign-on", { url: "https://x.example" })).status).toBe(403);
  });

  it("shows and changes the connections of the owner's own organisation alone", async () => {
    const olivia = await signedIn(app.origin, "olivia@contoso.example", ownerPassword);
    const nora = await signedIn(app.origin, "nora@northwind.example", ownerPassword);
    const id = await onlyConnection(olivia);
    expect(await onlyConnection(nora)).toBeUndefined();
    for (const [method, path, body] of [
      ["GET", "", undefined],
      ["GET", "/log", undefined],
      ["PATCH", "", { defaultRole: "guest" }],
      ["POST", "/pause", {}],
      ["POST", "/tokens", {}],
      ["DELETE", "?users=deactivate", undefined],
    ] as const) {
      expect((await nora.json(method, `${api}/connections/${id}${path}`, body)).status, method + path).toBe(404);
    }
    expect(await olivia.json("GET", `${api}/connections/${id}`)).toMatchObject({ status: 200 });
    expect((await app.scim()({ method: "GET", path: "/Users?count=0" })).status).toBe(200);
  });

  it("offers no workspace of another organisation, and no role above the ceiling", async () => {
    const nora = await signedIn(app.origin, "nora@northwind.example", ownerPassword);
    const olivia = await signedIn(app.origin, "olivia@contoso.example", ownerPassword);
    const theirs = (await olivia.get("/")).location?.split("/").at(-1);
    const own = (await nora.get("/")).location?.split("/").at(-1);
    const create = (body: unknown) => nora.json("POST", `${api}/connections`, body);
    expect((await create({ workspace: theirs, defaultRole: "member" })).status).toBe(400);
    expect((await create({ workspace: own, defaultRole: "owner" })).status).toBe(400);
    expect(await onlyConnection(nora)).toBeUndefined();
  });

  it("listens to its own page alone", async () => {
    const olivia = await signedIn(app.origin, "olivia@contoso.example", ownerPassword);
    const id = await onlyConnection(olivia);
    const pause = `${api}/connections/${id}/pause`;
    expect((await olivia.json("POST", pause, {}, { "Sec-Fetch-Site": "cross-site" })).status).toBe(403);
    expect((await olivia.post(pause, {})).status).toBe(415);
    expect((await app.scim()({ method: "GET", path: "/Users?count=0" })).status).toBe(200);
  });
});

async function onlyConnection(owner: Visitor): Promise<unknown> {
  const { text } = await owner.json("GET", `${api}/overview`);
  const overview: unknown = JSON.parse(text);
  const connections = isObject(overview) && Array.isArray(overview.connections) ? overview.connections : [];
  const [first] = connections.filter(isObject);
  return first?.id;
}
