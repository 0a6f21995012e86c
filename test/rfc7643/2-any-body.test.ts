/** Whatever a body holds, it is read or refused, and leads nowhere else. RFC 7643 §2. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { ScimError } from "../../src/error.ts";
import type { Resource } from "../../src/schema/attribute.ts";
import { checkSchemas } from "../../src/schema/check-schemas.ts";
import { readResource } from "../../src/schema/read-resource.ts";
import { readElement, readPartial, readValue } from "../../src/schema/read-value.ts";
import { allPaths } from "../../src/schema/resolve.ts";
import { enterprise, group, ignoring, read, refusal, rejecting, thing, user } from "./reading.ts";

const dangerous = ["__proto__", "constructor", "prototype", "toString", "hasOwnProperty", "__defineGetter__"];

/** JSON as it comes out of JSON.parse, where `__proto__` is an own property like any other. */
const hostile = (key: string, value: unknown): unknown =>
  JSON.parse(
    `{"userName":"a","name":{"givenName":"b","${key}":V},"emails":[{"value":"c","${key}":V}],"${key}":V,
    "${enterprise}":{"department":"d","manager":{"value":"e","${key}":V},"${key}":V}}`.replaceAll(
      "V",
      JSON.stringify(value),
    ),
  );

const names = [
  "schemas",
  "id",
  "meta",
  enterprise,
  ...dangerous,
  ...allPaths(user).map(({ attribute }) => attribute.name),
];
const subNames = [...dangerous, ...allPaths(user).flatMap(({ subAttribute }) => subAttribute?.name ?? [])];
const key = (all: readonly string[]) =>
  fc.tuple(fc.constantFrom(...all), fc.boolean()).map(([name, isUpper]) => (isUpper ? name.toUpperCase() : name));

/** Bodies that are nearly users, so that most of the code has something to do. */
const simple = fc.oneof(fc.string(), fc.constant(null), fc.boolean(), fc.integer(), fc.double(), fc.constant("work"));
const value = fc.oneof(
  simple,
  fc.dictionary(key(subNames), simple, { maxKeys: 4 }),
  fc.array(fc.oneof(simple, fc.dictionary(key(subNames), simple, { maxKeys: 4 })), { maxLength: 4 }),
  fc.dictionary(key(names), simple, { maxKeys: 4 }),
  fc.jsonValue(),
);
const body = fc
  .tuple(fc.dictionary(key(names), value, { maxKeys: 6 }), fc.option(fc.string({ minLength: 1 })))
  .map(([rest, userName]): unknown => (userName === null ? rest : { userName: `u${userName}`, ...rest }));

/** Runs it, and lets nothing be thrown but a 400. */
function answer<T>(run: () => T): T | undefined {
  try {
    return run();
  } catch (thrown) {
    if (!(thrown instanceof ScimError)) throw thrown;
    expect(thrown.status).toBe(400);
    expect(thrown.detail.length).toBeLessThan(400);
    return undefined;
  }
}

/** Every object in it has Object.prototype, and keys that the schema has. */
function expectClean(part: unknown, allowed: ReadonlySet<string>): void {
  if (Array.isArray(part)) for (const each of part) expectClean(each, allowed);
  if (typeof part !== "object" || part === null || Array.isArray(part)) return;
  expect(Object.getPrototypeOf(part)).toBe(Object.prototype);
  for (const [name, inner] of Object.entries(part)) {
    expect(allowed.has(name)).toBe(true);
    expect(inner === null || inner === undefined).toBe(false);
    expectClean(inner, allowed);
  }
}

const allowed = new Set([
  enterprise,
  ...allPaths(user).flatMap(({ attribute, subAttribute }) => [attribute.name, subAttribute?.name ?? attribute.name]),
]);

