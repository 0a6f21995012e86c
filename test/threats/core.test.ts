/** What went wrong in other SCIM servers, and does not here: the rows of docs/security.md that the core can show. */
import { bearer, createScim, type ResourceStore, ScimError, type ScimRequest, userType } from "scimkit";
import { memoryStores } from "scimkit/memory";
import { describe, expect, it } from "vitest";
import { mounts } from "../mounts.ts";
import { openService, person, resourcesOf, team } from "../service.ts";

const handle = mounts.filter(({ name }) => name === "handle");
const request = (url: string, more: Partial<ScimRequest> = {}): ScimRequest => ({
  method: "GET",
  url,
  baseUrl: "https://a.example/scim",
  headers: { authorization: "Bearer t" },
  ...more,
});

describe.each(handle)("Tenants", (mount) => {
  const two = { authorization: "Bearer two" };

  it("no endpoint, filter, member reference or bulk reference reaches another tenant", async () => {
    const service = await openService(mount);
    const mine = await service.create("/Users", person("ann", { externalId: "7" }));
    const group = await service.create("/Groups", team("Team", mine));
    const asOther = (method: string, path: string, body?: unknown) => service.call(method, path, body, two);
    for (const path of [`/Users/${mine}`, `/Groups/${group}`]) {
      expect((await asOther("GET", path)).status).toBe(404);
      expect((await asOther("PUT", path, person("x", { displayName: "x" }))).status).toBe(404);
      expect((await asOther("DELETE", path)).status).toBe(404);
      const patch = {
        schemas: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
        Operations: [{ op: "add", path: "externalId", value: "x" }],
      };
      expect((await asOther("PATCH", path, patch)).status).toBe(404);
    }
    for (const filter of [
      "userName pr",
      'externalId eq "7"',
      `id eq "${mine}"`,
      'not (userName eq "x")',
      'userName eq "x" or userName pr',
    ]) {
      const { body } = await asOther("GET", `/Users?filter=${encodeURIComponent(filter)}`);
      expect(resourcesOf(body)).toEqual([]);
    }
    expect((await asOther("POST", "/Groups", team("Theirs", mine))).body).toMatchObject({
      status: "400",
      scimType: "invalidValue",
    });
    expect((await asOther("POST", "/.search", {})).body.totalResults).toBe(0);
    expect((await asOther("POST", "/Users", person("ANN"))).status).toBe(201);
    expect((await service.call("GET", `/Users/${mine}`)).status).toBe(200);
  });

  it("a Context without a tenant fails closed", async () => {
    const { users } = memoryStores<{ tenant?: string }>({ tenant: ({ tenant = "" }) => tenant });
    const errors: unknown[] = [];
    const scim = createScim({ users, authenticate: () => ({}), onError: (error) => errors.push(error.cause) });
    expect((await scim.handle(request("/Users"))).status).toBe(500);
    expect(errors).toHaveLength(1);
  });
});

describe("Identity of resources", () => {
  it("ids are the server's: a client's id, and a numeric externalId, name nothing", async () => {
    const [mount] = handle;
    if (mount === undefined) throw new Error("no mount");
    const service = await openService(mount);
    const created = await service.call("POST", "/Users", person("ann", { id: "1", externalId: 1 }));
    expect(created.body.id).not.toBe("1");
    expect(created.body.externalId).toBe("1");
    expect((await service.call("GET", "/Users/1")).status).toBe(404);
  });
});

describe("State", () => {
  it("two services with two base URLs in flight answer each their own location", async () => {
    const services = ["https://a.example/scim", "https://b.example/scim"].map((baseUrl) => {
      const { users } = memoryStores();
      return { baseUrl, scim: createScim({ users, authenticate: () => ({}) }) };
    });
    const answers = await Promise.all(
      Array.from({ length: 40 }, async (_, index) => {
        const { baseUrl, scim } = services[index % 2] ?? { baseUrl: "", scim: undefined };
        const body = { json: person(`user${index}`) };
        const answer = await scim?.handle(request("/Users", { method: "POST", baseUrl, body }));
        return [baseUrl, answer?.headers.Location] as const;
      }),
    );
    for (const [baseUrl, location] of answers) expect(location?.startsWith(`${baseUrl}/Users/`)).toBe(true);
  });
});

describe("Stores that fail", () => {
  const failing = (thrown: unknown): ResourceStore => {
    const fail = async (): Promise<never> => {
      throw thrown;
    };
    return { create: fail, get: fail, list: fail, update: fail, delete: fail };
  };

  it("anything but a ScimError is a 500 that leaks nothing, and onError is told", async () => {
    const told: unknown[] = [];
    const cause = new Error("connect ECONNREFUSED db.internal:5432 password=hunter2");
    const scim = createScim({
      resources: [{ type: userType(), store: failing(cause) }],
      authenticate: () => ({}),
      onError: (error) => told.push(error.cause),
    });
    for (const path of ["/Users", "/Users/1"]) {
      const { status, body = "" } = await scim.handle(request(path));
      expect(status).toBe(500);
      expect(body).not.toMatch(/ECONNREFUSED|hunter2|internal:/);
    }
    expect(told).toEqual([cause, cause]);
  });

  it("a typed error keeps its status; only a typed not found is a 404", async () => {
    const scim = createScim({
      resources: [{ type: userType(), store: failing(ScimError.unavailable("Busy.", 7)) }],
      authenticate: () => ({}),
    });
    const { status, headers } = await scim.handle(request("/Users"));
    expect([status, headers["Retry-After"]]).toEqual([503, "7"]);
  });
});

describe("Authentication", () => {
  it("without authenticate the service does not start", () => {
    const { users } = memoryStores();
    expect(() => Reflect.apply(createScim, undefined, [{ users }])).toThrow(/authenticate/);
    expect(() => Reflect.apply(bearer, undefined, [undefined])).toThrow(/verify/);
  });

  it("runs before routing and before the body is looked at", async () => {
    const { users } = memoryStores();
    const scim = createScim({ users, authenticate: () => null });
    const broken = { method: "POST", body: { text: "{" } };
    for (const url of ["/Nothing", "/Users", "/%E0%A4%A", "/Schemas"]) {
      expect((await scim.handle(request(url, broken))).status).toBe(401);
    }
  });

  it("bearer reads the scheme in any case, and refuses what is malformed without asking", async () => {
    const asked: string[] = [];
    const authenticate = bearer((token) => {
      asked.push(token);
      return { tenant: "a" };
    });
    const given = (authorization: string | readonly string[] | undefined) =>
      request("/", { headers: { authorization } });
    expect(await authenticate(given("bearer abc"))).toEqual({ tenant: "a" });
    for (const bad of [undefined, "", "abc", "Basic abc", "Bearer", "Bearer a b", ["Bearer a", "Bearer b"]]) {
      expect(await authenticate(given(bad))).toBeNull();
    }
    expect(asked).toEqual(["abc"]);
  });
});
