/** `npm run demo:entra -- --fast` against the workspace app: what it leaves in the product's tables. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { playEntra } from "./demo.ts";
import { type RunningApp, startApp, startUp, token } from "./running.ts";

let app: RunningApp;
/** What the first play printed. */
let said: string;

beforeAll(async () => {
  app = await startApp();
  said = await playEntra(app, token);
}, startUp);

afterAll(() => app.close());

it("provisions people and teams into the product's own tables", async () => {
  expect(said).toContain("Done: 6 people are provisioned, one of them deactivated.");
  expect(await people()).toEqual([
    ["ann.lee@contoso.example", "Ann Ling", "Engineering", "member", true],
    ["bo.madsen@contoso.example", "Bo Madsen", "Engineering", "member", true],
    ["chloe.o'hara@contoso.example", "Chloé O'Hara", "Design", "member", true],
    ["dmitri.volkov@contoso.example", "Dmitri Volkov", "Engineering", "member", true],
    ["eva.schaefer@contoso.example", "Eva Schäfer", "Engineering", "member", true],
    ["femi.adeyemi@contoso.example", "Femi Adeyemi", "Engineering", "member", false],
    ["olivia@contoso.example", "Olivia Olsen", null, "owner", true],
  ]);
  expect(await teams()).toEqual({
    Design: ["Chloé O'Hara"],
    "On call": ["Ann Ling", "Dmitri Volkov"],
    "Platform Engineering": ["Bo Madsen", "Dmitri Volkov", "Eva Schäfer"],
  });
});

it("keeps what no column holds", async () => {
  const row = await app.product.db
    .selectFrom("users")
    .where("email", "=", "bo.madsen@contoso.example")
    .select(["scim_rest", "scim_external_id"])
    .executeTakeFirstOrThrow();
  const ann = await app.product.db
    .selectFrom("users")
    .where("email", "=", "ann.lee@contoso.example")
    .select(["id", "scim_rest"])
    .executeTakeFirstOrThrow();
  expect(row.scim_external_id).toBe("1b6f8a3c-2f0e-4c57-9a55-6a7fd4a4f0a1");
  expect(row.scim_rest).toMatchObject({
    emails: [{ value: "bo.madsen@contoso.example", type: "work", primary: true }],
    "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": { manager: { value: ann.id } },
  });
  expect(ann.scim_rest).toMatchObject({
    phoneNumbers: [
      { type: "mobile", value: "+45 55 12 34 56" },
      { type: "work", value: "+45 33 10 20 30" },
    ],
  });
});

it("invites each person once", () => {
  expect(app.letters.map(({ to }) => to).sort()).toHaveLength(6);
  expect(new Set(app.letters.map(({ to }) => to)).size).toBe(6);
});

it("comes to the same when it is played again", async () => {
  const [before, beforeTeams] = [await people(), await teams()];
  const again = await playEntra(app, token);
  expect(again.slice(0, again.indexOf("Done: 6 people"))).not.toContain("POST");
  expect(await people()).toEqual(before);
  expect(await teams()).toEqual({ ...beforeTeams });
  expect(app.letters).toHaveLength(6);
});

it("shows roles by groups, refusals, ended access, and the way back", () => {
  for (const line of [
    "admin, because in the group Workspace admins",
    "All 7 seats of Contoso are taken. Add seats, or assign fewer people",
    "ann.lee@contoso.example is the last owner of Contoso. Make somebody else an owner first",
    "receipt: sessions: 2 ended, 0 left",
    "receipt: apiTokens: 1 ended, 0 left",
    "letter to olivia@contoso.example: Your identity provider is deactivating many people",
    "would restore bo.madsen@contoso.example: active",
    "taken back: 5 people are active again, Femi Adeyemi is not",
    "Done: access is as told.",
  ])
    expect(said).toContain(line);
  expect(said).toMatch(/POST {2}\/Users → 403\n/);
  expect(said).toMatch(/Replace active "False" → 409\n/);
});

it("says what is wrong when it is refused", async () => {
  await expect(playEntra(app, "another-token")).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringContaining("was answered with 401"),
  });
  await expect(playEntra(app, "", { PORT: "1" })).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringContaining("Nothing is running on port 1"),
  });
});

async function people() {
  const rows = await app.product.db
    .selectFrom("users")
    .innerJoin("workspaces", "workspaces.id", "workspace_id")
    .where("name", "=", "Contoso HQ")
    .select(["email", "display_name", "department", "role", "disabled_at"])
    .orderBy("email")
    .execute();
  return rows.map(({ email, display_name, department, role, disabled_at }) => [
    email,
    display_name,
    department,
    role,
    disabled_at === null,
  ]);
}

async function teams(): Promise<Record<string, string[]>> {
  const rows = await app.product.db
    .selectFrom("teams")
    .leftJoin("team_members", "team_id", "teams.id")
    .leftJoin("users", "users.id", "user_id")
    .select(["teams.name", "display_name"])
    .orderBy("display_name")
    .execute();
  const names = [...new Set(rows.map(({ name }) => name))];
  const membersOf = (team: string) => rows.filter(({ name }) => name === team).map((row) => row.display_name ?? "");
  return Object.fromEntries(names.map((name) => [name, membersOf(name)]));
}
