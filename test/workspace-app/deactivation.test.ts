/** What provisioning does in the workspace app: invitations, and access that ends with a deactivation. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { patch, provision } from "./provision.ts";
import { ownerPassword, type RunningApp, startApp, startUp } from "./running.ts";
import { signedIn, type Visitor } from "./visitor.ts";

const password = "a long enough password";
let app: RunningApp;

beforeAll(async () => {
  app = await startApp();
}, startUp);

afterAll(() => app.close());

it("invites a new person, with the connection's default role", async () => {
  const id = await provision(app, { userName: "ida@contoso.example", displayName: "Ida" });
  const letters = app.letters.filter(({ to }) => to === "ida@contoso.example");
  expect(letters).toMatchObject([{ subject: "Welcome to Contoso HQ" }]);
  expect(letters[0]?.text).toMatch(/^Hello Ida, .*\n.*http:\/\/localhost:\d+\/reset\/[\w-]{43}$/);
  expect(await rowOf(id)).toMatchObject({ role: "member", password_hash: null });
});

it("ends every session of a person who is deactivated, and no other", async () => {
  const { id, visitor } = await member("sam@contoso.example");
  const { visitor: bystander } = await member("bea@contoso.example");
  const second = await signedIn(app.origin, "sam@contoso.example", password);
  expect(await patch(app, `/Users/${id}`, { op: "Replace", path: "active", value: "False" })).toBe(200);
  expect(await app.product.db.selectFrom("sessions").where("user_id", "=", id).selectAll().execute()).toEqual([]);
  expect((await visitor.get("/")).location).toBe("/sign-in");
  expect((await second.get("/")).location).toBe("/sign-in");
  expect((await bystander.get("/")).location).toMatch(/^\/workspaces\//);
});

it("closes the live pages of a person who is deactivated", async () => {
  const { id, visitor } = await member("liv@contoso.example");
  const address = (await visitor.get("/")).location ?? "";
  const stream = await fetch(new URL(`${address}/live`, app.origin), { headers: cookies(visitor) });
  const text = stream.text();
  await patch(app, `/Users/${id}`, { op: "replace", value: { active: false } });
  expect(await text).toContain("data: changed");
  expect((await fetch(new URL(`${address}/live`, app.origin), { headers: cookies(visitor) })).url).toContain(
    "/sign-in",
  );
});

it("lets a person who is reactivated in again, with the password they had", async () => {
  const { id } = await member("rex@contoso.example");
  await patch(app, `/Users/${id}`, { op: "Replace", path: "active", value: "False" });
  await expect(signedIn(app.origin, "rex@contoso.example", password)).rejects.toThrow("403");
  await patch(app, `/Users/${id}`, { op: "Replace", path: "active", value: "True" });
  await signedIn(app.origin, "rex@contoso.example", password);
});

it("makes the link of a deactivated person good for nothing", async () => {
  const id = await provision(app, { userName: "lia@contoso.example" });
  const [link = ""] = /http\S+\/reset\/\S+/.exec(app.letters.at(-1)?.text ?? "") ?? [];
  await patch(app, `/Users/${id}`, { op: "Replace", path: "active", value: "False" });
  expect((await fetch(link)).status).toBe(404);
});

it("ends the sessions of a person who is deleted", async () => {
  const { id, visitor } = await member("del@contoso.example");
  expect((await app.scim()({ method: "DELETE", path: `/Users/${id}` })).status).toBe(204);
  expect((await visitor.get("/")).location).toBe("/sign-in");
});

it("leaves a role that was changed in the product as it is", async () => {
  const { id } = await member("pro@contoso.example");
  const owner = await signedIn(app.origin, "olivia@contoso.example", ownerPassword);
  const address = `${(await owner.get("/")).location}/people/${id}`;
  expect(await owner.post(`${address}/role`, { role: "admin" })).toMatchObject({ status: 303, location: address });
  await patch(app, `/Users/${id}`, { op: "Replace", path: "title", value: "Director" });
  expect(await rowOf(id)).toMatchObject({ role: "admin", job_title: "Director" });
});

async function member(email: string): Promise<{ readonly id: string; readonly visitor: Visitor }> {
  const id = await provision(app, { userName: email });
  const [link = ""] = /http\S+\/reset\/\S+/.exec(app.letters.at(-1)?.text ?? "") ?? [];
  await fetch(link, { method: "POST", body: new URLSearchParams({ password }) });
  return { id, visitor: await signedIn(app.origin, email, password) };
}

function rowOf(id: string) {
  return app.product.db.selectFrom("users").where("id", "=", id).selectAll().executeTakeFirst();
}

function cookies(visitor: Visitor): Record<string, string> {
  return { Cookie: [...visitor.cookies].map((pair) => pair.join("=")).join("; ") };
}
