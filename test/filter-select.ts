/** What a filter does, for the tests of filters: which resources it selects, what it is refused with. */
import { ScimError } from "../src/error.ts";
import type { Filter } from "../src/filter/filter.ts";
import { defaultGrammar, type Grammar } from "../src/filter/grammar.ts";
import { compilePredicate } from "../src/filter/predicate.ts";
import { parseFilter } from "../src/filter/resolve.ts";
import type { Resource } from "../src/schema/attribute.ts";
import type { Relaxation } from "../src/schema/relaxation.ts";
import { personType } from "./filter-type.ts";

/** The default grammar with some relaxations. */
export const relaxedBy = (...relaxed: Relaxation[]): Grammar => ({ ...defaultGrammar, relaxed: new Set(relaxed) });

/** A filter on {@link personType}; strictly read, unless a grammar says otherwise. */
export const read = (text: string, grammar: Grammar = defaultGrammar): Filter => parseFilter(text, personType, grammar);

/** Whether a resource satisfies a filter. */
export const holds = (text: string, resource: Resource, grammar?: Grammar): boolean =>
  compilePredicate(read(text, grammar), personType)(resource);

/** The ids of the resources that satisfy a filter. */
export const select = (text: string, resources: readonly Resource[], grammar?: Grammar): unknown[] =>
  resources.filter(compilePredicate(read(text, grammar), personType)).map((resource) => resource.id);

/** Runs what must fail, and returns the ScimError it threw. */
export function refusal(run: () => unknown): ScimError {
  try {
    run();
  } catch (thrown) {
    if (thrown instanceof ScimError) return thrown;
    throw new Error("it was refused, and not with a ScimError", { cause: thrown });
  }
  throw new Error("it was not refused");
}
