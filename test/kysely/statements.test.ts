/** What the store asks of the database: no more than the request needs, and nothing that a client wrote. */
import fc from "fast-check";
import type { CompiledQuery } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { resourcesOf } from "../service.ts";
import { found, openSmallHost, patchOf, type SmallHost } from "./small-host.ts";

const enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
const heard: CompiledQuery[] = [];

let host: SmallHost;
beforeAll(async () => {
  host = await openSmallHost({ hear: (query) => heard.push(query) });
}, 60_000);
afterAll(() => host.close());
beforeEach(() => host.clear());

const create = async (body: object, path = "/Users"): Promise<string> => {
  const answer = await host.call("POST", path, body);
  expect([answer.status, answer.body.detail]).toEqual([201, undefined]);
  return String(answer.body.id);
};

/** The statements that `work` makes, each on one line. */
async function statementsOf(work: () => Promise<unknown>): Promise<readonly string[]> {
  heard.length = 0;
  await work();
  return heard.map(({ sql }) => sql.replaceAll(/\s+/g, " ").trim());
}

/** The columns that the updates among the statements set. */
async function columnsSet(work: () => Promise<unknown>): Promise<readonly string[]> {
  const statements = (await statementsOf(work)).filter((statement) => statement.startsWith("update"));
  return statements.flatMap((statement) =>
    [...(statement.split(" where ")[0] ?? "").matchAll(/"(\w+)" = /g)].map(([, column = ""]) => column),
  );
}

const ann = {
  userName: "ann@x.io",
  externalId: "e1",
  name: { givenName: "Ann", familyName: "Lee" },
  title: "Engineer",
  [enterprise]: { department: "R&D" },
};

describe("An update writes the columns whose attributes the request changed", () => {
  it.each([
    ["a column", { op: "replace", path: "name.givenName", value: "Anna" }, ["first_name"]],
    ["a column of an extension", { op: "replace", path: `${enterprise}:department`, value: "Ops" }, ["department"]],
    ["a column with rules", { op: "replace", path: "active", value: false }, ["disabled_at"]],
    ["the rest", { op: "replace", path: "title", value: "CTO" }, ["scim_attributes"]],
    ["the rest of an attribute in columns", { op: "add", path: "name.middleName", value: "B." }, ["scim_attributes"]],
    [
      "two of three",
      { op: "replace", value: { "name.givenName": "Anna", externalId: "e2", title: "Engineer" } },
      ["first_name", "scim_external_id"],
    ],
    ["nothing, where the value is the same", { op: "replace", path: "name.givenName", value: "Ann" }, []],
    ["nothing, where a flag is the same", { op: "replace", path: "active", value: true }, []],
  ])("PATCH: %s", async (_, operation, columns) => {
    const id = await create(ann);
    const set = await columnsSet(() => host.call("PATCH", `/Users/${id}`, patchOf(operation)));
    expect([...set].sort()).toEqual([...columns].sort());
  });

  it("PUT: what differs, and what is no longer said", async () => {
    const id = await create(ann);
    const { [enterprise]: _, ...rest } = ann;
    const next = { ...rest, name: { givenName: "Anna", familyName: "Lee" } };
    const set = await columnsSet(() => host.call("PUT", `/Users/${id}`, next));
    expect([...set].sort()).toEqual(["department", "first_name"]);
  });

  it("a column that the host changed meanwhile, and the client did not name, stays as it is", async () => {
    const id = await create(ann);
    await host.db.updateTable("users").set({ role: "owner", last_name: "Ray" }).execute();
    await host.call("PATCH", `/Users/${id}`, patchOf({ op: "replace", path: "name.givenName", value: "Anna" }));
    const row = await host.db.selectFrom("users").selectAll().executeTakeFirstOrThrow();
    expect(row).toMatchObject({ role: "owner", first_name: "Anna", last_name: "Ray" });
  });

  it("what the rest has beside SCIM's attributes stays as it is", async () => {
    const id = await create(ann);
    await host.db
      .updateTable("users")
      .set({ scim_attributes: JSON.stringify({ title: "Engineer", hostsOwn: 1 }) })
      .execute();
    await host.call("PATCH", `/Users/${id}`, patchOf({ op: "replace", path: "title", value: "CTO" }));
    const row = await host.db.selectFrom("users").select("scim_attributes").executeTakeFirstOrThrow();
    expect(row.scim_attributes).toEqual({ title: "CTO", hostsOwn: 1 });
  });
});

describe("A read selects the columns that the response shows", () => {
  it("of a user", async () => {
    const id = await create(ann);
    const [statement = ""] = await statementsOf(() => host.call("GET", `/Users/${id}?attributes=userName,externalId`));
    expect(statement).toMatch(/"scim_external_id".*"email".* from /);
    expect(statement).not.toMatch(/department|scim_attributes|disabled_at|first_name/);
    const [whole = ""] = await statementsOf(() => host.call("GET", `/Users/${id}`));
    expect(whole).toMatch(/department.* from /);
  });

  it("of groups: their members only where they are wanted", async () => {
    const id = await create(ann);
    await create({ displayName: "Design", members: [{ value: id }] }, "/Groups");
    const without = await statementsOf(() => host.call("GET", "/Groups?excludedAttributes=members"));
    expect(without.filter((statement) => statement.includes("team_members"))).toEqual([]);
    const withThem = await statementsOf(() => host.call("GET", "/Groups"));
    expect(withThem.filter((statement) => statement.includes("team_members"))).toHaveLength(1);
  });

  it("`groups` of a whole page of users with one join", async () => {
    for (const n of [1, 2, 3]) {
      const id = await create({ userName: `u${n}@x.io` });
      await create({ displayName: `Team ${n}`, members: [{ value: id }] }, "/Groups");
    }
    let page: Awaited<ReturnType<SmallHost["call"]>> | undefined;
    const statements = await statementsOf(async () => {
      page = await host.call("GET", "/Users");
    });
    expect(statements.filter((statement) => statement.includes("team_members"))).toHaveLength(1);
    expect(resourcesOf(page?.body ?? {}).map(({ groups }) => groups)).toEqual(
      [1, 2, 3].map((n) => [expect.objectContaining({ display: `Team ${n}` })]),
    );
  });

  it("no rows where only their number is asked for", async () => {
    await create(ann);
    const statements = await statementsOf(() => host.call("GET", "/Users?count=0"));
    expect(statements).toEqual([expect.stringMatching(/^select count\(\*\)/)]);
  });
});

