/** RFC 7644 §2 Authentication and Authorization, over every mount. */
import { bearer, ScimError, type ScimRequest } from "scimkit";
import { afterEach, describe, expect, it } from "vitest";
import { freshTenants, served } from "../../served.ts";
import { openService, person, type Service } from "../../service.ts";
import { MESSAGES } from "./requests.ts";

const basic = { type: "httpbasic", name: "HTTP Basic", description: "A name and a password." } as const;
const token = { type: "oauthbearertoken", name: "Bearer token", description: "The token of a connection." } as const;

describe.each(served())("§2 over '$name'", (mount) => {
  let service: Service;
  afterEach(() => service.close());

  it("a 401 names the supported HTTP authentication schemes in WWW-Authenticate", async () => {
    service = await openService(mount);
    const answer = await service.call("GET", "/Users", undefined, { authorization: "Bearer nobody's" });
    expect([answer.status, answer.headers["www-authenticate"]]).toEqual([401, 'Bearer realm="SCIM"']);
    await service.close();
    service = await openService(mount, { authenticationSchemes: [basic, token], authenticate: () => null });
    const { headers } = await service.call("GET", "/Users");
    expect(headers["www-authenticate"]).toBe('Basic realm="SCIM", Bearer realm="SCIM"');
    await service.close();
    service = await openService(mount, { authenticationSchemes: [basic], authenticate: () => null });
    const basicOnly = await service.call("GET", "/Users");
    expect(basicOnly.headers["www-authenticate"]).toBe('Basic realm="SCIM"');
    expect(basicOnly.body.detail).not.toContain("Bearer");
  });

  it("a request without valid credentials is answered with 401, and with nothing else", async () => {
    service = await openService(mount);
    for (const authorization of ["", "Bearer", "Bearer nobody's", "Basic b25lOm9uZQ==", "one"]) {
      for (const path of ["/Users", "/ServiceProviderConfig", "/Nowhere"]) {
        const { status, body } = await service.call("GET", path, undefined, { authorization });
        expect([status, body.schemas]).toEqual([401, [`${MESSAGES}:Error`]]);
      }
    }
  });

  it("the authenticated client is mapped to a Context, which decides what it may retrieve and update", async () => {
    const { one, two } = freshTenants();
    service = await openService(mount, {
      authenticate: bearer((given) =>
        given === "writer" ? one : given === "reader" ? { ...one, tenant: "one" } : two,
      ),
      beforeCommit: (_change, context) => {
        if (context !== one) throw ScimError.forbidden("This client may not write.");
      },
    });
    const as = (who: string): Record<string, string> => ({ authorization: `Bearer ${who}` });
    const created = await service.call("POST", "/Users", person("ann"), as("writer"));
    expect(created.status).toBe(201);
    const path = `/Users/${created.body.id}`;
    expect((await service.call("GET", path, undefined, as("reader"))).status).toBe(200);
    expect((await service.call("DELETE", path, undefined, as("reader"))).status).toBe(403);
    expect((await service.call("POST", "/Users", person("bob"), as("reader"))).status).toBe(403);
    expect((await service.call("GET", path, undefined, as("stranger"))).status).toBe(404);
    expect((await service.call("GET", "/Users", undefined, as("writer"))).body.totalResults).toBe(1);
  });

  it("the subject and the affected resource may decide together: a user's own resource, and no other", async () => {
    let own = "";
    const { one } = freshTenants();
    service = await openService(mount, {
      authenticate: ({ headers, method }: ScimRequest) => {
        if (headers.authorization === "Bearer self" && method === "POST") throw ScimError.forbidden("Not yours to do.");
        return one;
      },
      beforeCommit: ({ id, operation }) => {
        if (operation !== "create" && id !== own) throw ScimError.forbidden("This is not your resource.");
      },
    });
    own = await service.create("/Users", person("ann"));
    const other = await service.create("/Users", person("bob"));
    const self = { authorization: "Bearer self" };
    const put = (id: string) => service.call("PUT", `/Users/${id}`, person("new name"), self);
    expect((await put(other)).status).toBe(403);
    expect((await put(own)).status).toBe(200);
    expect((await service.call("POST", "/Users", person("cat"), self)).status).toBe(403);
  });

  it("anonymous requests are accepted where the host lets them in (§2.2)", async () => {
    const { one } = freshTenants();
    service = await openService(mount, {
      authenticate: ({ headers, method, url }: ScimRequest) =>
        headers.authorization !== "" || (method === "POST" && url === "/Users") ? one : null,
    });
    const anonymous = { authorization: "" };
    const created = await service.call("POST", "/Users", person("self-registered"), anonymous);
    expect(created.status).toBe(201);
    expect((await service.call("GET", "/Users", undefined, anonymous)).status).toBe(401);
    expect((await service.call("GET", "/Users")).body.totalResults).toBe(1);
  });
});