describe("§2 whatever a body holds", () => {
  it.each([null, undefined, "text", 1, true, [], [{ userName: "a" }]])("a body is an object, not %j", (any) => {
    expect(refusal(() => read(any))).toBe(
      "400 invalidSyntax: The body must be a JSON object, a representation of a User.",
    );
  });

  it.each(dangerous)("%s leads nowhere, at every depth", (name) => {
    for (const planted of [{ polluted: true }, "text", [{ polluted: true }], null]) {
      const resource = read(hostile(name, planted));
      expect(resource).toEqual({
        userName: "a",
        name: { givenName: "b" },
        emails: [{ value: "c" }],
        [enterprise]: { department: "d", manager: { value: "e" } },
      });
      expectClean(resource, allowed);
      expect(Reflect.get({}, "polluted")).toBeUndefined();
    }
  });

  it.each(dangerous)("%s is an unknown attribute like any other", (name) => {
    expect(refusal(() => read(hostile(name, {}), user, rejecting))).toMatch(
      /^400 invalidSyntax: There is no attribute /,
    );
  });

  it("inherited properties are no part of a body", () => {
    const inherited: unknown = Object.create({ userName: "a" });
    expect(refusal(() => read(inherited))).toContain('"userName" is required');
    expect(read(Object.assign(Object.create(null), { userName: "a" }))).toEqual({ userName: "a" });
  });

  it("nesting ends where the schema does, however deep the body", () => {
    let deep: unknown = "x";
    for (let depth = 0; depth < 100_000; depth++) deep = { name: [deep] };
    expect(read({ userName: "a", unknown: deep })).toEqual({ userName: "a" });
    expect(refusal(() => read({ userName: "a", name: { givenName: deep } }))).toContain('"name.givenName" must be');
  });

  it("thousands of unknown names, and of one name in every case, cost no more than their number", () => {
    const unknown = Object.fromEntries(Array.from({ length: 50_000 }, (_, index) => [`x${index}`, index]));
    expect(read({ userName: "a", ...unknown, name: { givenName: "b", ...unknown } })).toEqual({
      userName: "a",
      name: { givenName: "b" },
    });
    const cased = Object.fromEntries(
      Array.from({ length: 512 }, (_, bits) => [
        [..."givenname"].map((letter, index) => ((bits >> index) & 1 ? letter.toUpperCase() : letter)).join(""),
        "x",
      ]),
    );
    expect(refusal(() => read({ userName: "a", name: cased }))).toContain('"name.givenName" is there twice');
  });

  it("any body is read or refused with 400; what is read is clean, and reads as itself", () => {
    fc.assert(
      fc.property(body, (any) => {
        answer(() => checkSchemas(any, user));
        answer(() => readResource(any, user, "create", rejecting));
        const resource = answer(() => read(any));
        if (resource === undefined) return;
        expectClean(resource, allowed);
        expect(read(resource)).toEqual(resource);
        expect(read(JSON.parse(JSON.stringify(resource)))).toEqual(resource);
      }),
      { numRuns: 500 },
    );
  });

  it("any value of a PATCH is read or refused with 400", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...allPaths(user), ...allPaths(group)),
        value,
        ({ attribute, subAttribute, text }, any) => {
          for (const readOne of [readValue, readElement, readPartial]) {
            const result = answer(() => readOne(any, subAttribute ?? attribute, text, ignoring));
            expect(result === null).toBe(false);
          }
        },
      ),
    );
  });

  it("what is sent is not changed by being read", () => {
    fc.assert(
      fc.property(body, (any) => {
        const before = structuredClone(any);
        answer(() => read(any));
        expect(any).toEqual(before);
      }),
    );
  });

  it("a body of the right shape comes out as it went in", () => {
    const type = thing({
      text: z.string().optional(),
      flag: z.boolean().optional(),
      whole: z.int().optional(),
      real: z.number().optional(),
      part: z.object({ text: z.string().optional(), tags: z.array(z.string()).optional() }).optional(),
    });
    const storable = fc.string({ unit: "grapheme" }).filter((text) => !text.includes("\0"));
    const part = fc.record({ text: storable }, { requiredKeys: ["text"] });
    const shape = fc.record(
      {
        text: storable,
        flag: fc.boolean(),
        whole: fc.maxSafeInteger(),
        real: fc.double({ noNaN: true, noDefaultInfinity: true }),
        part,
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(shape, (any) => {
        const expected: Resource = any;
        expect(read(any, type, rejecting)).toEqual(expected);
      }),
    );
  });
});
