/** Every scenario, in the order of the report. */
import {
  memberChanges,
  readGroup10k,
  readGroup100,
  readGroup100k,
  readsAfterChanges,
  readsWithoutMembers,
} from "./groups.ts";
import { findLarge, findSmall, pageOf100, readSchemas, readSchemasAgain, readUser, scan } from "./reads.ts";
import type { Scenario } from "./scenario.ts";
import { bulkCreate, createUser, patchActive, replaceUser } from "./writes.ts";

/** Small reads while something big is answered: what others wait for it. */
const besides: readonly Scenario[] = [
  { ...readUser, name: "read user beside a bulk of 1,000", connections: 2, aim: undefined, beside: bulkCreate },
  {
    ...readUser,
    name: "read user beside a read of a group of 100,000",
    dataset: "large",
    connections: 2,
    aim: undefined,
    beside: readGroup100k,
  },
];

export const scenarios: readonly Scenario[] = [
  readUser,
  findSmall,
  findLarge,
  pageOf100,
  scan,
  readSchemas,
  readSchemasAgain,
  createUser,
  replaceUser,
  patchActive,
  ...memberChanges,
  ...readsWithoutMembers,
  readGroup100,
  readGroup10k,
  readGroup100k,
  ...readsAfterChanges,
  bulkCreate,
  ...besides,
];

/** A scenario, or the proof of one, by its name. */
export function scenarioNamed(name: string): Scenario {
  const named = scenarios.flatMap((scenario) => (scenario.proof ? [scenario, scenario.proof] : [scenario]));
  const found = named.find((scenario) => scenario.name === name);
  if (found === undefined) throw new Error(`There is no scenario ${name}`);
  return found;
}
