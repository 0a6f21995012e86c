/** Reads of one user, pages, finds and scans. */
import type { DatasetName } from "../data/dataset.ts";
import { userNameAt } from "../data/user.ts";
import { differentUsers, differs, lengthOf, record, type Scenario, type Step } from "./scenario.ts";

/** Spreads the connections over the users, so that they do not ask for the same one at the same time. */
const userIndex = ({ connection, turn }: Step): number => (connection * 131 + turn * 7) % differentUsers;

export const readUser: Scenario = {
  name: "read user",
  dataset: "small",
  connections: 8,
  aim: 1.15,
  status: [200],
  exchange: (step) => ({ method: "GET", path: `/Users/${step.ids.users[userIndex(step)]}` }),
  wrong: ({ body }, step) => differs("userName", userNameAt(userIndex(step)), record(body).userName),
};

const find = (dataset: DatasetName, size: string): Scenario => ({
  name: `find by userName among ${size}`,
  dataset,
  connections: 8,
  aim: 1.15,
  status: [200],
  exchange: (step) => {
    const filter = encodeURIComponent(`userName eq "${userNameAt(userIndex(step))}"`);
    return { method: "GET", path: `/Users?filter=${filter}` };
  },
  wrong: ({ body }, step) => {
    const { totalResults, Resources } = record(body);
    const found = Array.isArray(Resources) ? Resources[0]?.userName : undefined;
    return differs("totalResults", 1, totalResults) ?? differs("userName", userNameAt(userIndex(step)), found);
  },
});
export const findSmall = find("small", "10,000");
export const findLarge = find("large", "100,000");

export const pageOf100: Scenario = {
  name: "page of 100",
  dataset: "small",
  connections: 4,
  aim: 1,
  status: [200],
  exchange: ({ connection, turn }) => {
    const startIndex = ((connection + turn) % 90) * 100 + 1;
    return { method: "GET", path: `/Users?startIndex=${startIndex}&count=100` };
  },
  wrong: ({ body }) => {
    const { totalResults, Resources } = record(body);
    return differs("totalResults", 10_000, totalResults) ?? differs("Resources", 100, lengthOf(Resources));
  },
};

const scanned = encodeURIComponent('emails[type eq "work" and value co "@acme"] and active eq true');

export const scan: Scenario = {
  name: "scan 10,000 with a value path",
  dataset: "small",
  connections: 2,
  aim: 0.9,
  status: [200],
  exchange: () => ({ method: "GET", path: `/Users?filter=${scanned}&startIndex=1&count=10` }),
  wrong: ({ body }) => {
    const { totalResults, Resources } = record(body);
    return differs("totalResults", 100, totalResults) ?? differs("Resources", 10, lengthOf(Resources));
  },
};

const schemasIn = (body: string): string | undefined =>
  body.includes('"urn:ietf:params:scim:schemas:core:2.0:User"') ? undefined : "no User schema";

export const readSchemas: Scenario = {
  name: "/Schemas",
  dataset: "small",
  connections: 8,
  aim: 1.2,
  status: [200],
  exchange: () => ({ method: "GET", path: "/Schemas" }),
  wrong: ({ body }) => schemasIn(body),
};

/** By a client that has the document: 304, or the document again from a target that gives no entity tag. */
export const readSchemasAgain: Scenario = {
  ...readSchemas,
  name: "/Schemas with If-None-Match",
  aim: undefined,
  status: [200, 304],
  exchange: ({ ids: { schemasTag } }) => ({
    method: "GET",
    path: "/Schemas",
    ...(schemasTag === undefined ? {} : { headers: { "If-None-Match": schemasTag } }),
  }),
  wrong: ({ status, body }, { ids }) => {
    if (ids.schemasTag === undefined) return schemasIn(body);
    return differs("status", 304, status) ?? differs("body", "", body);
  },
};
