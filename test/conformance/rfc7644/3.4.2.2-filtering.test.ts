/** RFC 7644 §3.4.2.2 Filtering, over every mount. */
import { memoryStore } from "scimkit/memory";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { JsonObject } from "../../match.ts";
import { served } from "../../served.ts";
import { openService, person, resourcesOf, type Service } from "../../service.ts";
import { Device, device, ENT, filterBy, USER } from "./requests.ts";

const people: readonly JsonObject[] = [
  person("ann", {
    name: { familyName: "O'Malley", givenName: "Ann" },
    title: "CTO",
    userType: "Employee",
    emails: [
      { type: "work", value: "ann@example.com", primary: true },
      { type: "home", value: "ann@home.example" },
    ],
  }),
  person("bob", {
    userType: "Intern",
    emails: [
      { type: "home", value: "bob@example.com" },
      { type: "work", value: "bob@x.example" },
    ],
  }),
  person("Jo", { title: "CEO", userType: "Employee", schemas: [USER, ENT], [ENT]: { department: "IT" } }),
];
const devices: readonly JsonObject[] = [
  device("1", { model: "X1", ports: 2, weight: 0.5, rented: true, boughtAt: "2011-05-13T04:42:34Z", key: "AQID" }),
  device("2", { model: "x1", ports: 10, weight: 1.5, rented: false, boughtAt: "2011-05-13T06:42:34+01:00" }),
  device("3", { status: "lent", contacts: ["front@x.example", "back@x.example"] }),
];

