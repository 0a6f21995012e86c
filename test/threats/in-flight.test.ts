/** Nothing is shared between requests in flight, or between instances: scimmy-routers 1.3.2 answered one tenant with another's location. */
import { bearer, createScim, ScimError } from "scimkit";
import { describe, expect, test } from "vitest";
import { type Host, memoryHost, openHost, otherToken, token } from "../host.ts";
import { match } from "../match.ts";
import { freshTenants, type Served, served, type TestContext, usersBut } from "../served.ts";
import { openSession } from "../session.ts";
import { valueAt } from "../variables.ts";

/** A host whose stores hold every read and write until all of a batch are under way. */
async function gated(mount: Served, baseUrl: string, batch: number): Promise<Host> {
  const { users, groups } = await mount.openStores();
  const { one, two } = freshTenants();
  let waiting = 0;
  let open: () => void = () => {};
  let gate = new Promise<void>((resolve) => {
    open = resolve;
  });
  const all = async (): Promise<void> => {
    const mine = gate;
    if (++waiting === batch) {
      open();
      waiting = 0;
      gate = new Promise((resolve) => {
        open = resolve;
      });
    }
    await mine;
  };
  const scim = createScim<TestContext>({
    baseUrl,
    users: usersBut(users, {
      create: async (draft, want, context) => {
        await all();
        return users.create(draft, want, context);
      },
      get: async (id, want, context) => {
        await all();
        return users.get(id, want, context);
      },
    }),
    groups,
    authenticate: bearer(async (given) => (given === token ? one : two)),
  });
  return { ...memoryHost(), scim };
}

describe.each(served())("Requests in flight over $name", (mount) => {
  test("twenty requests of two tenants each get their own answer", async () => {
    const session = await openSession(mount, await gated(mount, "https://app.example/scim/v2", 20));
    const tokens = Array.from({ length: 20 }, (_, index) => (index % 2 === 0 ? token : otherToken));
    const answers = await Promise.all(
      tokens.map((given, index) =>
        session.send(
          "POST",
          "/Users",
          { userName: `user ${index}`, displayName: given },
          { Authorization: `Bearer ${given}` },
        ),
      ),
    );
    for (const [index, { status, json }] of answers.entries()) {
      const location = `https://app.example/scim/v2/Users/${valueAt(json, "id")}`;
      const own = { userName: `user ${index}`, displayName: tokens[index], meta: { location } };
      expect([status, match(own, json)]).toEqual([201, []]);
    }
    const reads = await Promise.all(
      answers.map(({ json }, index) =>
        session.send("GET", `/Users/${valueAt(json, "id")}`, undefined, { Authorization: `Bearer ${tokens[index]}` }),
      ),
    );
    expect(reads.map(({ json }) => valueAt(json, "displayName"))).toEqual(tokens);
    await session.mounted.close();
  });

  test("two instances with different base URLs, their requests in flight at once, keep to their own", async () => {
    const bases = ["https://one.example/scim", "https://two.example/tenants/2/scim/v2"];
    const sessions = await Promise.all(bases.map(async (base) => openSession(mount, await gated(mount, base, 1))));
    const answers = await Promise.all(
      Array.from({ length: 20 }, async (_, index) => {
        const side = index % 2;
        const answer = await sessions[side]?.send("POST", "/Users", { userName: `user ${index}` });
        return [bases[side], answer] as const;
      }),
    );
    for (const [base, answer] of answers) {
      const location = `${base}/Users/${valueAt(answer?.json, "id")}`;
      expect([answer?.status, answer?.headers.location]).toEqual([201, location]);
      expect(valueAt(answer?.json, "meta.location")).toBe(location);
    }
    for (const [side, session] of sessions.entries()) {
      const { json, text } = await session.send("GET", "/Schemas");
      expect([valueAt(json, "totalResults"), text.includes(bases[1 - side] ?? "")]).not.toContain(true);
      await session.mounted.close();
    }
  });

  test("startIndex and count are honoured, whatever the framework does to its query", async () => {
    const session = await openSession(mount);
    for (let index = 1; index <= 5; index++) await session.host.create("/Users", { userName: `user${index}` });
    const { json } = await session.send("GET", "/Users?startIndex=2&count=2");
    const expected = {
      totalResults: 5,
      startIndex: 2,
      itemsPerPage: 2,
      Resources: [{ userName: "user2" }, { userName: "user3" }],
    };
    expect(match(expected, json)).toEqual([]);
    await session.mounted.close();
  });

  test("an error of one request leaves another's answer alone", async () => {
    const host = await openHost(mount, {
      beforeCommit: async ({ after }) => {
        await new Promise((resolve) => setImmediate(resolve));
        if (valueAt(after, "userName") === "bad") throw ScimError.forbidden("Not this one.");
      },
    });
    const session = await openSession(mount, host);
    const names = ["good 1", "bad", "good 2", "bad", "good 3"];
    const answers = await Promise.all(names.map((userName) => session.send("POST", "/Users", { userName })));
    expect(answers.map(({ status }) => status)).toEqual([201, 403, 201, 403, 201]);
    expect(Object.keys((await host.state()).users).sort()).toEqual(["good 1", "good 2", "good 3"]);
    await session.mounted.close();
  });
});
