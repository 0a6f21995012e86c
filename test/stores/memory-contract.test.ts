/** The memory stores keep the store contract: RFC 7644 §3, as `ResourceStore` puts it to implementers. */
import { memoryStores } from "scimkit/memory";
import { storeContract } from "scimkit/testing";
import { describe, it } from "vitest";

interface Context {
  readonly tenant: string;
}

const checks = storeContract<Context>(
  async () => ({
    ...memoryStores<Context>({ tenant: (context) => context.tenant }),
    contexts: { a: { tenant: "a" }, b: { tenant: "b" } },
  }),
  { everyFilter: true },
);

describe("memoryStores", () => {
  it.each(checks.map((check) => [check.section, check.name, check] as const))(
    "%s: %s",
    async (_section, _name, check) => {
      const reason = await check.run();
      // Nothing in the contract is beyond the memory stores.
      if (reason !== undefined) throw new Error(`skipped: ${reason}`);
    },
  );
});
