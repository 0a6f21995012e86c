/** The PATCH engine against a literal transcription of the RFC, on random resources. RFC 7644 §3.5.2. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ScimError } from "../../src/error.ts";
import { ENT, patch } from "../patch-engine.ts";
import {
  applyLiterally,
  canonical,
  Failure,
  type Json,
  type ModelOperation,
  type ModelPath,
  wire,
} from "./patch-reference.ts";

const word = fc.constantFrom("a", "A", "b", "c");
const type = fc.constantFrom("work", "home", "Work");
const optional = (shape: { [name: string]: fc.Arbitrary<unknown> }): fc.Arbitrary<Json> =>
  fc.record(shape, { requiredKeys: [] }).filter((value) => Object.keys(value).length > 0);

const name = optional({ givenName: word, familyName: word });
const email = optional({ value: word, type, primary: fc.boolean(), display: word });
/** What one operation gives; elements that are equal among themselves are the reader's business, not the engine's. */
const givenEmails = fc.uniqueArray(email, {
  selector: ({ value, type, display }) =>
    JSON.stringify(value === undefined ? [type ?? 0, display ?? 0] : [type ?? 0, value, "value"]).toLowerCase(),
  maxLength: 3,
});
const address = optional({ type, locality: word, region: word });
const manager = fc.record({ value: word });
const department = word;

/** One primary at most, and nothing twice: what a server would have let in. */
const emails = fc
  .uniqueArray(fc.record({ value: word, type }, { requiredKeys: ["value"] }), {
    selector: (element) => JSON.stringify([element.value.toLowerCase(), element.type?.toLowerCase()]),
    minLength: 1,
    maxLength: 4,
  })
  .chain((list) =>
    fc
      .integer({ min: -1, max: list.length - 1 })
      .map((primary) => list.map((element, index) => (index === primary ? { ...element, primary: true } : element))),
  );
const addresses = fc.uniqueArray(address, {
  selector: (element) => JSON.stringify(canonical(element)).toLowerCase(),
  minLength: 1,
  maxLength: 3,
});

const enterprise = optional({ department, manager });
const state = fc
  .record(
    {
      userName: word,
      title: word,
      active: fc.boolean(),
      name,
      emails,
      addresses,
      [ENT]: enterprise,
    },
    { requiredKeys: ["userName"] },
  )
  .map((value): Json => ({ ...value }));

const op = fc.constantFrom("add", "replace", "remove");
const terms = (sub: fc.Arbitrary<{ sub: string; value: string | boolean }>) =>
  fc.array(sub, { minLength: 1, maxLength: 2 });
const emailTerm = fc.oneof(
  type.map((value) => ({ sub: "type", value })),
  word.map((value) => ({ sub: "value", value })),
  fc.constant({ sub: "primary", value: true }),
);
const addressTerm = fc.oneof(
  type.map((value) => ({ sub: "type", value })),
  word.map((value) => ({ sub: "locality", value })),
);

/** A place to point at, and a value that fits it; null stands for "no value" where that is sent. */
const at = (path: ModelPath, value: fc.Arbitrary<unknown>): fc.Arbitrary<ModelOperation> =>
  fc.tuple(op, value).map(([chosen, given]) => ({ op: chosen, path, ...(chosen !== "remove" && { value: given }) }));

const selected = (
  attribute: string,
  term: fc.Arbitrary<{ sub: string; value: string | boolean }>,
  subs: { [name: string]: fc.Arbitrary<unknown> },
): fc.Arbitrary<ModelOperation> =>
  fc
    .tuple(terms(term), fc.constantFrom(undefined, ...Object.keys(subs)))
    .chain(([filter, sub]) =>
      at(
        { attribute, terms: filter, ...(sub !== undefined && { sub }) },
        sub === undefined ? optional(subs) : (subs[sub] ?? fc.constant(null)),
      ),
    );

