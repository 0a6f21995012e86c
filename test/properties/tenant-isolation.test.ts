/** Whatever one tenant asks for, the answer is as if the other did not exist. laravel-scim-server#171: `WHERE scope OR term`. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { type Host, memoryHost, otherToken, token } from "../host.ts";
import { isObject, type JsonObject } from "../match.ts";
import { valueAt } from "../variables.ts";

const enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
const word = fc.constantFrom("ann", "Ann", "bo", "a", "", "x.io", "ann@x.io", "it");
const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(arbitrary, { nil: undefined });

const user = fc.record({
  title: maybe(word),
  externalId: maybe(word),
  active: maybe(fc.boolean()),
  name: maybe(fc.record({ givenName: maybe(word), familyName: maybe(word) })),
  emails: maybe(fc.array(fc.record({ value: word, type: maybe(fc.constantFrom("work", "home")) }), { maxLength: 3 })),
  [enterprise]: maybe(fc.record({ department: maybe(word) })),
});
const users = fc.array(user, { maxLength: 6 });

const text = fc.constantFrom(
  "userName",
  "title",
  "externalId",
  "name.givenName",
  "emails",
  "emails.type",
  `${enterprise}:department`,
);
const comparison = fc
  .tuple(text, fc.constantFrom("eq", "ne", "co", "sw", "ew", "gt", "ge", "lt", "le"), word)
  .map(([path, op, value]) => `${path} ${op} ${JSON.stringify(value)}`);
const condition = fc.oneof(
  comparison,
  text.map((path) => `${path} pr`),
  fc.constantFrom("id pr", 'not (id eq "nobody")', "meta.created pr"),
  fc.boolean().map((value) => `active eq ${value}`),
  word.map((value) => `emails[type eq "work" and value co ${JSON.stringify(value)}]`),
);
const filter = fc.letrec<{ whole: string }>((tie) => ({
  whole: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    condition,
    fc.tuple(tie("whole"), fc.constantFrom("and", "or"), tie("whole")).map(([a, word, b]) => `${a} ${word} ${b}`),
    tie("whole").map((inner) => `not (${inner})`),
    fc.tuple(tie("whole"), fc.constantFrom("and", "or"), tie("whole")).map(([a, word, b]) => `(${a}) ${word} (${b})`),
  ),
})).whole;
const page = fc.record({
  startIndex: maybe(fc.integer({ min: 0, max: 4 })),
  count: maybe(fc.integer({ min: 0, max: 4 })),
  sortBy: maybe(fc.constantFrom("userName", "title", "name.givenName", "emails.value")),
  sortOrder: maybe(fc.constantFrom("ascending", "descending")),
});

async function ask(host: Host, bearer: string, url: string, json: JsonObject): Promise<JsonObject> {
  const { body = "", status } = await host.scim.handle({
    method: "POST",
    url,
    baseUrl: "https://app.example/scim",
    headers: { authorization: `Bearer ${bearer}` },
    body: { json },
  });
  const answer: unknown = JSON.parse(body);
  if (status >= 300 || !isObject(answer)) throw new Error(`${status} ${body}`);
  return answer;
}

/** Creates users, named by their place, in a tenant. */
async function fillTenant(host: Host, bearer: string, drafts: readonly JsonObject[]): Promise<void> {
  for (const [index, draft] of drafts.entries()) {
    await ask(host, bearer, "/Users", { ...JSON.parse(JSON.stringify(draft)), userName: `user ${index}` });
  }
}

const found = (answer: JsonObject): unknown => {
  const { Resources, totalResults } = answer;
  return [totalResults, Array.isArray(Resources) ? Resources.map((resource) => valueAt(resource, "userName")) : []];
};

test("any filter, order and page over two tenants selects what it selects where there is one", async () => {
  await fc.assert(
    fc.asyncProperty(
      users,
      users,
      fc.array(fc.tuple(filter, page), { minLength: 4, maxLength: 8 }),
      async (ours, theirs, queries) => {
        const [alone, together] = [memoryHost(), memoryHost()];
        await fillTenant(alone, token, ours);
        await fillTenant(together, otherToken, theirs);
        await fillTenant(together, token, ours);
        for (const [text, window] of queries) {
          const query = { filter: text, ...JSON.parse(JSON.stringify(window)) };
          const expected = found(await ask(alone, token, "/Users/.search", query));
          expect(found(await ask(together, token, "/Users/.search", query)), text).toEqual(expected);
        }
      },
    ),
    { numRuns: 150 },
  );
});
