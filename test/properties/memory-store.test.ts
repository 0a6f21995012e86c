/** The memory store's shortcuts change nothing: indexes, cursors, and maps whose keys come and go. */
import fc from "fast-check";
import { everything, type Resource } from "scimkit";
import { memoryStore } from "scimkit/memory";
import { expect, test } from "vitest";
import { defaultGrammar } from "../../src/filter/grammar.ts";
import { parseFilter } from "../../src/filter/resolve.ts";
import { resolvePath } from "../../src/schema/resolve.ts";
import { ChurnMap } from "../../src/store/memory-churn-map.ts";
import {
  type Expression,
  evaluate,
  expression,
  resource,
  style,
  userNameExpression,
  write,
} from "../filter-arbitrary.ts";
import { personType } from "../filter-type.ts";

const beforeCommit = async (): Promise<void> => {};
const first = { by: "index", startIndex: 1, count: 100 } as const;

async function filled(resources: readonly Resource[]) {
  const store = memoryStore();
  store.connect(personType);
  for (const each of resources) await store.create({ resource: each, beforeCommit }, everything, undefined);
  return store;
}

test("what a list finds, by index or not, is what a literal reading of the filter finds", async () => {
  // Half of the filters demand an equality, for which there is an index.
  const demanding = fc.tuple(expression, userNameExpression, fc.boolean()).map(
    ([other, equality, isFirst]): Expression => ({
      kind: "and",
      parts: isFirst ? [equality, other] : [other, equality],
    }),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(expression, demanding, userNameExpression),
      fc.uniqueArray(resource, { maxLength: 8, selector: ({ userName }) => String(userName).toLowerCase() }),
      style,
      async (filter, resources, how) => {
        const store = await filled(resources);
        const query = { filter: parseFilter(write(filter, how), personType, defaultGrammar), sort: undefined };
        const page = await store.list({ ...query, window: first, want: everything }, undefined);
        const wanted = resources.filter((each) => evaluate(filter, each)).map(({ userName }) => userName);
        expect(page.resources.map(({ userName }) => userName)).toEqual(wanted);
        expect(page.total).toBe(wanted.length);
      },
    ),
    { numRuns: 1_000 },
  );
});

/** What happens between two pages: users come, or those at some place go. */
const happening = fc.oneof(
  fc.record({ kind: fc.constant("come" as const), title: fc.constantFrom("a", "b", "c", undefined) }),
  fc.record({ kind: fc.constant("go" as const), at: fc.nat(20) }),
);

test("a walk by cursors meets everything that was there all the time once, in order, whatever comes and goes", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom("a", "B", "b", "c", undefined), { maxLength: 12 }),
      fc.array(fc.array(happening, { maxLength: 3 }), { minLength: 1, maxLength: 5 }),
      fc.integer({ min: 1, max: 4 }),
      fc.constantFrom(undefined, false, true),
      async (titles, happenings, count, descending) => {
        let number = 0;
        const person = (title: string | undefined): Resource => ({ userName: `u${number++}`, title });
        const store = await filled(titles.map(person));
        const path = resolvePath("title", personType, new Set());
        const sort = descending === undefined || path === undefined ? undefined : { path, descending };
        const page = (position: string | undefined) =>
          store.list(
            { filter: undefined, sort, window: { by: "cursor", position, count }, want: everything },
            undefined,
          );
        const staying = new Set(store.snapshot(undefined).map(({ id }) => id));
        const met: string[] = [];
        let position: string | undefined;
        for (let round = 0; ; round++) {
          const { resources, next } = await page(position);
          met.push(...resources.map(({ id }) => id));
          if (next === undefined) break;
          position = next;
          for (const event of happenings[round] ?? []) {
            if (event.kind === "come")
              await store.create({ resource: person(event.title), beforeCommit }, everything, undefined);
            else {
              const id = store.snapshot(undefined)[event.at]?.id;
              if (id === undefined) continue;
              staying.delete(id);
              await store.delete(id, { check: () => {}, beforeCommit }, undefined);
            }
          }
        }
        expect(new Set(met).size).toBe(met.length);
        const order = await store.list({ filter: undefined, sort, window: first, want: everything }, undefined);
        const wanted = order.resources.map(({ id }) => id).filter((id) => staying.has(id));
        expect(met.filter((id) => staying.has(id))).toEqual(wanted);
      },
    ),
    { numRuns: 500 },
  );
});

test("a ChurnMap is a Map, whose deleted keys may keep their place", () => {
  const step = fc.tuple(fc.constantFrom("set", "delete"), fc.integer({ min: 0, max: 60 }));
  fc.assert(
    fc.property(fc.array(step, { maxLength: 400 }), (steps) => {
      const churned = new ChurnMap<number, { readonly at: number }>();
      const model = new Map<number, { readonly at: number }>();
      for (const [at, [kind, key]] of steps.entries()) {
        if (kind === "set") {
          churned.set(key, { at });
          model.set(key, { at });
        } else expect(churned.delete(key)).toBe(model.delete(key));
        expect(churned.size).toBe(model.size);
        expect(churned.get(key)).toEqual(model.get(key));
        expect(churned.has(key)).toBe(model.has(key));
      }
      const entries: [number, { readonly at: number }][] = [];
      churned.forEach((value, key) => {
        entries.push([key, value]);
      });
      const byKey = (a: [number, unknown], b: [number, unknown]): number => a[0] - b[0];
      expect(entries.sort(byKey)).toEqual([...model].sort(byKey));
    }),
    { numRuns: 300 },
  );
});
