/** An id is any text: what no key can be finds nothing, and is never an error. RFC 7643 §3.1, RFC 7644 §3.4.1. */
import fc from "fast-check";
import { createScim } from "scimkit";
import { scimkitTables } from "scimkit/kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Ctx, createTables, mapTables, openDatabase } from "./host.ts";
import { found, patchOf } from "./small-host.ts";
import { databases, stopServer } from "./stores.ts";

afterAll(stopServer);

/** What looks like a key, and is none: users have integer keys or UUIDs, groups have UUIDs. */
const texts = [
  "",
  "0",
  "-1",
  "01",
  "+1",
  "1.0",
  "1e3",
  "0x1",
  " 1",
  "1 ",
  "１",
  "2147483648",
  "9223372036854775808",
  "99999999999999999999999999",
  "NaN",
  "Infinity",
  "null",
  "true",
  "ann",
  "' or 1=1 --",
  "%",
  "a\u0000b",
  "6f1d1a33-9f55-4c1c-8f0e-0d3c0b8f1c9e",
  "6F1D1A33-9F55-4C1C-8F0E-0D3C0B8F1C9E",
  "{6f1d1a33-9f55-4c1c-8f0e-0d3c0b8f1c9e}",
  "6f1d1a339f554c1c8f0e0d3c0b8f1c9e",
  "6f1d1a33-9f55-4c1c-8f0e-0d3c0b8f1c9",
  "😀",
  "x".repeat(2_000),
];
const anyId = fc.oneof(fc.constantFrom(...texts), fc.uuid(), fc.integer().map(String), fc.string({ unit: "binary" }));

const layouts = [
  [
    "mapped tables",
    async (url: string | undefined) => {
      const db = await openDatabase(url);
      await createTables(db);
      return mapTables(db);
    },
  ],
  [
    "ready-made tables",
    async (url: string | undefined) => {
      const db = await openDatabase(url);
      const tables = scimkitTables(db, { tenant: ({ workspaceId }: Ctx) => String(workspaceId) });
      await tables.migrate();
      return { ...tables, db };
    },
  ],
] as const;

describe.each(databases)("%s", (_, url) => {
  describe.each(layouts)("%s", (_name, open) => {
    let call: (
      method: string,
      path: string,
      json?: unknown,
    ) => Promise<{ status: number; body: Record<string, unknown> }>;
    let close = async (): Promise<void> => {};
    const errors: unknown[] = [];
    const mine: { user: string; team: string } = { user: "", team: "" };

    beforeAll(async () => {
      const { users, groups, db } = await open(url);
      const scim = createScim<Ctx>({
        users,
        groups,
        authenticate: () => ({ workspaceId: 1 }),
        onError: (error) => {
          errors.push(error);
        },
      });
      close = () => db.destroy();
      call = async (method, path, json) => {
        const body = json === undefined ? {} : { body: { json } };
        const answer = await scim.handle({ method, url: path, baseUrl: "https://app.example", headers: {}, ...body });
        return { status: answer.status, body: JSON.parse(answer.body ?? "{}") };
      };
      mine.user = String((await call("POST", "/Users", { userName: "zoe" })).body.id);
      mine.team = String(
        (await call("POST", "/Groups", { displayName: "Team", members: [{ value: mine.user }] })).body.id,
      );
    }, 60_000);
    afterAll(() => close());

    const isMine = (id: string): boolean => id === mine.user || id === mine.team;
    const each = async (check: (id: string) => Promise<void>): Promise<void> => {
      errors.length = 0;
      const ids = anyId.filter((id) => !isMine(id));
      await fc.assert(fc.asyncProperty(ids, check), { numRuns: 60, examples: texts.map((text) => [text] as [string]) });
      expect(errors).toEqual([]);
    };

    it("GET, PUT, PATCH and DELETE of it answer 404", async () => {
      await each(async (id) => {
        const segment = encodedSegment(id);
        if (segment === undefined) return;
        for (const endpoint of ["/Users", "/Groups"]) {
          const path = `${endpoint}/${segment}`;
          const answers = [
            await call("GET", path),
            await call("PUT", path, { userName: "x", displayName: "x" }),
            await call("PATCH", path, patchOf({ op: "replace", path: "displayName", value: "x" })),
            await call("DELETE", path),
          ];
          expect([id, ...answers.map(({ status }) => status)]).toEqual([id, 404, 404, 404, 404]);
        }
        const join = patchOf({ op: "add", path: "members", value: [{ value: mine.user }] });
        expect((await call("PATCH", `/Groups/${segment}`, join)).status).toBe(404);
      });
    }, 120_000);

    it("filters that compare with it match nothing", async () => {
      await each(async (id) => {
        const literal = JSON.stringify(id);
        for (const [path, filter] of [
          ["/Users", `id eq ${literal}`],
          ["/Users", `groups.value eq ${literal}`],
          ["/Users", `groups[value eq ${literal}]`],
          ["/Users", `urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value eq ${literal}`],
          ["/Groups", `id eq ${literal}`],
          ["/Groups", `members.value eq ${literal}`],
          ["/Groups", `members[value eq ${literal} and type eq "User"]`],
        ] as const) {
          const { status, body } = await call("GET", found(path, filter));
          expect([filter, status, body.totalResults]).toEqual([filter, 200, 0]);
        }
      });
    }, 120_000);

    it("other comparisons with it are text against text", async () => {
      await each(async (id) => {
        for (const op of ["ne", "co", "sw", "ew", "gt", "ge", "lt", "le"]) {
          const { status } = await call("GET", found("/Users", `id ${op} ${JSON.stringify(id)}`));
          expect([op, status]).toEqual([op, 200]);
        }
      });
    }, 120_000);

    it("a member or a manager of that id is refused, or is just text", async () => {
      await each(async (id) => {
        const team = await call("POST", "/Groups", { displayName: "New", members: [{ value: id }] });
        const join = patchOf({ op: "add", path: "members", value: [{ value: mine.user }, { value: id }] });
        const joined = await call("PATCH", `/Groups/${mine.team}`, join);
        expect([id, team.status, team.body.scimType, joined.status, joined.body.scimType]).toEqual(
          id === ""
            ? [id, ...[team, joined].flatMap(({ status, body }) => [status, body.scimType])]
            : [id, 400, "invalidValue", 400, "invalidValue"],
        );
        expect(team.status).toBeLessThan(500);
        const manager = { "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": { manager: { value: id } } };
        const managed = await call("PUT", `/Users/${mine.user}`, { userName: "zoe", ...manager });
        expect(managed.status).toBeLessThan(500);
      });
    }, 120_000);

    it("a member of that id leaves without a change", async () => {
      await each(async (id) => {
        const leaves = [
          patchOf({ op: "remove", path: `members[value eq ${JSON.stringify(id)}]` }),
          patchOf({ op: "remove", path: "members", value: [{ value: id }] }),
        ];
        for (const leave of leaves) {
          const { status } = await call("PATCH", `/Groups/${mine.team}`, leave);
          expect(status).toBeLessThan(500);
        }
        const { body } = await call("GET", `/Groups/${mine.team}`);
        expect(body.members).toMatchObject([{ value: mine.user }]);
      });
    }, 120_000);
  });
});

/** An id as a path segment; undefined for one that leads elsewhere, or is not text. */
function encodedSegment(id: string): string | undefined {
  if (id === "" || id === "." || id === ".." || /\p{Surrogate}/u.test(id)) return undefined;
  return encodeURIComponent(id);
}
