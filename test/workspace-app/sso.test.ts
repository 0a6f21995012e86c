/** Single sign-on to the workspace app: only what the organisation's identity provider says of a sign-in begun here. */
import { createHmac } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { patch, provision } from "./provision.ts";
import { type RunningApp, startApp, startUp } from "./running.ts";
import { newVisitor, type Visitor } from "./visitor.ts";

let app: RunningApp;
let woodgrove: { readonly organisation: string; readonly secret: string; readonly token: string };

beforeAll(async () => {
  app = await startApp();
  const { db, connections } = app.product;
  const row = await db
    .selectFrom("organisations")
    .where("name", "=", "Woodgrove")
    .select(["id", "sso_secret"])
    .executeTakeFirstOrThrow();
  const connection = await connections.create(row.id, {});
  const { secret: token } = await connections.issueToken(row.id, connection.id);
  woodgrove = { organisation: row.id, secret: row.sso_secret ?? "", token };
  await provision(app, { userName: "walt@woodgrove.example", externalId: "idp-walt" }, token);
}, startUp);

afterAll(() => app.close());

it("lets the person in whom the connection has provisioned under this externalId", async () => {
  const { visitor, landing, nonce } = await departed("walt@woodgrove.example");
  const answer = await visitor.get(`${landing}?jwt=${assertion({ sub: "idp-walt", aud: landing, nonce })}`);
  expect(answer).toMatchObject({ status: 303, location: "/" });
  expect((await visitor.get("/")).location).toMatch(/^\/workspaces\//);
});

it("lets one of the organisation's own in who was there before, by the address", async () => {
  const { visitor, landing, nonce } = await departed("wanda@woodgrove.example");
  const jwt = assertion({ sub: "idp-wanda", aud: landing, nonce, email: "Wanda@woodgrove.example" });
  expect(await visitor.get(`${landing}?jwt=${jwt}`)).toMatchObject({ status: 303, location: "/" });
});

describe("nobody is let in", () => {
  it("whom no connection knows", async () => {
    const { visitor, landing, nonce } = await departed("who@woodgrove.example");
    const jwt = assertion({ sub: "idp-who", aud: landing, nonce, email: "who@woodgrove.example" });
    expect((await visitor.get(`${landing}?jwt=${jwt}`)).text).toContain("not in a workspace yet");
    expect(visitor.cookies.has("session")).toBe(false);
  });

  it("who belongs to another organisation", async () => {
    const { visitor, landing, nonce } = await departed("x@woodgrove.example");
    const jwt = assertion({ sub: "idp-x", aud: landing, nonce, email: "olivia@contoso.example" });
    expect((await visitor.get(`${landing}?jwt=${jwt}`)).status).toBe(403);
  });

  it("who is deactivated", async () => {
    const id = await provision(app, { userName: "dea@woodgrove.example", externalId: "idp-dea" }, woodgrove.token);
    const deactivate = [{ op: "Replace", path: "active", value: "False" }];
    expect(await patch(app, `/Users/${id}`, ...deactivate), "by another organisation's token").toBe(404);
    const body = JSON.stringify({ schemas: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], Operations: deactivate });
    await app.scim(woodgrove.token)({ method: "PATCH", path: `/Users/${id}`, body });
    const { visitor, landing, nonce } = await departed("y@woodgrove.example");
    const answer = await visitor.get(`${landing}?jwt=${assertion({ sub: "idp-dea", aud: landing, nonce })}`);
    expect(answer.status).toBe(403);
    expect(answer.text).toContain("deactivated");
  });

  it("by an assertion that was used, or begun in another browser", async () => {
    const { visitor, landing, nonce } = await departed("walt@woodgrove.example");
    const address = `${landing}?jwt=${assertion({ sub: "idp-walt", aud: landing, nonce })}`;
    expect((await newVisitor(app.origin).get(address)).status).toBe(403);
    expect((await visitor.get(address)).status).toBe(303);
    expect((await visitor.get(address)).status).toBe(403);
  });

  it.each<[string, (claims: Claims) => string]>([
    ["under another secret", (claims) => signed({ alg: "HS256" }, claims, "another")],
    ["that is not signed", (claims) => signed({ alg: "none" }, claims, "another").replace(/[^.]*$/, "")],
    ["with another algorithm's name", (claims) => signed({ alg: "RS256" }, claims, woodgrove.secret)],
    ["for another audience", (claims) => assertion({ ...claims, aud: "https://elsewhere.example" })],
    ["that is old", (claims) => assertion({ ...claims, iat: claims.iat - 600 })],
    ["from the future", (claims) => assertion({ ...claims, iat: claims.iat + 600 })],
    ["without a time", ({ sub, aud, nonce }) => signed({ alg: "HS256" }, { sub, aud, nonce }, woodgrove.secret)],
    ["without a subject", (claims) => assertion({ ...claims, sub: "" })],
    ["that is no JWT", () => "%00.%FF.null"],
    ["of null", () => signed(null, null, woodgrove.secret)],
  ])("by an assertion %s", async (_, forge) => {
    const { visitor, landing, nonce } = await departed("walt@woodgrove.example");
    const claims = { sub: "idp-walt", aud: landing, nonce, iat: Math.floor(Date.now() / 1000) };
    expect((await visitor.get(`${landing}?jwt=${forge(claims)}`)).status).toBe(403);
    expect(visitor.cookies.has("session")).toBe(false);
  });

  it("at an organisation without single sign-on", async () => {
    const { db } = app.product;
    const row = await db.selectFrom("organisations").where("name", "=", "Contoso").select("id").executeTakeFirst();
    expect((await newVisitor(app.origin).get(`/sso/${row?.id}?jwt=a.b.c`)).status).toBe(404);
    expect((await newVisitor(app.origin).get("/sso/%00?jwt=a.b.c")).status).toBe(404);
  });
});

interface Claims {
  readonly sub: string;
  readonly aud: string;
  readonly nonce: string;
  readonly iat: number;
}

/** A browser on its way to the identity provider, and what that was told. */
async function departed(email: string): Promise<{ visitor: Visitor; landing: string; nonce: string }> {
  const visitor = newVisitor(app.origin);
  const { location } = await visitor.post("/sign-in", { email });
  const { searchParams } = new URL(location ?? "");
  const landing = searchParams.get("redirect_uri") ?? "";
  expect(landing).toBe(`${app.origin}/sso/${woodgrove.organisation}`);
  return { visitor, landing, nonce: searchParams.get("nonce") ?? "" };
}

function assertion(claims: Omit<Claims, "iat"> & { readonly iat?: number; readonly email?: string }): string {
  return signed({ alg: "HS256", typ: "JWT" }, { iat: Math.floor(Date.now() / 1000), ...claims }, woodgrove.secret);
}

function signed(header: unknown, claims: unknown, secret: string): string {
  const text = [header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString("base64url")).join(".");
  return `${text}.${createHmac("sha256", secret).update(text).digest("base64url")}`;
}
