/** The examples of RFC 7644 §3.7: bulk requests, sent with ids that exist, and answered as the RFC says. */
import { afterEach, describe, expect, test } from "vitest";
import type { Answered } from "../client.ts";
import { type JsonObject, match } from "../match.ts";
import { served } from "../served.ts";
import { valueAt } from "../variables.ts";
import { ownWords, type SampleHost, type Stand, sampleHost } from "./sample.ts";

const bob: Stand = { named: /b7c14771-226c-4d05-8860-134711653041/g, endpoint: "/Users", resource: { userName: "Bo" } };
const dave: Stand = {
  named: /5d8d29d3-342c-4b5f-8683-a3cb6763ffcc/g,
  endpoint: "/Users",
  resource: { userName: "David", nickName: "Dave" },
};
const gone: Stand = {
  named: /e9025315-6bea-44e1-899c-1e07454e468b/g,
  endpoint: "/Users",
  resource: { userName: "Eve" },
};

const errorResponse = (status: string): JsonObject => ({
  schemas: ["urn:ietf:params:scim:api:messages:2.0:Error"],
  status,
  detail: { $matches: "." },
});

/** The operations of a bulk answer, as the RFC prints them, with what a server chooses for itself left open. */
function printedOperations(sample: SampleHost, name: string): readonly JsonObject[] {
  const operations = sample.read(name).response?.body?.Operations;
  if (!Array.isArray(operations)) throw new Error(`${name} has no operations.`);
  return operations.map((operation) => {
    const { location: _location, version: _version, status, response, ...same } = operation;
    const code = String(valueAt(status, "code") ?? status);
    return { ...same, status: code, ...(response === undefined ? {} : { response: errorResponse(code) }) };
  });
}

/** The operations of an example, the first without the userName it must have, each with the version as it is now. */
async function operations(sample: SampleHost, versioned: boolean, spoilt: boolean): Promise<readonly unknown[]> {
  const printed = sample.read("rfc7644-3.7.3-add-update-remove").request?.body?.Operations;
  if (!Array.isArray(printed)) throw new Error("The example has no operations.");
  return Promise.all(
    printed.map(async (operation, index) => {
      if (index === 0) return spoilt ? { ...operation, data: { schemas: operation.data.schemas } } : operation;
      const { etag } = (await sample.get(String(operation.path))).headers;
      return versioned ? { ...operation, version: etag } : operation;
    }),
  );
}

