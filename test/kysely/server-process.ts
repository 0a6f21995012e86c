/** A host in a process of its own: `server-process.ts <url> <layout>` serves one tenant, and tells its parent the port. */
import { createServer } from "node:http";
import { bearer, createScim } from "scimkit";
import { scimListener } from "scimkit/node";
import type { TestContext } from "../served.ts";
import { openDatabase } from "./host.ts";
import { mapped, readyMade } from "./layouts.ts";

const [url = "", name] = process.argv.slice(2);
const layout = [mapped, readyMade].find((one) => one.name === name);
if (layout === undefined) throw new Error(`There is no layout called "${name}".`);

const tenant: TestContext = { tenant: "one", workspaceId: 1 };
const { users, groups } = layout.stores(await openDatabase(url), false);
const scim = createScim({
  users,
  groups,
  authenticate: bearer(() => tenant),
  onError: (error) => console.error(error),
});
const server = createServer(scimListener(scim, { path: "/scim/v2" }));
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  process.send?.(typeof address === "object" ? address?.port : undefined);
});
process.once("disconnect", () => process.exit());
