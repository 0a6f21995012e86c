/** Filters and query parameters that make no sense are refused, over every mount. RFC 7644 §3.4.2, §3.12. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { match } from "../match.ts";
import { served } from "../served.ts";
import { openSession, type Session } from "../session.ts";
import { expectAlive, expectRefused } from "./refused.ts";

const filters: readonly (readonly [name: string, filter: string])[] = [
  ["1 MB of one literal", `userName eq "${"x".repeat(1_048_576)}"`],
  ["1 MB of one name", "x".repeat(1_048_576)],
  ["10,000 open parentheses", "(".repeat(10_000)],
  ["10,000 open parentheses, closed", `${"(".repeat(10_000)}userName pr${")".repeat(10_000)}`],
  ["10,000 open brackets", "emails[".repeat(10_000)],
  ["10,000 times not", `${"not (".repeat(10_000)}userName pr${")".repeat(10_000)}`],
  ["10,000 terms", Array.from({ length: 10_000 }, () => "id eq 1").join(" or ")],
  ["a quote and a thousand newlines", `userName eq "${"\n".repeat(1_000)}`],
  ["a quote and a thousand backslashes", `userName eq "${"\\".repeat(1_001)}`],
  ["a NUL", 'userName eq "a\u0000b"'],
  ["a NUL alone", "\u0000"],
  ["a lone surrogate outside a string", "\ud800 eq 1"],
  ["no operator", "userName"],
  ["no value", "userName eq"],
  ["an unknown operator", 'userName like "a"'],
  ["an unknown attribute", 'shoeSize eq "42"'],
  ["an unknown extension", 'urn:acme:2.0:User:badge eq "42"'],
  ["an unknown sub-attribute", 'name.maidenName eq "Lee"'],
  ["__proto__", '__proto__ eq "x"'],
  ["a path through __proto__", '__proto__.polluted eq "x"'],
  ["constructor", "constructor pr"],
  ["a path through constructor", 'name.constructor eq "x"'],
  ["__proto__ in brackets", 'emails[__proto__ eq "x"]'],
  ["constructor as an operator", 'userName constructor "x"'],
  ["__proto__ as a logical word", "userName pr __proto__ userName pr"],
  ["a closing parenthesis too many", "userName pr)"],
  ["half an escape", 'userName eq "\\u00"'],
  ["an order of booleans", "active gt true"],
  ["a part of a boolean", 'active co "tr"'],
  ["two filters", 'userName pr userName eq "a"'],
  ["a password", 'password eq "secret"'],
];

/** A filter as a URL can hold it: lone surrogates cannot be in one. */
const inUrl = (filter: string): string => encodeURIComponent(Buffer.from(filter).toString());

describe.each(served())("Queries over $name", (mount) => {
  let session: Session;
  beforeAll(async () => {
    session = await openSession(mount);
    await session.host.create("/Users", { userName: "ann" });
    await session.host.create("/Users", { userName: "bo" });
  });
  afterAll(() => session.mounted.close());

  test.each(filters)("in a body, the filter with %s is 400 invalidFilter", async (_, filter) => {
    const answer = await session.send("POST", "/Users/.search", { filter });
    await expectRefused(answer, [400, "invalidFilter"], session);
  });

  test.each(filters.filter(([, filter]) => inUrl(filter).length < 8_000))(
    "in the URL, the filter with %s is 400 invalidFilter",
    async (_, filter) => {
      const answer = await session.send("GET", `/Users?filter=${inUrl(filter)}`);
      await expectRefused(answer, [400, "invalidFilter"], session);
    },
  );

  test.each(['userName eq "\ud800"', 'userName eq "7d420df3"', 'externalId eq "\u202e"'])(
    "%j finds nobody, and is no error",
    async (filter) => {
      const { status, json } = await session.send("POST", "/Users/.search", { filter });
      expect([status, match({ totalResults: 0, Resources: [] }, json)]).toEqual([200, []]);
    },
  );

  test.each([
    "/Users?filter=%E0%A4%A",
    "/Users?filter=%",
    "/Users?filter=userName+eq+%22%FF%22",
    "/Users?%ZZ=1",
    "/Users?startIndex=abc",
    "/Users?startIndex=1.5",
    "/Users?startIndex=1e3",
    "/Users?count=ten",
    "/Users?count=99999999999999999999",
    "/Users?count=NaN",
    "/Users?filter=userName+pr&filter=userName+eq+%22ann%22",
    "/Users?count=1&count=2",
    "/Users?count=1&Count=2",
    "/Users?attributes=userName&excludedAttributes=emails",
    "/Users?sortBy=userName&sortOrder=sideways",
    "/Users?sortBy=shoeSize",
    "/Users?sortBy=__proto__",
    "/Users?sortBy=password",
  ])("%s is 400 invalidValue", async (path) => {
    await expectRefused(await session.send("GET", path), [400, "invalidValue"], session);
  });

  test.each([
    ["/Users?count=-1", { totalResults: 2, itemsPerPage: 0, Resources: [] }],
    ["/Users?count=0", { totalResults: 2, itemsPerPage: 0, Resources: [] }],
    ["/Users?startIndex=-5", { totalResults: 2, startIndex: 1, Resources: { $length: 2 } }],
    ["/Users?startIndex=0&count=1", { totalResults: 2, startIndex: 1, Resources: { $length: 1 } }],
    ["/Users?startIndex=999999999", { totalResults: 2, Resources: [] }],
    ["/Users?&&=&=x&filter=&unknown=1&unknown=2&", { totalResults: 2, Resources: { $length: 2 } }],
    ["/Users?aadOptscim062020", { totalResults: 2 }],
    ["/Users?attributes=__proto__,constructor,shoeSize", { Resources: { $length: 2 } }],
    ["/Users?excludedAttributes=__proto__", { Resources: [{ userName: "ann" }, { userName: "bo" }] }],
  ])("%s is answered", async (path, expected) => {
    const { status, json } = await session.send("GET", path);
    expect([status, match(expected, json)]).toEqual([200, []]);
  });

  test("1 MB of filter in the URL is refused: by node:http (431) before it reaches us, else by us", async () => {
    const answer = await session.send("GET", `/Users?filter=${"x".repeat(1_048_576)}`);
    if (answer.status !== 431) await expectRefused(answer, [400, "invalidFilter"], session);
    await expectAlive(session);
  });
});