describe.each(served())("RFC 7644 bulk examples over $name", (mount) => {
  let sample: SampleHost;
  const open = async (stands: readonly Stand[]): Promise<void> => {
    sample = await sampleHost(mount, stands);
  };
  const problems = (expected: unknown, { json }: Answered): readonly string[] => match(expected, json);
  afterEach(() => sample.mounted.close());

  test("rfc7644-3.7.1-circular-references, rfc7644-3.7.1-query-groups", async () => {
    await open([]);
    const answer = await sample.send("rfc7644-3.7.1-circular-references");
    expect(answer.status).toBe(200);
    const created = { method: "POST", status: "201", location: { $matches: `^${sample.mounted.baseUrl}/Groups/` } };
    const each = [
      { ...created, bulkId: "qwerty" },
      { ...created, bulkId: "ytrewq" },
    ];
    expect(problems({ Operations: { $anyOrder: each } }, answer)).toEqual([]);
    // The RFC's own filter has single quotes, which its grammar does not know.
    const query = sample.read("rfc7644-3.7.1-query-groups").request?.path.replaceAll("'", '"').replace("/v2", "");
    const groups = valueAt((await sample.get(query ?? "")).json, "Resources");
    const [first, second] = Array.isArray(groups) ? groups : [];
    expect([first?.displayName, second?.displayName].sort()).toEqual(["Group A", "Group B"]);
    expect(match([{ value: second?.id, type: "Group" }], first?.members)).toEqual([]);
    expect(match([{ value: first?.id, type: "Group" }], second?.members)).toEqual([]);
  });

  test("rfc7644-3.7.2-user-and-group, rfc7644-3.7.2-retrieve-group", async () => {
    await open([]);
    const answer = await sample.send("rfc7644-3.7.2-user-and-group");
    expect(answer.status).toBe(200);
    expect(problems({ Operations: printedOperations(sample, "rfc7644-3.7.2-user-and-group") }, answer)).toEqual([]);
    const [group] = await listed("/Groups");
    const [alice] = await listed("/Users");
    const { members: _members, ...printed } = ownWords(sample.read("rfc7644-3.7.2-retrieve-group").response?.body);
    expect(match({ ...printed, members: [{ value: alice?.id, type: "User" }] }, group)).toEqual([]);
  });

  test("rfc7644-3.7.2-enterprise-manager", async () => {
    await open([]);
    const answer = await sample.send("rfc7644-3.7.2-enterprise-manager");
    expect(answer.status).toBe(200);
    expect(problems({ Operations: [{ status: "201" }, { status: "201" }] }, answer)).toEqual([]);
    const users = await listed("/Users");
    const id = users.find(({ userName }) => userName === "Alice")?.id;
    const boss = {
      "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": { employeeNumber: "11250", manager: { value: id } },
    };
    expect(
      match(
        { userName: "Bob", ...boss },
        users.find(({ userName }) => userName === "Bob"),
      ),
    ).toEqual([]);
  });

  test("rfc7644-3.7.3-add-update-remove", async () => {
    await open([bob, dave, gone]);
    const { body } = sample.read("rfc7644-3.7.3-add-update-remove").request ?? {};
    const Operations = await operations(sample, true, false);
    const answer = await sample.send("rfc7644-3.7.3-add-update-remove", { body: { ...body, Operations } });
    expect(answer.status).toBe(200);
    expect(problems({ Operations: printedOperations(sample, "rfc7644-3.7.3-add-update-remove") }, answer)).toEqual([]);
    const { users } = await sample.host.state();
    expect(Object.keys(users).sort()).toEqual(["Alice", "Bob", "Dave"]);
    expect(users.Dave?.nickName).toBeUndefined();
  });

  test("rfc7644-3.7.3-stopped-after-one-error", async () => {
    await open([bob, dave, gone]);
    const { body } = sample.read("rfc7644-3.7.3-add-update-remove").request ?? {};
    const Operations = await operations(sample, true, true);
    const answer = await sample.send("rfc7644-3.7.3-add-update-remove", { body: { ...body, Operations } });
    expect(answer.status).toBe(200);
    const printed = printedOperations(sample, "rfc7644-3.7.3-stopped-after-one-error");
    expect(problems({ Operations: printed }, answer)).toEqual([]);
    expect(Object.keys((await sample.host.state()).users).sort()).toEqual(["Bo", "David", "Eve"]);
  });

  test("rfc7644-3.7.3-all-failed", async () => {
    await open([bob, dave, gone]);
    const Operations = await operations(sample, false, true);
    await sample.mounted.send({
      method: "DELETE",
      path: `/Users/${sample.ids[2]}`,
      headers: { Authorization: "Bearer h480djs93hd8" },
    });
    const { failOnErrors: _limit, ...body } = sample.read("rfc7644-3.7.3-add-update-remove").request?.body ?? {};
    const answer = await sample.send("rfc7644-3.7.3-add-update-remove", { body: { ...body, Operations } });
    expect(answer.status).toBe(200);
    expect(problems({ Operations: printedOperations(sample, "rfc7644-3.7.3-all-failed") }, answer)).toEqual([]);
    expect(Object.keys((await sample.host.state()).users).sort()).toEqual(["Bo", "David"]);
  });

  async function listed(path: string): Promise<readonly JsonObject[]> {
    const resources = valueAt((await sample.get(path)).json, "Resources");
    return Array.isArray(resources) ? resources : [];
  }
});