describe("A change of members is statements on sets", () => {
  it("as many for 500 members as for one", async () => {
    const members = await host.db
      .insertInto("users")
      .values(Array.from({ length: 500 }, (_, n) => ({ workspace_id: 1, email: `u${n}@x.io`, role: "x" })))
      .returning("id")
      .execute();
    const values = members.map(({ id }) => ({ value: String(id) }));
    const count = async (value: readonly object[]): Promise<number> => {
      const group = await create({ displayName: "Design" }, "/Groups");
      const add = () => host.call("PATCH", `/Groups/${group}`, patchOf({ op: "add", path: "members", value }));
      return (await statementsOf(add)).length;
    };
    expect(await count(values)).toBe(await count(values.slice(0, 1)));
    expect(await host.db.selectFrom("team_members").select("user_id").execute()).toHaveLength(501);
  });

  it("that do not read the members there are", async () => {
    const [one, other] = [await create({ userName: "a@x.io" }), await create({ userName: "b@x.io" })];
    const group = await create({ displayName: "Design", members: [{ value: one }] }, "/Groups");
    const join = patchOf({ op: "add", path: "members", value: [{ value: other }] });
    const statements = await statementsOf(() => host.call("PATCH", `/Groups/${group}`, join));
    expect(statements.filter((statement) => /^select .*"team_members"/.test(statement))).toEqual([]);
  });
});

describe("Nothing that a client wrote is part of a statement", () => {
  it("whatever it is: in filters, bodies, ids and members", async () => {
    const marked = fc.string({ unit: "grapheme", maxLength: 20 }).map((text) => `zq'"\\${text};--`);
    await fc.assert(
      fc.asyncProperty(marked, fc.constantFrom("eq", "ne", "co", "sw", "ew", "gt", "le"), async (text, op) => {
        await host.clear();
        const literal = JSON.stringify(text);
        const id = encodeURIComponent(text);
        const statements = await statementsOf(async () => {
          for (const path of ["userName", "title", "emails.value", `${enterprise}:department`, "id", "groups.value"]) {
            await host.call("GET", found("/Users", `${path} ${op} ${literal}`));
          }
          await host.call("GET", found("/Users", `emails[type ${op} ${literal} and value pr]`));
          await host.call("GET", found("/Groups", `members.value ${op} ${literal}`));
          await host.call("POST", "/Users", { userName: text, title: text, emails: [{ value: text, type: text }] });
          await host.call("GET", `/Users/${id}`);
          await host.call("PATCH", `/Users/${id}`, patchOf({ op: "replace", path: "title", value: text }));
          await host.call("POST", "/Groups", { displayName: text, members: [{ value: text }] });
        });
        expect(statements.length).toBeGreaterThan(6);
        expect(statements.filter((statement) => statement.includes("zq"))).toEqual([]);
      }),
      { numRuns: 60 },
    );
    expect(host.errors).toEqual([]);
  });
});

describe("Text is matched as it is written", () => {
  it.each([
    ["%", ["50%"]],
    ["_", ["a_b"]],
    ["\\", ["back\\slash"]],
    ["'", ["it's"]],
  ])("co %j", async (literal, names) => {
    for (const userName of ["50%", "a_b", "axb", "back\\slash", "it's", "507"]) await create({ userName });
    const { body } = await host.call("GET", found("/Users", `userName co ${JSON.stringify(literal)}`));
    expect(resourcesOf(body).map(({ userName }) => userName)).toEqual(names);
  });
});

describe("Every statement is the tenant's", () => {
  it("whatever a filter says: tenant AND (filter)", async () => {
    await create({ userName: "ann@x.io" });
    const two = { authorization: "Bearer two" };
    for (const filter of [
      'userName pr or userName eq "x"',
      'not (userName eq "x")',
      'not (userName eq "x") or title pr',
      'emails pr or not (groups.value eq "1")',
    ]) {
      const { body } = await host.call("GET", found("/Users", filter), undefined, two);
      expect([filter, body.totalResults]).toEqual([filter, 0]);
    }
  });

  it("also those that read memberships", async () => {
    const id = await create({ userName: "ann@x.io" });
    await host.db.insertInto("teams").values({ workspace_id: 2, name: "Theirs" }).execute();
    const theirs = await host.db.selectFrom("teams").select("id").executeTakeFirstOrThrow();
    await host.db
      .insertInto("team_members")
      .values({ team_id: theirs.id, user_id: Number(id) })
      .execute();
    expect((await host.call("GET", `/Users/${id}`)).body.groups).toBeUndefined();
    expect((await host.call("GET", found("/Users", 'groups.display eq "Theirs"'))).body.totalResults).toBe(0);
  });
});
