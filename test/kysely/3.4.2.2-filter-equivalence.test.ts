/** A query selects the same resources in SQL and in memory, in the same order. RFC 7644 §3.4.2.2, §3.4.2.3. */
import fc from "fast-check";
import { type AttributePath, allPaths, compilePredicate, defaultGrammar, parseFilter, type Sort } from "scimkit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { arbitraryFilter } from "./arbitrary.ts";
import { type Known, type Populated, type PopulatedHost, populated, walk } from "./populated.ts";
import { databases, stopServer } from "./stores.ts";

afterAll(stopServer);

describe.each(databases)("In %s", (_, url) => {
  describe.each(populated)("on %s", (_name, open) => {
    let host: PopulatedHost;
    beforeAll(async () => {
      host = await open(url);
    }, 120_000);
    afterAll(() => host.close());

    it.each([
      ["users", 1_500],
      ["groups", 400],
    ] as const)(
      "any filter selects the %s that the predicate selects",
      async (kind, numRuns) => {
        const { list, resources, served, type } = host[kind];
        const moments = resources.slice(0, 3).map(({ meta }) => (isMeta(meta) ? meta.created : ""));
        const filters = arbitraryFilter(type, served, moments);
        await fc.assert(
          fc.asyncProperty(filters, async (text) => {
            const wanted = resources.filter(compilePredicate(parseFilter(text, type, defaultGrammar), type));
            const page = await list(text);
            expect(page.resources.map(({ id }) => id)).toEqual(idsOf(wanted));
            expect(page.total).toBe(wanted.length);
          }),
          { numRuns },
        );
      },
      240_000,
    );

    it.each(["users", "groups"] as const)(
      "any %s that a filter selects are sorted alike, page by page",
      async (kind) => {
        const { list, resources, served, sorted, type } = host[kind];
        const filters = arbitraryFilter(type, served, []);
        const paths = sortable(host[kind]);
        const sorts = fc.record({ path: fc.constantFrom(...paths), descending: fc.boolean() });
        await fc.assert(
          fc.asyncProperty(filters, sorts, fc.integer({ min: 1, max: 12 }), async (text, sort, count) => {
            const isMatch = compilePredicate(parseFilter(text, type, defaultGrammar), type);
            const wanted = idsOf(sorted(resources.filter(isMatch), sort));
            const startIndex = 1 + (wanted.length % 5);
            const page = await list(text, sort, { by: "index", startIndex, count });
            expect(page.resources.map(({ id }) => id)).toEqual(wanted.slice(startIndex - 1, startIndex - 1 + count));
            const { forward } = await walk((position) =>
              list(text, sort, { by: "cursor", position, count: count + 9 }),
            );
            expect(forward).toEqual(wanted);
          }),
          { numRuns: 150 },
        );
      },
      240_000,
    );

    it.each(["users", "groups"] as const)(
      "any attribute sorts %s as in memory, forward and back",
      async (kind) => {
        const { list, resources, sorted } = host[kind];
        for (const path of sortable(host[kind])) {
          for (const descending of [false, true]) {
            const sort: Sort = { path, descending };
            const wanted = idsOf(sorted(resources, sort));
            const whole = await list(undefined, sort);
            expect([path.text, descending, whole.resources.map(({ id }) => id)]).toEqual([
              path.text,
              descending,
              wanted,
            ]);
            const { forward, back } = await walk((position) =>
              list(undefined, sort, { by: "cursor", position, count: 11 }),
            );
            expect([path.text, forward]).toEqual([path.text, wanted]);
            expect([path.text, back]).toEqual([path.text, wanted.slice(0, wanted.length - (wanted.length % 11 || 11))]);
          }
        }
      },
      240_000,
    );

    it("without a sort, cursor pages list everything once", async () => {
      const { list, resources } = host.users;
      const { forward } = await walk((position) => list(undefined, undefined, { by: "cursor", position, count: 7 }));
      expect(forward).toEqual(idsOf(resources));
    });
  });
});

function idsOf(resources: readonly Known[]): readonly string[] {
  return resources.map(({ id }) => id);
}

function isMeta(meta: unknown): meta is { readonly created: string } {
  return typeof meta === "object" && meta !== null && "created" in meta;
}

function sortable({ served, type }: Populated): readonly AttributePath[] {
  return allPaths(type).filter(({ attribute, extension, subAttribute, text }) => {
    const isElsewhere = ["groups", "members", "schemas"].includes(attribute.name);
    const path = { attribute, extension, subAttribute, text };
    return served(path) && !isElsewhere && (subAttribute ?? attribute).type !== "complex";
  });
}
