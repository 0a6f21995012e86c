/** Writes of one user, and bulk. */
import { userAt, userNameAt } from "../data/user.ts";
import { differs, lengthOf, record, type Scenario, type Step } from "./scenario.ts";

const patchSchema = "urn:ietf:params:scim:api:messages:2.0:PatchOp";
const bulkSchema = "urn:ietf:params:scim:api:messages:2.0:BulkRequest";

/** Each connection has users of its own, so that no two of them write the same one. */
const ownUser = ({ connection, turn }: Step): number => connection * 100 + (turn % 100);
/** How often the connection has been round all of its users. */
const lap = ({ turn }: Step): number => Math.floor(turn / 100);

const newUserName = ({ connection, turn }: Step): string => `new${connection}-${turn}@corp.example`;

export const createUser: Scenario = {
  name: "create user",
  dataset: "small",
  connections: 8,
  aim: 1.1,
  status: [201],
  exchange: (step) => ({
    method: "POST",
    path: "/Users",
    body: JSON.stringify(userAt(20_000 + step.turn, newUserName(step))),
  }),
  wrong: ({ body }, step) => differs("userName", newUserName(step), record(body).userName),
  created: (body) => [/"id":"([^"]+)"/.exec(body)?.[1] ?? ""],
};

export const replaceUser: Scenario = {
  name: "replace user",
  dataset: "small",
  connections: 8,
  aim: 1.1,
  status: [200],
  exchange: (step) => {
    const index = ownUser(step);
    const body = { ...userAt(index), title: `Engineer of lap ${lap(step)}` };
    return { method: "PUT", path: `/Users/${step.ids.users[index]}`, body: JSON.stringify(body) };
  },
  wrong: ({ body }, step) => {
    const { userName, title } = record(body);
    return (
      differs("userName", userNameAt(ownUser(step)), userName) ??
      differs("title", `Engineer of lap ${lap(step)}`, title)
    );
  },
};

const activeAt = (step: Step): boolean => lap(step) % 2 === 1;

export const patchActive: Scenario = {
  name: "PATCH active",
  dataset: "small",
  connections: 8,
  aim: 1.15,
  status: [200, 204],
  exchange: (step) => ({
    method: "PATCH",
    path: `/Users/${step.ids.users[ownUser(step)]}`,
    body: `{"schemas":["${patchSchema}"],"Operations":[{"op":"replace","path":"active","value":${activeAt(step)}}]}`,
  }),
  wrong: ({ status, body }, step) =>
    status === 204 ? undefined : differs("active", activeAt(step), record(body).active),
};

const bulkSize = 1_000;

export const bulkCreate: Scenario = {
  name: "bulk of 1,000 creates",
  dataset: "small",
  connections: 1,
  aim: 0.7,
  status: [200],
  exchange: (step) => ({
    method: "POST",
    path: "/Bulk",
    body: JSON.stringify({
      schemas: [bulkSchema],
      Operations: Array.from({ length: bulkSize }, (_, index) => ({
        method: "POST",
        path: "/Users",
        bulkId: `b${index}`,
        data: userAt(30_000 + index, `bulk${step.turn}-${index}@corp.example`),
      })),
    }),
  }),
  wrong: ({ body }) => {
    const { Operations } = record(body);
    if (!Array.isArray(Operations)) return "no Operations";
    const refused = Operations.find((operation) => !/^20[01]$/.test(String(operation.status)));
    if (refused !== undefined) return `an operation was refused: ${JSON.stringify(refused).slice(0, 200)}`;
    return differs("Operations", bulkSize, lengthOf(Operations));
  },
  created: (body) => Array.from(body.matchAll(/"location":"[^"]*\/Users\/([^"]+)"/g), (match) => match[1] ?? ""),
};
