/** The members delta against the whole list. RFC 7644 §3.5.2. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { allDialects } from "../../src/dialects/all.ts";
import { isRecord } from "../../src/filter/present.ts";
import type { MembersDelta } from "../../src/store/change.ts";
import { applierOfOperations, group, stored } from "../patch-engine.ts";

const id = fc.constantFrom("U1", "U2", "U3", "u3", "U4", 'U"5', "U6\\");
const ids = fc.array(id, { maxLength: 4 });
const listed = ids.map((values) => values.map((value) => ({ value })));
const filtered = (joined: string) => (values: readonly string[]) =>
  `members[${values.map((value) => `value eq ${JSON.stringify(value)}`).join(` ${joined} `)}]`;

const operation = fc.oneof(
  listed.map((value) => ({ op: "add", path: "members", value })),
  listed.map((value) => ({ op: "replace", path: "members", value })),
  listed.map((members) => ({ op: "add", value: { members } })),
  listed.map((members) => ({ op: "Replace", value: { id: "R1", members } })),
  listed.map((value) => ({ op: "Remove", path: "members", value })),
  fc.constant({ op: "remove", path: "members" }),
  fc.array(id, { minLength: 1, maxLength: 3 }).map((values) => ({ op: "remove", path: filtered("or")(values) })),
  fc.array(id, { minLength: 1, maxLength: 2 }).map((values) => ({ op: "remove", path: filtered("and")(values) })),
  fc.constant({ op: "replace", path: "displayName", value: "Team" }),
);

/** What each operation does to a set of ids: the meaning of all of the above. */
function applyToSet(
  present: ReadonlySet<string>,
  { op, path, value }: { op: string; path?: string; value?: unknown },
): ReadonlySet<string> {
  const given = valuesOf(path === undefined && isRecord(value) ? value.members : value);
  if (path === "displayName") return present;
  if (op === "add") return new Set([...present, ...given]);
  if (op.toLowerCase() === "replace") return new Set(given);
  if (value !== undefined) return new Set([...present].filter((member) => !given.includes(member)));
  if (path === "members") return new Set();
  const named = [...(path ?? "").matchAll(/"(?:[^"\\]|\\.)*"/g)].map(([literal]): unknown => JSON.parse(literal));
  const isAnd = path?.includes(" and ") === true;
  const removed = isAnd && new Set(named).size > 1 ? [] : named;
  return new Set([...present].filter((member) => !removed.includes(member)));
}

function valuesOf(list: unknown): readonly string[] {
  if (!Array.isArray(list)) return [];
  return list.map((element) => (isRecord(element) ? String(element.value) : ""));
}

function applyDeltaToSet(present: ReadonlySet<string>, { reset, add, remove }: MembersDelta): ReadonlySet<string> {
  const kept = reset ? [] : [...present].filter((member) => !remove.includes(member));
  return new Set([...kept, ...add.map(({ value }) => value)]);
}

const sorted = (members: ReadonlySet<string>): readonly string[] => [...members].sort();

/** An operation that no delta can say and that touches nobody: it makes the engine work on the list. */
const unsayable = { op: "remove", path: 'members[type eq "Robot"]' };

describe("members", () => {
  test("end up the same by delta, by the whole list, and by the book", () => {
    fc.assert(
      fc.property(fc.uniqueArray(id), fc.array(operation, { maxLength: 6 }), fc.nat(), (present, operations, at) => {
        const options = { type: group, dialects: allDialects };
        const state = { displayName: "Old", members: present.map((value) => ({ value })) };
        const expected = operations.reduce(applyToSet, new Set(present));

        const delta = applierOfOperations(operations, options).members;
        expect(delta && sorted(applyDeltaToSet(new Set(present), delta))).toEqual(sorted(expected));
        expect(delta?.add.filter(({ value }) => delta.remove.includes(value))).toEqual([]);

        const position = at % (operations.length + 1);
        const whole = applierOfOperations(operations.toSpliced(position, 0, unsayable), options);
        expect(whole.members).toBeUndefined();
        const { resource, changed } = whole.apply(stored(state));
        expect(sorted(new Set(valuesOf(resource.members)))).toEqual(sorted(expected));
        expect(changed.includes("members")).toBe(
          JSON.stringify(sorted(expected)) !== JSON.stringify(sorted(new Set(present))),
        );
      }),
      { numRuns: 1000 },
    );
  });
});
