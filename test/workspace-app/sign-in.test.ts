/** Signing in to the workspace app: the address decides how. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { provision } from "./provision.ts";
import { ownerPassword, type RunningApp, startApp, startUp } from "./running.ts";
import { newVisitor, signedIn } from "./visitor.ts";

let app: RunningApp;

beforeAll(async () => {
  app = await startApp();
}, startUp);

afterAll(() => app.close());

describe("The sign-in page", () => {
  it("is where everybody without a session ends up", async () => {
    const visitor = newVisitor(app.origin);
    for (const path of ["/", "/settings", "/workspaces/9a3cf58b-a5fd-426f-8243-5e6e435bf237"]) {
      expect(await visitor.get(path)).toMatchObject({ status: 303, location: "/sign-in" });
    }
  });

  it("asks for the address first, and then for the password", async () => {
    const visitor = newVisitor(app.origin);
    expect((await visitor.get("/sign-in")).text).not.toContain('type="password"');
    const answer = await visitor.post("/sign-in", { email: "Olivia@CONTOSO.example" });
    expect(answer.status).toBe(200);
    expect(answer.text).toContain('type="password"');
    const { location } = await visitor.post("/sign-in/password", {
      email: "Olivia@CONTOSO.example",
      password: ownerPassword,
    });
    expect(location).toBe("/");
    expect(visitor.cookies.get("session")).toMatch(/^[\w-]{43}$/);
  });

  it("asks an address that nobody has for a password as well", async () => {
    const visitor = newVisitor(app.origin);
    const unknown = await visitor.post("/sign-in", { email: "nobody@nowhere.example" });
    const known = await visitor.post("/sign-in", { email: "olivia@contoso.example" });
    expect(unknown.text).toBe(known.text.replaceAll("olivia@contoso.example", "nobody@nowhere.example"));
    const form = { email: "nobody@nowhere.example", password: ownerPassword };
    expect(await visitor.post("/sign-in/password", form)).toMatchObject({ status: 401 });
  });

  it("sends people of an organisation that requires single sign-on to its identity provider", async () => {
    const visitor = newVisitor(app.origin);
    for (const email of ["wanda@woodgrove.example", "somebody.new@WOODGROVE.example"]) {
      const { status, location } = await visitor.post("/sign-in", { email });
      expect(status).toBe(303);
      const target = new URL(location ?? "");
      expect(target.origin + target.pathname).toBe("https://login.woodgrove.example/saml");
      expect(target.searchParams.get("login_hint")).toBe(email);
    }
  });

  it("takes no password where single sign-on is required, even if it is right", async () => {
    const visitor = newVisitor(app.origin);
    const form = { email: "wanda@woodgrove.example", password: ownerPassword };
    const { location } = await visitor.post("/sign-in/password", form);
    expect(location).toMatch(/^https:\/\/login\.woodgrove\.example\//);
    expect(visitor.cookies.has("session")).toBe(false);
  });

  it("may lead to the identity provider, though nothing else may be a form's target", async () => {
    const visitor = newVisitor(app.origin);
    expect((await visitor.get("/sign-in")).headers.get("content-security-policy")).not.toContain("form-action");
    expect((await visitor.get("/reset/x")).headers.get("content-security-policy")).toContain("form-action 'self'");
  });

  it("mails a provisioned person without a password a link to set one", async () => {
    await provision(app, { userName: "una@contoso.example", displayName: "Una" });
    const visitor = newVisitor(app.origin);
    expect((await visitor.post("/sign-in", { email: "una@contoso.example" })).text).toContain("Look into your mail");
    const [letter, ...more] = app.letters.filter(({ to }) => to === "una@contoso.example");
    expect(more, "the invitation's link is a minute old at the most").toEqual([]);
    const [link = ""] = /http\S+\/reset\/\S+/.exec(letter?.text ?? "") ?? [];
    expect((await visitor.get(link)).text).toContain("una@contoso.example");
    expect(await visitor.post(link, { password: "short" })).toMatchObject({ status: 400 });
    expect((await visitor.post(link, { password: "a long enough password" })).text).toContain("Your password is set");
    expect(await visitor.get(link), "a link is good for once").toMatchObject({ status: 404 });
    const una = await signedIn(app.origin, "una@contoso.example", "a long enough password");
    expect((await una.get((await una.get("/")).location ?? "")).text).toContain("Una");
  });

  it("refuses whoever is deactivated, and says so", async () => {
    await provision(app, { userName: "dea@contoso.example", active: false });
    const { status, text } = await newVisitor(app.origin).post("/sign-in", { email: "dea@contoso.example" });
    expect(status).toBe(403);
    expect(text).toContain("deactivated");
    expect(app.letters.filter(({ to }) => to === "dea@contoso.example")).toEqual([]);
  });

  it("takes ten wrong passwords, and then none for a while, the right one included", async () => {
    const visitor = newVisitor(app.origin);
    const email = "finn@fabrikam.example";
    for (let attempt = 1; attempt <= 10; attempt++) {
      expect(await visitor.post("/sign-in/password", { email, password: "wrong" })).toMatchObject({ status: 401 });
    }
    const right = await visitor.post("/sign-in/password", { email: "FINN@fabrikam.example", password: ownerPassword });
    expect(right.status).toBe(429);
  });
});

describe("A session", () => {
  it("ends where it was ended, and nowhere else", async () => {
    const one = await signedIn(app.origin, "nora@northwind.example", ownerPassword);
    const other = await signedIn(app.origin, "nora@northwind.example", ownerPassword);
    const cookie = one.cookies.get("session") ?? "";
    await one.post("/sign-out", {});
    expect(one.cookies.has("session")).toBe(false);
    const stolen = await newVisitor(app.origin).get("/", { Cookie: `session=${cookie}` });
    expect(stolen.location).toBe("/sign-in");
    expect((await other.get("/")).location).toMatch(/^\/workspaces\//);
  });

  it("is kept as a digest", async () => {
    const visitor = await signedIn(app.origin, "nora@northwind.example", ownerPassword);
    const rows = await app.product.db.selectFrom("sessions").select("token_hash").execute();
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.map(({ token_hash }) => token_hash)).not.toContain(visitor.cookies.get("session"));
  });

  it("is over when its person sets another password", async () => {
    const visitor = await signedIn(app.origin, "una@contoso.example", "a long enough password");
    const { db } = app.product;
    await db.deleteFrom("password_resets").execute();
    await visitor.post("/sign-in/forgotten", { email: "una@contoso.example" });
    const [link = ""] = /http\S+\/reset\/\S+/.exec(app.letters.at(-1)?.text ?? "") ?? [];
    await visitor.post(link, { password: "another long password" });
    expect((await visitor.get("/")).location).toBe("/sign-in");
  });
});
