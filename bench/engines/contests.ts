/** The engines one by one: filters, PATCH, reading and showing resources. */
import { type ScimPatchOperation, scimPatch } from "scim-patch";
import { filter as libraryFilter, parse as libraryParse } from "scim2-parse-filter";
import { User } from "scimkit";
import { allDialects } from "../../src/dialects/all.ts";
import { compileDialects } from "../../src/dialects/normalise.ts";
import { defaultGrammar } from "../../src/filter/grammar.ts";
import { compilePredicate } from "../../src/filter/predicate.ts";
import { parseFilter } from "../../src/filter/resolve.ts";
import { type OperationReading, readOperations } from "../../src/patch/operations.ts";
import { patchChange } from "../../src/patch/patch-change.ts";
import { projectionOf } from "../../src/protocol/projection.ts";
import { planProjection } from "../../src/protocol/projection-plan.ts";
import { groupType } from "../../src/schema/group-type.ts";
import { readResource } from "../../src/schema/read-resource.ts";
import { strictReading } from "../../src/schema/reading.ts";
import { userType } from "../../src/schema/user-type.ts";
import type { Stored } from "../../src/store/stored.ts";
import { groupSchema, userAt } from "../data/user.ts";
import type { Contest } from "./timing.ts";

const users = userType();
const groups = groupType();
const grammar = defaultGrammar;
const patchSchema = "urn:ietf:params:scim:api:messages:2.0:PatchOp";
const meta = { created: "2026-01-01T00:00:00.000Z", lastModified: "2026-01-01T00:00:00.000Z", version: "1" };
const people = Array.from({ length: 1_000 }, (_, index) => userAt(index));
const valuePath = 'emails[type eq "work" and value co "@acme"] and active eq true';
const byName = 'userName eq "user500@corp.example"';

let turn = 0;
/** The same shape with another value each time, as IdPs send it. */
const nextName = (): string => `userName eq "user${turn++ % 1_000}@corp.example"`;

const count = (holds: (user: Record<string, unknown>) => boolean): number => {
  let found = 0;
  for (const user of people) if (holds(user)) found++;
  return found;
};

const predicate = (name: string, text: string): Contest => {
  const own = compilePredicate(parseFilter(text, users, grammar), users);
  const other = libraryFilter(libraryParse(text));
  if (count(own) !== count(other)) throw new Error(`The predicates of ${text} disagree`);
  return {
    name: `predicate ${name}, one user`,
    operations: people.length,
    own: () => count(own),
    other: { name: "scim2-parse-filter", run: () => count(other) },
  };
};

const filters: readonly Contest[] = [
  {
    name: "parse userName eq",
    own: () => parseFilter(nextName(), users, grammar),
    other: { name: "scim2-parse-filter", run: () => libraryParse(nextName()) },
  },
  {
    name: "parse a value path",
    own: () => parseFilter(valuePath, users, grammar),
    other: { name: "scim2-parse-filter", run: () => libraryParse(valuePath) },
  },
  predicate("userName eq", byName),
  predicate("value path", valuePath),
];

const reading: OperationReading = { maxOperations: 1_000, relaxed: new Set() };
const rules = { grammar, reading: strictReading };

/** Our engine as a PATCH request runs it: from the parsed body to the next state. */
const patched = (body: unknown, current: Stored, type: typeof users | typeof groups): unknown =>
  patchChange(readOperations(body, type, reading), type, rules).apply(current);

const storedUser: Stored = { ...people[1], id: "1", meta };
const setActive: ScimPatchOperation[] = [{ op: "replace", path: "active", value: true }];
const activeBody = { schemas: [patchSchema], Operations: [{ op: "replace", path: "active", value: false }] };
const patchResource = {
  ...people[1],
  schemas: [],
  meta: { resourceType: "User", created: new Date(), lastModified: new Date(), location: "" },
};

const members = Array.from({ length: 10_000 }, (_, index) => ({ value: `member-${index}` }));
const storedGroup: Stored = { displayName: "Group", members, id: "1", meta };
const addBody = { schemas: [patchSchema], Operations: [{ op: "add", path: "members", value: [{ value: "new" }] }] };
const addOperations: ScimPatchOperation[] = [{ op: "add", path: "members", value: [{ value: "new" }] }];
const patchGroup = { ...patchResource, schemas: [groupSchema], members };

const patches: readonly Contest[] = [
  {
    name: "PATCH active, whole message",
    own: () => patched(activeBody, storedUser, users),
    other: { name: "scim-patch", run: () => scimPatch(patchResource, setActive, { mutateDocument: false }) },
  },
  {
    name: "PATCH add one member of 10,000",
    own: () => patched(addBody, storedGroup, groups),
    other: { name: "scim-patch", run: () => scimPatch(patchGroup, addOperations, { mutateDocument: false }) },
  },
];

const projection = projectionOf(users, planProjection(users, {}, new Set(), new Map()));
const presentation = { baseUrl: "https://app.example/scim/v2", versioned: true };
const normaliser = compileDialects(allDialects);
const forgiving = { ...strictReading, relaxed: normaliser.relaxed, coerce: normaliser.coerce };
const body = userAt(1);

const resources: readonly Contest[] = [
  {
    name: "validate a user",
    own: () => readResource(body, users, "replace", strictReading),
    other: { name: "zod safeParse", run: () => User.safeParse(body) },
  },
  {
    name: "validate a user with all dialects",
    own: () => readResource(normaliser.body?.(body, users), users, "replace", forgiving),
  },
  {
    name: "project a user",
    own: () => projection.project(storedUser, presentation),
    other: { name: "JSON.stringify of it", run: () => JSON.stringify(storedUser) },
  },
];

export const contests: readonly Contest[] = [...filters, ...patches, ...resources];
