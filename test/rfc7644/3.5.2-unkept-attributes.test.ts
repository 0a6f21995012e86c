/** PATCH of attributes that the schema has and the store does not keep. RFC 7644 §3.5.2, RFC 7643 §7. */
import { bearer, createScim, type Dialect, type UserStore } from "scimkit";
import { memoryStores } from "scimkit/memory";
import { describe, expect, it } from "vitest";

const enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

/** A host whose users have a name and nothing else. */
function namesOnly(options: { readonly unknownAttributes?: "ignore" | "reject"; readonly dialects?: Dialect[] }) {
  const { users } = memoryStores();
  const store: UserStore = {
    ...users,
    connect: (type) => ({
      ...users.connect(type),
      holds: ({ extension, attribute }) => extension === undefined && /^(userName|active)$/.test(attribute.name),
    }),
  };
  const scim = createScim({ users: store, authenticate: bearer(() => ({})), ...options });
  const send = async (method: string, url: string, json: unknown) => {
    const headers = { authorization: "Bearer x", "content-type": "application/scim+json" };
    const { status, body } = await scim.handle({ method, url, headers, baseUrl: "https://x.example", body: { json } });
    const parsed: unknown = JSON.parse(body ?? "{}");
    return { status, body: parsed };
  };
  return {
    send,
    async patched(operation: object) {
      const created = await send("POST", "/Users", { userName: "ann" });
      const { id } = Object(created.body);
      return await send("PATCH", `/Users/${id}`, {
        schemas: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
        Operations: [operation, { op: "replace", path: "userName", value: "bo" }],
      });
    },
  };
}

const unkept = [
  { op: "replace", path: "nickName", value: "An" },
  { op: "add", path: "name.givenName", value: "Ann" },
  { op: "remove", path: 'emails[type eq "work"].value' },
  { op: "add", path: `${enterprise}:department`, value: "IT" },
  { op: "replace", value: { nickName: "An", [enterprise]: { department: "IT" } } },
  { op: "replace", path: "password", value: "t1meMa$heen" },
] as const;

describe("§3.5.2 an attribute that the store does not keep", () => {
  it.each(unkept)("is passed over, as in a POST: $op $path", async (operation) => {
    const { status, body } = await namesOnly({}).patched(operation);
    expect(status).toBe(200);
    expect(body).toMatchObject({ userName: "bo" });
    expect(Object.keys(Object(body)).sort()).toEqual(["active", "id", "meta", "schemas", "userName"]);
  });

  it.each(unkept)("is refused where unknown attributes are: $op $path", async (operation) => {
    const { status, body } = await namesOnly({ unknownAttributes: "reject" }).patched(operation);
    expect(status).toBe(400);
    expect(Object(body).scimType).toMatch(/^(invalidPath|invalidSyntax)$/);
  });

  it("is not an attribute that no schema has", async () => {
    const { status, body } = await namesOnly({}).patched({ op: "replace", path: "nickNames", value: "An" });
    expect([status, Object(body).scimType]).toEqual([400, "invalidPath"]);
  });
});