describe.each(served())("§3.4.2.2 over '$name'", (mount) => {
  let service: Service;
  let strict: Service;

  beforeAll(async () => {
    strict = await openService(mount, { dialects: [], resources: [{ type: Device, store: memoryStore() }] });
    service = await openService(mount, { resources: [{ type: Device, store: memoryStore() }] });
    for (const user of people) await service.create("/Users", user);
    for (const one of devices) await service.create("/Devices", one);
  });
  afterAll(async () => {
    await service.close();
    await strict.close();
  });

  const query = (endpoint: string, filter: string, of: Service = service) =>
    of.call("GET", `${endpoint}?${filterBy(filter)}`);
  const users = async (filter: string): Promise<string> => {
    const { status, body } = await query("/Users", filter);
    expect(status, filter).toBe(200);
    return resourcesOf(body)
      .map(({ userName }) => String(userName))
      .sort((a, b) => a.localeCompare(b, "en"))
      .join(" ");
  };
  const serials = async (filter: string): Promise<string> => {
    const { status, body } = await query("/Devices", filter);
    expect(status, filter).toBe(200);
    return resourcesOf(body)
      .map(({ serial }) => String(serial))
      .sort()
      .join(" ");
  };
  const refused = async (endpoint: string, filter: string): Promise<JsonObject> => {
    const { status, body } = await query(endpoint, filter, strict);
    expect([status, body.status, body.scimType], filter).toEqual([400, "400", "invalidFilter"]);
    return body;
  };

  it("only the resources that match the filter are returned", async () => {
    expect(await users('userName eq "ann"')).toBe("ann");
    expect(await users('userName eq "nobody"')).toBe("");
  });

  it("attribute names and operators are case insensitive", async () => {
    expect(await users('userName Eq "ann"')).toBe("ann");
    expect(await users('Username EQ "ann" AND Name.FAMILYname Co "MALLEY"')).toBe("ann");
    expect(await users('NOT (USERNAME sW "a") aNd Title PR')).toBe("Jo");
  });

  it("each expression has an attribute name, an operator and, save for pr, a value: else invalidFilter", async () => {
    for (const filter of [
      "userName",
      "eq",
      '"ann"',
      'userName eq "ann" and',
      'eq "ann"',
      "()",
      'userName "ann"',
      "userName eq",
    ] as const) {
      await refused("/Users", filter);
    }
  });

  it("the operators of table 3 on strings", async () => {
    for (const [filter, found] of [
      ['userName eq "ann"', "ann"],
      ['userName ne "ann"', "bob Jo"],
      ['title ne "CTO"', "bob Jo"],
      ['name.familyName co "mall"', "ann"],
      ['userName sw "a"', "ann"],
      ['userName sw "ann"', "ann"],
      ['userName ew "b"', "bob"],
      ['userName ew "bob"', "bob"],
      ["title pr", "ann Jo"],
      ["name pr", "ann"],
      ["emails pr", "ann bob"],
      ['userName gt "ann"', "bob Jo"],
      ['userName ge "bob"', "bob Jo"],
      ['userName lt "bob"', "ann"],
      ['userName le "bob"', "ann bob"],
    ] as const) {
      expect(await users(filter)).toBe(found);
    }
  });

  it("the operators of table 3 compare by the attribute's type", async () => {
    for (const [filter, found] of [
      ["ports eq 2", "1"],
      ["ports gt 2", "2"],
      ["ports ge 2", "1 2"],
      ["ports lt 10", "1"],
      ["ports le 10", "1 2"],
      ["weight gt 0.75", "2"],
      ["rented eq true", "1"],
      ["rented ne true", "2 3"],
      ['key eq "AQID"', "1"],
      ['boughtAt eq "2011-05-13T04:42:34.000Z"', "1"],
      ['boughtAt gt "2011-05-13T05:30:00Z"', "2"],
      ['boughtAt ge "2011-05-13T04:42:34Z"', "1 2"],
      ['boughtAt lt "2011-05-13T05:42:34Z"', "1"],
      ['boughtAt le "2011-05-13T05:42:34Z"', "1 2"],
    ] as const) {
      expect(await serials(filter)).toBe(found);
    }
  });

  it("gt, ge, lt and le of a Boolean or Binary attribute is invalidFilter", async () => {
    for (const operator of ["gt", "ge", "lt", "le"] as const) {
      await refused("/Devices", `rented ${operator} true`);
      await refused("/Devices", `key ${operator} "AQID"`);
      await refused("/Users", `active ${operator} false`);
    }
  });

  it("grouping goes before not, not before and, and before or", async () => {
    for (const [filter, found] of [
      ['userType eq "Employee" and title eq "CEO"', "Jo"],
      ['userType eq "Intern" or title eq "CEO"', "bob Jo"],
      ['not (userType eq "Employee")', "bob"],
      ['title eq "CTO" or title eq "CEO" and userName eq "Jo"', "ann Jo"],
      ['(title eq "CTO" or title eq "CEO") and userName eq "Jo"', "Jo"],
      ['not (title pr) or userName eq "ann"', "ann bob"],
      ['userName sw "a" and not (title eq "CEO") or userName eq "bob"', "ann bob"],
    ] as const) {
      expect(await users(filter)).toBe(found);
    }
  });

  it("what is in brackets applies to one and the same value", async () => {
    for (const [filter, found] of [
      ['emails[type eq "work" and value co "@example.com"]', "ann"],
      ['emails.type eq "work" and emails.value co "@example.com"', "ann bob"],
      ['emails[type eq "home" and (value ew ".com" or primary eq true)]', "bob"],
      ['emails[not (type eq "work") and value pr]', "ann bob"],
      ['not (emails[type eq "work" and value ew "example.com"])', "bob Jo"],
    ] as const) {
      expect(await users(filter)).toBe(found);
    }
  });

  it("what is in brackets must be a filter on sub-attributes of the parent: else invalidFilter", async () => {
    for (const filter of [
      'emails[userName eq "ann"]',
      "emails[]",
      'emails[type eq "work"',
      "userName[value pr]",
      "emails[type]",
    ] as const) {
      await refused("/Users", filter);
    }
  });

  it("what does not conform to the ABNF is invalidFilter", async () => {
    for (const filter of [
      'userName eq "ann" xor title pr',
      'userName eq "ann',
      "userName eq ann bob",
      '(userName eq "ann"',
      'userName eq "ann")',
      "userName eq 'ann' or",
      'userName eq "\\x"',
      "not userName",
      "userName eq {}",
      'userName. eq "x"',
      '1userName eq "x"',
    ] as const) {
      await refused("/Users", filter);
    }
  });

  it("a multi-valued attribute matches if any of its values does", async () => {
    expect(await users('emails.type eq "home"')).toBe("ann bob");
    expect(await users('emails co "x.example"')).toBe("bob");
    expect(await serials('contacts eq "back@x.example"')).toBe("3");
  });

  it("a sub-attribute is named in standard attribute notation", async () => {
    expect(await users('name.givenName eq "Ann"')).toBe("ann");
    expect(await users(`${USER}:name.givenName eq "Ann"`)).toBe("ann");
    expect(await users(`${ENT}:department eq "IT"`)).toBe("Jo");
  });

  it("a complex attribute without a sub-attribute, and without a value to stand for it, is invalidFilter", async () => {
    expect((await refused("/Users", 'name eq "Ann"')).detail).toContain("name");
  });

  it("a defaulted attribute is compared by the value that was returned", async () => {
    expect(await serials('status eq "stocked"')).toBe("1 2");
    expect(await serials("status pr")).toBe("1 2 3");
    expect(await users("active eq true")).toBe("ann bob Jo");
  });

  it("an operator that is not recognised is declined with invalidFilter and says which it is", async () => {
    expect((await refused("/Users", 'userName regex "a.*"')).detail).toContain("regex");
  });

  it("an attribute that is none is declined with invalidFilter", async () => {
    for (const filter of [
      'colour eq "red"',
      'name.colour eq "red"',
      'urn:x:colour eq "red"',
      'title eq "CTO" or colour pr',
    ] as const) {
      await refused("/Users", filter);
    }
  });

  it("a value that does not fit the attribute is declined with invalidFilter", async () => {
    for (const filter of [
      "userName eq 7",
      'active eq "perhaps"',
      'ports eq "many"',
      'boughtAt gt "yesterday"',
    ] as const) {
      await refused(/^(?:ports|boughtAt)/.test(filter) ? "/Devices" : "/Users", filter);
    }
  });

  it("the case sensitivity of strings is the attribute's caseExact", async () => {
    expect(await users('userName eq "ANN"')).toBe("ann");
    expect(await serials('model eq "X1"')).toBe("1");
    expect(await serials('model eq "x1"')).toBe("2");
    const { body } = await service.call("GET", "/Users?attributes=userName");
    const id = String(resourcesOf(body)[0]?.id);
    expect(resourcesOf((await query("/Users", `id eq "${id}"`)).body)).toHaveLength(1);
  });

  it("clients may query by schema", async () => {
    expect(await users(`schemas eq "${ENT}"`)).toBe("Jo");
    expect(await users(`schemas eq "${USER}"`)).toBe("ann bob Jo");
  });

  it("the filters of figure 2 are valid", async () => {
    for (const [filter, found] of [
      ['userName eq "bjensen"', ""],
      ['name.familyName co "O\'Malley"', "ann"],
      ['userName sw "J"', "Jo"],
      ['urn:ietf:params:scim:schemas:core:2.0:User:userName sw "J"', "Jo"],
      ["title pr", "ann Jo"],
      ['meta.lastModified gt "2011-05-13T04:42:34Z"', "ann bob Jo"],
      ['meta.lastModified ge "2011-05-13T04:42:34Z"', "ann bob Jo"],
      ['meta.lastModified lt "2011-05-13T04:42:34Z"', ""],
      ['meta.lastModified le "2011-05-13T04:42:34Z"', ""],
      ['title pr and userType eq "Employee"', "ann Jo"],
      ['title pr or userType eq "Intern"', "ann bob Jo"],
      ['schemas eq "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"', "Jo"],
      ['userType eq "Employee" and (emails co "example.com" or emails.value co "example.org")', "ann"],
      ['userType ne "Employee" and not (emails co "example.com" or emails.value co "example.org")', ""],
      ['userType eq "Employee" and (emails.type eq "work")', "ann"],
      ['userType eq "Employee" and emails[type eq "work" and value co "@example.com"]', "ann"],
      ['emails[type eq "work" and value co "@example.com"] or ims[type eq "xmpp" and value co "@foo.com"]', "ann"],
    ] as const) {
      expect(await users(filter)).toBe(found);
    }
  });
});
