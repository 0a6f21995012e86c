/** Groups: their members one by one, and reads with and without them. */
import type { Ids } from "../data/dataset.ts";
import type { Exchange } from "../load/wire.ts";
import { differs, lengthOf, record, type Scenario, type Step } from "./scenario.ts";

const patchSchema = "urn:ietf:params:scim:api:messages:2.0:PatchOp";

const inWords = (size: number): string => size.toLocaleString("en-US");
const groupOf = (size: number, ids: Ids): string => ids.groups[size] ?? "";

/** Each connection adds one of its own spare users, and takes it out again: the group keeps its size. */
const sparePerConnection = 200;
const spare = ({ ids, connection, turn }: Step): string =>
  ids.spare[connection * sparePerConnection + (Math.floor(turn / 2) % sparePerConnection)] ?? "";

function memberExchange(size: number, step: Step): Exchange {
  const member = spare(step);
  const operation =
    step.turn % 2 === 0
      ? `{"op":"add","path":"members","value":[{"value":"${member}"}]}`
      : `{"op":"remove","path":"members[value eq \\"${member}\\"]"}`;
  const body = `{"schemas":["${patchSchema}"],"Operations":[${operation}]}`;
  return { method: "PATCH", path: `/Groups/${groupOf(size, step.ids)}`, body };
}

/** Changes, each followed by a read of the whole group. */
const proveMember = (size: number): Scenario => {
  const change = (step: Step): Step => ({ ...step, turn: Math.floor(step.turn / 2) });
  return {
    name: `see a member added and removed, group of ${inWords(size)}`,
    dataset: "large",
    connections: 1,
    aim: undefined,
    status: [200, 204],
    exchange: (step) =>
      step.turn % 2 === 0
        ? memberExchange(size, change(step))
        : { method: "GET", path: `/Groups/${groupOf(size, step.ids)}` },
    wrong: ({ body }, step) => {
      if (step.turn % 2 === 0) return undefined;
      const added = change(step).turn % 2 === 0;
      return (
        differs("members", added ? size + 1 : size, lengthOf(record(body).members)) ??
        differs("the member's presence", added, body.includes(spare(change(step))))
      );
    },
  };
};

const changeMember = (size: number): Scenario => ({
  name: `add or remove a member, group of ${inWords(size)}`,
  dataset: "large",
  connections: 8,
  aim: 1.2,
  status: [200, 204],
  exchange: (step) => memberExchange(size, step),
  wrong: () => undefined,
  together: 2,
  proof: proveMember(size),
});

/** A change and a read of the whole group, by turns: what is kept of the group between reads is out of date each time. */
const changeAndRead = (size: number, connections: number): Scenario => ({
  ...proveMember(size),
  name: `change a member and read the group, of ${inWords(size)}`,
  connections,
  together: 4,
});

const readWithoutMembers = (size: number): Scenario => ({
  name: `read group without members, of ${inWords(size)}`,
  dataset: "large",
  connections: 8,
  aim: 1.15,
  status: [200],
  exchange: ({ ids }) => ({ method: "GET", path: `/Groups/${groupOf(size, ids)}?excludedAttributes=members` }),
  wrong: ({ body }) => {
    const { displayName, members } = record(body);
    return differs("displayName", `Group of ${size}`, displayName) ?? differs("members", undefined, members);
  },
});

const readGroup = (size: number, aim: number, connections: number): Scenario => ({
  name: `read group of ${inWords(size)}`,
  dataset: "large",
  connections,
  aim,
  status: [200],
  exchange: ({ ids }) => ({ method: "GET", path: `/Groups/${groupOf(size, ids)}` }),
  wrong: ({ body }) => differs("members", size, lengthOf(record(body).members)),
});

export const memberChanges = [changeMember(100), changeMember(10_000), changeMember(100_000)];
export const readsAfterChanges = [changeAndRead(100, 8), changeAndRead(10_000, 2)];
export const readsWithoutMembers = [readWithoutMembers(100), readWithoutMembers(100_000)];
export const readGroup100 = readGroup(100, 1, 8);
export const readGroup10k = readGroup(10_000, 1.5, 2);
export const readGroup100k = readGroup(100_000, 1.5, 1);