const withoutPath: fc.Arbitrary<ModelOperation> = fc
  .tuple(
    fc.constantFrom("add", "replace"),
    fc.record(
      {
        title: fc.option(word),
        active: fc.boolean(),
        name,
        emails: givenEmails,
        [ENT]: fc.record({ department: fc.option(department), manager }, { requiredKeys: [] }),
      },
      { requiredKeys: [] },
    ),
  )
  .map(([chosen, value]): ModelOperation => ({ op: chosen === "add" ? "add" : "replace", value: { ...value } }));

const operation: fc.Arbitrary<ModelOperation> = fc.oneof(
  withoutPath,
  at({ attribute: "title" }, fc.option(word)),
  at({ attribute: "active" }, fc.boolean()),
  at({ attribute: "name" }, fc.record({ givenName: fc.option(word), familyName: word }, { requiredKeys: [] })),
  at({ attribute: "name", sub: "givenName" }, fc.option(word)),
  at({ attribute: "emails" }, givenEmails),
  at({ attribute: "addresses" }, fc.array(address, { maxLength: 2 })),
  at({ extension: ENT, attribute: "department" }, fc.option(word)),
  at({ extension: ENT, attribute: "manager" }, manager),
  at({ extension: ENT, attribute: "manager", sub: "value" }, word),
  selected("emails", emailTerm, { value: word, type, primary: fc.boolean(), display: fc.option(word) }),
  selected("addresses", addressTerm, { type, locality: word, region: fc.option(word) }),
);

function literally(before: Json, operations: readonly ModelOperation[]): Json | string {
  try {
    return applyLiterally(before, operations);
  } catch (thrown) {
    if (thrown instanceof Failure) return thrown.scimType;
    throw thrown;
  }
}

function engine(
  before: Json,
  operations: readonly ModelOperation[],
): { resource: Json; changed: readonly string[] } | string {
  try {
    const { resource, changed } = patch(before, operations.map(wire));
    return { resource: { ...resource }, changed };
  } catch (thrown) {
    if (thrown instanceof ScimError) return thrown.scimType ?? "";
    throw thrown;
  }
}

describe("the PATCH engine", () => {
  test("makes of any resource and operations what §3.5.2 says, sentence by sentence", () => {
    fc.assert(
      fc.property(state, fc.array(operation, { minLength: 1, maxLength: 6 }), (before, operations) => {
        const expected = literally(before, operations);
        const actual = engine(before, operations);
        if (typeof expected === "string" || typeof actual === "string") expect(actual).toEqual(expected);
        else expect(canonical(actual.resource)).toEqual(canonical(expected));
      }),
      { numRuns: 3000 },
    );
  });

  test("names a change where, and only where, a value differs", () => {
    fc.assert(
      fc.property(state, fc.array(operation, { minLength: 1, maxLength: 4 }), (before, operations) => {
        const after = engine(before, operations);
        if (typeof after === "string") return;
        const paths = new Set([...flatten(before).keys(), ...flatten(after.resource).keys()]);
        const differing = [...paths].filter((path) => flatten(before).get(path) !== flatten(after.resource).get(path));
        expect([...after.changed].sort()).toEqual(differing.sort());
      }),
      { numRuns: 1000 },
    );
  });

  test("changes nothing the second time that the same values are replaced", () => {
    fc.assert(
      fc.property(state, withoutPath, (before, { value }) => {
        const once = patch(before, [{ op: "replace", value }]);
        expect(patch(once.resource, [{ op: "replace", value }]).changed).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
});

/** Paths as `changed` names them, with values to compare. */
function flatten(resource: Json): ReadonlyMap<string, string> {
  const paths = new Map<string, string>();
  const put = (path: string, value: unknown): void => {
    if (typeof value === "object" && value !== null && !Array.isArray(value)) {
      for (const [sub, inner] of Object.entries(value))
        paths.set(`${path}.${sub}`, JSON.stringify(canonical(inner, true)));
    } else paths.set(path, JSON.stringify(canonical(value, true)));
  };
  for (const [key, value] of Object.entries(resource)) {
    if (key !== ENT) put(key, value);
    else for (const [inner, held] of Object.entries({ ...Object(value) })) put(`${ENT}:${inner}`, held);
  }
  return paths;
}
