/** Answers made of text that was kept are those that would be made anew. RFC 7644 §3.4.1, §3.9. */
import fc from "fast-check";
import { createScim, type ResourceStore, type Scim, type ScimResponse } from "scimkit";
import { memoryStores } from "scimkit/memory";
import { describe, expect, it } from "vitest";

const userSchema = "urn:ietf:params:scim:schemas:core:2.0:User";
const groupSchema = "urn:ietf:params:scim:schemas:core:2.0:Group";
const enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
const patchSchema = "urn:ietf:params:scim:api:messages:2.0:PatchOp";
const tenants = ["one", "two"] as const;
const bases = ["https://a.example/scim", "https://b.example"] as const;

const index = fc.nat(3);
const tenant = fc.constantFrom(...tenants);

/** Something that happens; users and groups are named by their place among the tenant's. */
const step = fc.oneof(
  fc.record({ do: fc.constant("rename user"), tenant, user: index, text: fc.string() }),
  fc.record({
    do: fc.constant("rename group"),
    tenant,
    group: index,
    text: fc.stringMatching(/^[a-z\u00e9"\\]{1,5}$/),
  }),
  fc.record({ do: fc.constantFrom("join", "leave"), tenant, user: index, group: index }),
  fc.record({
    do: fc.constant("read"),
    tenant,
    path: fc.constantFrom("/Users", "/Groups", "/", "/Users/0", "/Users/1", "/Users/2", "/Groups/0", "/Groups/1"),
    query: fc.constantFrom(
      "",
      "?attributes=userName,displayName",
      "?attributes=groups",
      "?attributes=userName,groups.value",
      "?excludedAttributes=meta,emails",
      "?excludedAttributes=groups,members",
      "?attributes=members.$ref,groups.$ref",
    ),
    base: fc.constantFrom(...bases),
  }),
);

/** The same store, which says nothing of frozen objects. */
function unfrozen<S extends Pick<ResourceStore, "connect">>(store: S): S {
  return { ...store, connect: (type) => ({ ...store.connect?.(type), frozen: false }) };
}

function services(): { readonly keeping: Scim; readonly making: Scim } {
  const { users, groups } = memoryStores<{ tenant: string }>({ tenant: (context) => context.tenant });
  const authenticate = ({ headers }: { readonly headers: Readonly<Record<string, unknown>> }) => ({
    tenant: String(headers.authorization),
  });
  return {
    making: createScim({ users: unfrozen(users), groups: unfrozen(groups), authenticate }),
    keeping: createScim({ users, groups, authenticate }),
  };
}

const ask = (scim: Scim, tenant: string, method: string, url: string, json?: unknown, base: string = bases[0]) =>
  scim.handle({
    method,
    url,
    headers: { authorization: tenant, "content-type": "application/scim+json" },
    baseUrl: base,
    ...(json === undefined ? {} : { body: { json } }),
  });

const patch = (...Operations: object[]): unknown => ({ schemas: [patchSchema], Operations });
const idOf = ({ body = "" }: ScimResponse): string => String(JSON.parse(body).id);

/** Two tenants, each with four users and four groups; gives their ids by tenant and endpoint. */
async function fill(scim: Scim): Promise<Map<string, string[]>> {
  const ids = new Map<string, string[]>();
  for (const owner of tenants) {
    const made = { users: [] as string[], groups: [] as string[] };
    for (let at = 0; at < 4; at++) {
      const emails = [{ value: `u${at}@x.io`, type: "work" }];
      const user = {
        schemas: [userSchema, enterprise],
        userName: `u${at}`,
        emails,
        [enterprise]: { department: "IT" },
      };
      made.users.push(idOf(await ask(scim, owner, "POST", "/Users", user)));
      made.groups.push(
        idOf(await ask(scim, owner, "POST", "/Groups", { schemas: [groupSchema], displayName: `Group ${at}` })),
      );
    }
    ids.set(`${owner} /Users`, made.users).set(`${owner} /Groups`, made.groups);
  }
  return ids;
}

describe("Text that is kept", () => {
  it("is what would be made anew, whatever has changed: the user, a group's name, who is in it, the URL, the tenant", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), async (steps) => {
        const { keeping, making } = services();
        const ids = await fill(keeping);
        const idAt = (owner: string, endpoint: string, at: number): string =>
          ids.get(`${owner} ${endpoint}`)?.[at] ?? "";
        for (const now of steps) {
          if ("path" in now) {
            const [, endpoint = "", place] = now.path.split("/");
            const id = place === undefined ? "" : `/${idAt(now.tenant, `/${endpoint}`, Number(place))}`;
            const url = `/${endpoint}${id}${now.query}`;
            const kept = await ask(keeping, now.tenant, "GET", url, undefined, now.base);
            expect(kept.status).toBe(200);
            expect(kept).toEqual(await ask(making, now.tenant, "GET", url, undefined, now.base));
          } else if (now.do === "rename user") {
            const operation = { op: "replace", path: "displayName", value: now.text };
            await ask(keeping, now.tenant, "PATCH", `/Users/${idAt(now.tenant, "/Users", now.user)}`, patch(operation));
          } else {
            const url = `/Groups/${idAt(now.tenant, "/Groups", now.group)}`;
            const value = "user" in now ? idAt(now.tenant, "/Users", now.user) : "";
            const operation =
              "text" in now
                ? { op: "replace", path: "displayName", value: now.text }
                : now.do === "join"
                  ? { op: "add", path: "members", value: [{ value }] }
                  : { op: "remove", path: `members[value eq "${value}"]` };
            await ask(keeping, now.tenant, "PATCH", url, patch(operation));
          }
        }
      }),
      { numRuns: 60 },
    );
  });
});
