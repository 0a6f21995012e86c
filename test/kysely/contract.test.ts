/** The store contract, on tables of the host's and on ready-made ones. */
import { storeContract } from "scimkit/testing";
import { afterAll, beforeAll, describe, it } from "vitest";
import { databases, layouts, type OpenHost, stopServer } from "./stores.ts";

afterAll(stopServer);

const contexts = { a: { workspaceId: 1 }, b: { workspaceId: 2 } };

describe.each(databases)("%s", (_, url) => {
  describe.each(layouts)("%s", (_name, open) => {
    let host: OpenHost;
    beforeAll(async () => {
      host = await open(url);
    }, 60_000);
    afterAll(() => host.close());

    const checks = storeContract(
      async () => {
        await host.clear();
        return { users: host.users, groups: host.groups, contexts };
      },
      { everyFilter: true },
    );
    it.each(checks.map((check) => [`${check.section}: ${check.name}`, check] as const))("%s", async (_title, check) => {
      await check.run();
    });
  });
});
