/** Bad input to the workspace app's forms and addresses: refused, shown as text, and never a 500. */
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { client } from "../client.ts";
import { patch, provision, provisionGroup } from "./provision.ts";
import { ownerPassword, type RunningApp, startApp, startUp } from "./running.ts";
import { newVisitor, signedIn, type Visitor } from "./visitor.ts";

let app: RunningApp;
let owner: Visitor;
let workspace: string;

const markup = `<img src=x onerror=alert(1)>"'&`;
const hostile = [
  "",
  " ",
  "\0",
  "a\0b@x.example",
  "\ud800@x.example",
  "x@y.example\r\nBcc: all@z.example",
  "'; drop table users; --@x.example",
  `${markup.replaceAll(" ", "")}@x.example`,
  "__proto__",
  "constructor@prototype",
  "@",
];

beforeAll(async () => {
  app = await startApp();
  owner = await signedIn(app.origin, "olivia@contoso.example", ownerPassword);
  workspace = (await owner.get("/")).location ?? "";
}, startUp);

beforeEach(() => {
  vi.spyOn(console, "error");
  return () => {
    expect(console.error).not.toHaveBeenCalled();
    vi.restoreAllMocks();
  };
});

afterAll(() => app.close());

describe("Forms", () => {
  it.each([
    ...hostile.map((email) => [JSON.stringify(email), email] as const),
    ["2,000 characters", `${"a".repeat(2000)}@x.example`] as const,
  ])("take %s for an address, as far as they go", async (_, email) => {
    for (const path of ["/sign-in", "/sign-in/password", "/sign-in/forgotten"]) {
      const { status, text } = await newVisitor(app.origin).post(path, { email, password: email });
      expect([200, 303, 400, 401, 403]).toContain(status);
      expect(text).not.toContain("<img");
    }
  });

  it("take no field twice, and none that is nested", async () => {
    const visitor = newVisitor(app.origin);
    for (const form of [
      "email=olivia@contoso.example&email=x@y.example",
      "email[]=olivia@contoso.example",
      "email[$ne]=x",
      "__proto__[email]=olivia@contoso.example",
      "%zz=%zz&email",
    ]) {
      expect((await visitor.post("/sign-in", form)).status).toBe(400);
    }
  });

  it("are bounded", async () => {
    expect((await newVisitor(app.origin).post("/sign-in", { email: "a".repeat(100_000) })).status).toBe(413);
    const fields = Array.from({ length: 100 }, (_, index) => `f${index}=1`).join("&");
    expect((await newVisitor(app.origin).post("/sign-in", fields)).status).toBe(413);
  });

  it("are the product's own: another site's are refused", async () => {
    const form = { role: "guest" };
    for (const headers of [
      { "Sec-Fetch-Site": "cross-site" },
      { "Sec-Fetch-Site": "same-site" },
      { "Sec-Fetch-Site": "none" },
    ]) {
      expect((await owner.post("/settings/sign-on", form, headers)).status).toBe(403);
      expect((await owner.post("/sign-out", {}, headers)).status).toBe(403);
    }
    const { send, close } = client(app.origin);
    const headers = { Origin: "https://evil.example", "Content-Type": "application/x-www-form-urlencoded" };
    expect((await send({ method: "POST", path: "/sign-in", headers, body: "email=a@b" })).status).toBe(403);
    expect((await send({ method: "POST", path: "/sign-in", headers: { ...headers, Origin: "null" } })).status).toBe(
      403,
    );
    close();
  });

  it.each(["", "superuser", "__proto__", "owner'--", "Owner"])("give nobody the role %j", async (role) => {
    const id = await provision(app, { userName: `role-${role.length}-${role.charCodeAt(0)}@contoso.example` });
    expect((await owner.post(`${workspace}/people/${id}/role`, { role })).status).toBe(403);
  });

  it.each(["javascript:alert(1)", "http://plain.example", "//evil.example", "https://", "data:text/html,x", markup])(
    "take no sign-in URL %j",
    async (url) => {
      const { status, text } = await owner.post("/settings/sign-on", { url, required: "yes" });
      expect(status).toBe(400);
      expect(text).not.toContain("<img");
      expect((await newVisitor(app.origin).post("/sign-in", { email: "olivia@contoso.example" })).status).toBe(200);
    },
  );
});

