/** RFC 7644 §3.1 Background: resources, messages and their schemas, over every mount. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { served } from "../../served.ts";
import { openService, person, resourcesOf, type Service, team } from "../../service.ts";
import { bulkRequest, ENT, MESSAGES, searchRequest, USER } from "./requests.ts";

describe.each(served())("§3.1 over '$name'", (mount) => {
  let service: Service;
  let id: string;

  beforeAll(async () => {
    service = await openService(mount);
    id = await service.create("/Users", person("ann", { [ENT]: { department: "IT" }, schemas: [USER, ENT] }));
    await service.create("/Users", person("bob"));
  });
  afterAll(() => service.close());

  it("every response with a body is application/scim+json", async () => {
    const answers = [
      await service.call("GET", `/Users/${id}`),
      await service.call("GET", "/Users"),
      await service.call("POST", "/Users", person("cat")),
      await service.call("POST", "/.search", searchRequest({ count: 1 })),
      await service.call("GET", "/Schemas"),
      await service.call("GET", "/Users/nobody"),
      await service.call("GET", "/Users", undefined, { authorization: "" }),
      await service.call("POST", "/Bulk", bulkRequest([])),
    ];
    expect(answers.map(({ headers }) => headers["content-type"])).toEqual(answers.map(() => "application/scim+json"));
  });

  it("each resource has schemas: its own, and those of the extensions that it has", async () => {
    const { body } = await service.call("GET", "/Users?filter=userName+pr&sortBy=userName");
    const [ann, bob] = resourcesOf(body);
    expect(ann?.schemas).toEqual([USER, ENT]);
    expect(bob?.schemas).toEqual([USER]);
  });

  it("each message has schemas with a URN of urn:ietf:params:scim:api:", async () => {
    const answers = [
      await service.call("GET", "/Users"),
      await service.call("GET", "/Nowhere"),
      await service.call("POST", "/Bulk", bulkRequest([{ method: "DELETE", path: "/Users/nobody" }])),
    ];
    expect(answers.map(({ body }) => body.schemas)).toEqual([
      [`${MESSAGES}:ListResponse`],
      [`${MESSAGES}:Error`],
      [`${MESSAGES}:BulkResponse`],
    ]);
  });

  it("message schemas are not discoverable at /Schemas", async () => {
    const { body } = await service.call("GET", "/Schemas");
    const ids = resourcesOf(body).map((schema) => String(schema.id));
    expect(ids).toContain(USER);
    expect(ids.filter((urn) => urn.toLowerCase().startsWith("urn:ietf:params:scim:api:"))).toEqual([]);
    for (const message of ["ListResponse", "SearchRequest", "PatchOp", "BulkRequest", "BulkResponse", "Error"]) {
      expect((await service.call("GET", `/Schemas/${MESSAGES}:${message}`)).status).toBe(404);
    }
  });

  it("a client need not know what is readOnly: in a PUT it is ignored, and what is readWrite is updated", async () => {
    const group = await service.create("/Groups", team("Guides"));
    const { body: known } = await service.call("GET", `/Users/${id}`);
    const sent = {
      ...known,
      id: "another",
      meta: { resourceType: "Robot", created: "2001-01-01T00:00:00Z", version: 'W/"x"' },
      groups: [{ value: group, display: "Guides" }],
      title: "CTO",
    };
    const { status, body } = await service.call("PUT", `/Users/${id}`, sent);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      id,
      title: "CTO",
      meta: { resourceType: "User", created: Object(known.meta).created },
    });
    expect(body).not.toHaveProperty("groups");
  });

  it("a response reflects the state as the service provider has it, not what was submitted", async () => {
    const sent = {
      ...person("dan"),
      USERNAME: undefined,
      TITLE: "CTO",
      nickName: null,
      emails: [],
      favouriteColour: "red",
    };
    const created = await service.call("POST", "/Users", sent);
    const { body } = await service.call("GET", `/Users/${created.body.id}`);
    expect(created.body).toEqual(body);
    expect(body).toMatchObject({ userName: "dan", title: "CTO" });
    for (const name of ["nickName", "emails", "favouriteColour", "TITLE"]) expect(body).not.toHaveProperty(name);
  });
});
