/** storeContract: the examination of a store, as data. */
import type { Resource } from "../schema/attribute.ts";
import type { GroupWith } from "../schema/group-type.ts";
import type { UserWith } from "../schema/user-type.ts";
import type { Check, Definition, StoresUnderTest } from "./check.ts";
import { concurrencyChecks } from "./contract-concurrency.ts";
import { cursorChecks } from "./contract-cursors.ts";
import { filterChecks } from "./contract-filters.ts";
import { idChecks } from "./contract-ids.ts";
import { membersChecks } from "./contract-members.ts";
import { membershipChecks } from "./contract-memberships.ts";
import { pagingChecks } from "./contract-paging.ts";
import { selectionChecks } from "./contract-selection.ts";
import { sortChecks } from "./contract-sort.ts";
import { tenantChecks } from "./contract-tenants.ts";
import { transactionChecks } from "./contract-transactions.ts";
import { uniquenessChecks } from "./contract-uniqueness.ts";
import { writeChecks } from "./contract-writes.ts";
import { openSubject, type StoreContractOptions } from "./subject.ts";

/** In the order in which they are best mended. */
const sections: readonly (readonly [section: string, definitions: readonly Definition[]])[] = [
  ["Create, read, update, delete", writeChecks],
  ["Ids", idChecks],
  ["Uniqueness", uniquenessChecks],
  ["Transactions", transactionChecks],
  ["Tenants", tenantChecks],
  ["Filters", filterChecks],
  ["Sorting", sortChecks],
  ["Paging by index", pagingChecks],
  ["Paging by cursor", cursorChecks],
  ["Selection", selectionChecks],
  ["Members of groups", membersChecks],
  ["Groups of users", membershipChecks],
  ["Concurrency", concurrencyChecks],
];

/**
 * The examination that a store must pass: everything that `ResourceStore` asks of an implementer, as checks that any
 * test runner can run.
 *
 * Every check asks `makeStore` for a store of its own; emptying tables is as good as making them.
 *
 * @example
 * ```ts
 * for (const check of storeContract(makeStore)) {
 *   test(`${check.section}: ${check.name}`, async (context) => {
 *     const reason = await check.run();
 *     if (reason !== undefined) context.skip(reason);
 *   });
 * }
 * ```
 */
export function storeContract<Ctx, R extends Resource = UserWith<[]>, G extends Resource = GroupWith<[]>, Tx = unknown>(
  makeStore: () => Promise<StoresUnderTest<R, G, Ctx, Tx>>,
  options: StoreContractOptions = {},
): readonly Check[] {
  return sections.flatMap(([section, definitions]) =>
    definitions.map(({ name, examine }) => ({
      section,
      name,
      async run() {
        const stores = await makeStore();
        try {
          return await examine(openSubject(stores, options));
        } finally {
          await stores.close?.();
        }
      },
    })),
  );
}