describe("Addresses", () => {
  it.each([
    "/workspaces/1",
    "/workspaces/..%2f..",
    "/workspaces/%00",
    "/workspaces/00000000-0000-0000-0000-000000000000",
    "/workspaces/00000000-0000-0000-0000-000000000000/live",
    "/workspaces/%27%3B--/people/x",
    "/reset/__proto__",
    `/reset/${"a".repeat(100)}`,
    "/assets/..%2fsettings.ts",
    "/assets/%2e%2e/settings.ts",
    "/nothing/here",
  ])("that lead nowhere are not found: %s", async (path) => {
    expect((await owner.get(path)).status).toBe(404);
  });

  it.each(["/%", "/workspaces/%ff", "/assets/%E0%A4%A"])("that cannot be read say so: %s", async (path) => {
    expect([400, 404]).toContain((await owner.get(path)).status);
  });

  it.each(["0", "-1", "1e9", "99999", "9999999999", "2; drop table users", "%00", "1&people=2"])(
    "name a page of people only by a number: %s",
    async (page) => {
      expect((await owner.get(`${workspace}?people=${page}&teams=${page}`)).status).toBe(200);
    },
  );

  it("of other people's roles do nothing for whoever may not change them", async () => {
    const finn = await signedIn(app.origin, "finn@fabrikam.example", ownerPassword);
    const id = await provision(app, { userName: "target@contoso.example" });
    expect((await finn.post(`${workspace}/people/${id}/role`, { role: "guest" })).status).toBe(404);
    expect((await owner.post(`${workspace}/people/${id}/role`, { role: "owner" })).status).toBe(303);
  });
});

describe("What an identity provider sends", () => {
  it("is shown as text", async () => {
    const id = await provision(app, {
      userName: `"><script>alert(1)</script>@contoso.example`,
      displayName: markup,
      title: markup,
      nickName: markup,
      phoneNumbers: [{ value: "1", type: markup }],
    });
    const group = await provisionGroup(app, { displayName: markup, members: [{ value: id }] });
    for (const path of [workspace, `${workspace}/people/${id}`]) {
      const { text } = await owner.get(path);
      expect(text).toContain("&lt;img src=x onerror=alert(1)&gt;&quot;&#39;&amp;");
      expect(text).not.toMatch(/<img|<script>/);
    }
    expect((await app.scim()({ method: "DELETE", path: `/Groups/${group}` })).status).toBe(204);
  });

  it("adds no line to a letter", async () => {
    const log = vi.spyOn(console, "log").mockImplementation(() => {});
    const { printMail } = await import("../../examples/workspace-app/mail.ts");
    printMail({ to: "a@b.example\nBcc: x@y.example", subject: "Hello \u001b[2J", text: "one\r\u0007two" });
    const [printed] = log.mock.calls[0] ?? [];
    expect(String(printed).split("\n")).toEqual([
      "",
      "  ✉ To a@b.example Bcc: x@y.example: Hello  [2J",
      "  ✉ one  two",
      "",
    ]);
  });

  it("makes nobody an owner", async () => {
    const id = await provision(app, {
      userName: "climber@contoso.example",
      role: "owner",
      roles: [{ value: "owner", primary: true }],
    });
    await patch(app, `/Users/${id}`, {
      op: "replace",
      value: { role: "owner", "roles[primary eq true].value": "owner" },
    });
    const row = await app.product.db.selectFrom("users").where("id", "=", id).select("role").executeTakeFirst();
    expect(row?.role).toBe("member");
  });
});
