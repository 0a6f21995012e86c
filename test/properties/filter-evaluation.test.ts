/** Filters select what a literal reading of RFC 7644 §3.4.2.2 says they select. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { defaultGrammar } from "../../src/filter/grammar.ts";
import { parsePath } from "../../src/filter/path.ts";
import { compileElementPredicate, compilePredicate } from "../../src/filter/predicate.ts";
import { equalityOf } from "../../src/filter/visit.ts";
import {
  type Expression,
  emailsExpression,
  evaluate,
  expression,
  resource,
  style,
  userNameExpression,
  write,
} from "../filter-arbitrary.ts";
import { read } from "../filter-select.ts";
import { personType } from "../filter-type.ts";

test("random filters over random resources agree with the literal evaluator", () => {
  fc.assert(
    fc.property(expression, fc.array(resource, { minLength: 1, maxLength: 8 }), style, (filter, resources, how) => {
      const predicate = compilePredicate(read(write(filter, how)), personType);
      expect(resources.map((each) => predicate(each))).toEqual(resources.map((each) => evaluate(filter, each)));
    }),
    { numRuns: 2_000 },
  );
});

test("brackets of a PATCH path select the same elements as brackets of a filter", () => {
  fc.assert(
    fc.property(emailsExpression, resource, style, (filter, { emails }, how) => {
      const { path, filter: brackets } = parsePath(write(filter, how), personType, defaultGrammar);
      if (brackets === undefined) throw new Error("the brackets were lost");
      const selects = compileElementPredicate(brackets, path.attribute);
      for (const email of Array.isArray(emails) ? emails : []) {
        expect(selects(email)).toBe(evaluate(filter, { emails: [email] }));
      }
    }),
    { numRuns: 1_000 },
  );
});

test("an equality that a filter is said to demand holds for all that it selects", () => {
  fc.assert(
    fc.property(expression, userNameExpression, fc.array(resource), style, (filter, equality, resources, how) => {
      const both: Expression = { kind: "and", parts: [filter, equality] };
      const userName = equalityOf(read(write(both, how)), "userName");
      const selected = resources.filter((each) => evaluate(both, each));
      expect(userName).toBeTypeOf("string");
      for (const each of selected) expect(String(each.userName).toLowerCase()).toBe(userName?.toLowerCase());
    }),
    { numRuns: 500 },
  );
});
