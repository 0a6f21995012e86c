/** Whatever bytes come as a filter or a PATCH path: a filter, or a 400. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { ScimError } from "../../src/error.ts";
import { defaultGrammar, type Grammar } from "../../src/filter/grammar.ts";
import { parsePath } from "../../src/filter/path.ts";
import { compilePredicate } from "../../src/filter/predicate.ts";
import { printFilter } from "../../src/filter/print.ts";
import { parseFilter } from "../../src/filter/resolve.ts";
import { relaxedBy } from "../filter-select.ts";
import { ENTERPRISE, personType } from "../filter-type.ts";

const all = relaxedBy(
  "unquotedLiterals",
  "valuePathSubAttribute",
  "bareExtensionNames",
  "singularNames",
  "dottedExtension",
  "booleanStrings",
);
const grammar = fc.constantFrom(defaultGrammar, all);

/** Pieces of filters in any order: what is nearly a filter gets furthest. */
const pieces = fc
  .array(
    fc.oneof(
      fc.constantFrom(...'()[]"\\.:$ \n\u0000,'.split("")),
      fc.constantFrom(
        "userName",
        "emails",
        "value",
        "type",
        "name.givenName",
        "password",
        "nickNames",
        ENTERPRISE,
        "constructor",
        "__proto__",
      ),
      fc.constantFrom(" eq ", " and ", " or ", "not (", " pr", " pr)", " gt ", "[type pr]", "].value eq ", " eq"),
      fc.constantFrom('"x"', "true", "null", "-1e3", '"\\u00e9"', "\\u12", "word", "1e999"),
      fc.string({ unit: "binary", maxLength: 5 }),
    ),
    { maxLength: 20 },
  )
  .map((parts) => parts.join(""));

const text = fc.oneof(pieces, fc.string({ unit: "binary", maxLength: 100 }));

/** Runs it, and holds what it throws against the rule. */
function outcome(run: () => void, scimTypes: readonly string[]): void {
  try {
    run();
  } catch (thrown) {
    if (!(thrown instanceof ScimError)) throw thrown;
    expect(thrown.status).toBe(400);
    expect(scimTypes).toContain(thrown.scimType);
    expect(thrown.detail.length).toBeLessThan(500);
  }
}

test("a filter parses and evaluates, or is refused with 400 invalidFilter", () => {
  const resource = { userName: "x", emails: [{ value: "x", type: "work" }], nickNames: ["x"] };
  fc.assert(
    fc.property(text, grammar, fc.constantFrom("reject" as const, "absent" as const), (filter, how, unknown) => {
      outcome(() => {
        const parsed = parseFilter(filter, personType, how, unknown);
        expect(compilePredicate(parsed, personType)(resource)).toBeTypeOf("boolean");
        expect(parseFilter(printFilter(parsed), personType, defaultGrammar)).toEqual(parsed);
      }, ["invalidFilter"]);
    }),
    { numRuns: 5_000 },
  );
});

test("a PATCH path parses, or is refused with 400 invalidPath or invalidFilter", () => {
  fc.assert(
    fc.property(text, grammar, (path, how) => {
      outcome(
        () => expect(parsePath(path, personType, how).path.attribute.name).not.toBe(""),
        ["invalidPath", "invalidFilter"],
      );
    }),
    { numRuns: 5_000 },
  );
});

test("size costs no more than size: one unit of text repeated up to the bound and beyond", () => {
  const units = [
    '"',
    "\n",
    "\\",
    "(",
    ")",
    "[",
    "]",
    "a[",
    "not (",
    "a pr and ",
    "a pr or (",
    'a eq "x" and ',
    "a:",
    "a.",
    "0",
    "-",
    "a eq 0",
    "e",
    ":",
    "$",
    "\u0000",
    "😀",
    '\\"',
  ];
  const prefixes = ["", '"', 'a eq "', "a eq ", "a pr", "a[", "emails[type eq ", "urn:", "a eq 1"];
  const repeated = (unit: string, length: number) => unit.repeat(Math.ceil(length / unit.length)).slice(0, length);
  const check = (sample: string, how: Grammar): void => {
    outcome(() => parseFilter(sample, personType, how), ["invalidFilter"]);
    outcome(() => parsePath(sample, personType, how), ["invalidPath", "invalidFilter"]);
  };
  for (const unit of units) {
    for (const prefix of prefixes) check(prefix + repeated(unit, 99_000), all);
    check(repeated(unit, 1_000_000), defaultGrammar);
  }
});
