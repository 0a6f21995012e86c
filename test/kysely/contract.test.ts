/** The store contract, on tables of the host's and on ready-made ones. */
import { storeContract } from "scimkit/testing";
import { afterAll, beforeAll, describe, it } from "vitest";
import { mapSmallHost, openSmallHost, type SmallHost, workspaceOf } from "./small-host.ts";
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

describe.each(databases)("%s", (_, url) => {
  describe("a mapping in the fewest lines", () => {
    let host: SmallHost;
    beforeAll(async () => {
      host = await openSmallHost({ url, map: (db) => mapSmallHost(db, { emails: false }) });
    }, 60_000);
    afterAll(() => host.close());

    const checks = storeContract(async () => {
      await host.clear();
      const { users, groups } = host;
      return { users, groups, contexts: { a: workspaceOf("one"), b: workspaceOf("two") } };
    });
    it.each(checks.map((check) => [`${check.section}: ${check.name}`, check] as const))("%s", async (_title, check) => {
      await check.run();
    });
  });
});
