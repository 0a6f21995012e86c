/** RFC 7644 §3.8 Data Input/Output Formats, over every mount. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { served } from "../../served.ts";
import { openService, person, type Service } from "../../service.ts";
import { MESSAGES } from "./requests.ts";

describe.each(served())("§3.8 over '$name'", (mount) => {
  let service: Service;
  let id: string;

  beforeAll(async () => {
    service = await openService(mount);
    id = await service.create("/Users", person("ann", { displayName: "Ænne Žižek 李 🙂" }));
  });
  afterAll(() => service.close());

  it("JSON in UTF-8 is accepted and returned", async () => {
    const { body, text } = await service.call("GET", `/Users/${id}`);
    expect(body.displayName).toBe("Ænne Žižek 李 🙂");
    expect(text).toContain("Ænne Žižek 李 🙂");
    const utf8 = { "content-type": "application/scim+json; charset=utf-8" };
    const created = await service.call("POST", "/Users", person("Žižek"), utf8);
    expect([created.status, created.body.userName]).toEqual([201, "Žižek"]);
  });

  it("Accept: application/scim+json is answered so, and so is a request that asks for no format", async () => {
    for (const accept of ["application/scim+json", "application/scim+json;charset=utf-8", "*/*", undefined]) {
      const headers: Record<string, string> = accept === undefined ? {} : { accept };
      const answer = await service.call("GET", `/Users/${id}`, undefined, headers);
      expect([answer.status, answer.headers["content-type"]]).toEqual([200, "application/scim+json"]);
    }
  });

  it("Accept: application/json is answered with the same document, never with 406", async () => {
    const answer = await service.call("GET", `/Users/${id}`, undefined, { accept: "application/json" });
    expect([answer.status, answer.headers["content-type"]]).toEqual([200, "application/scim+json"]);
    expect(answer.body).toEqual((await service.call("GET", `/Users/${id}`)).body);
  });

  it("requests may be application/scim+json or application/json; what is no JSON is 415", async () => {
    for (const [type, status] of [
      ["application/scim+json", 201],
      ["application/json", 201],
      ["text/xml", 415],
      ["application/x-www-form-urlencoded", 415],
    ] as const) {
      const answer = await service.call("POST", "/Users", person(type), { "content-type": type });
      expect(answer.status, type).toBe(status);
      if (status === 415) expect(answer.body).toMatchObject({ schemas: [`${MESSAGES}:Error`], status: "415" });
    }
  });

  it("a suffix is part of the id, and asks for no format", async () => {
    expect((await service.call("GET", `/Users/${id}.scim`)).status).toBe(404);
  });

  it("singular attributes are values, multi-valued ones arrays, and complex ones objects", async () => {
    const name = { givenName: "Ann", familyName: "Lee" };
    const emails = [{ value: "a@x.example", type: "work" }];
    const created = await service.call("POST", "/Users", person("forms", { title: "CTO", active: true, name, emails }));
    expect(created.body).toMatchObject({ title: "CTO", active: true, name, emails });
  });
});
