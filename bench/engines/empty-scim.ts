/** How long `createScim` takes when nothing has been set up before, in a process of its own. */
import { createScim } from "scimkit";
import { memoryStores } from "scimkit/memory";

const begin = performance.now();
const { users, groups } = memoryStores();
createScim({ users, groups, authenticate: () => ({}) });
process.send?.({ amount: performance.now() - begin });
