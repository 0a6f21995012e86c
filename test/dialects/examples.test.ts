/** Every dialect does what its example says, and nothing else does it. */
import { describe, expect, test } from "vitest";
import { allDialects } from "../../src/dialects/all.ts";
import type { Dialect, DialectExample } from "../../src/dialects/dialect.ts";
import { compileDialects } from "../../src/dialects/normalise.ts";
import { ScimError } from "../../src/error.ts";
import { defaultGrammar } from "../../src/filter/grammar.ts";
import { parseFilter } from "../../src/filter/resolve.ts";
import { isFields } from "../../src/patch/operations.ts";
import { planProjection } from "../../src/protocol/projection-plan.ts";
import type { Resource } from "../../src/schema/attribute.ts";
import type { ResourceType } from "../../src/schema/resource-type.ts";
import {
  applierOfBody,
  applierOfOperations,
  applierOfPut,
  ENT,
  group,
  post,
  put,
  stored,
  user,
} from "../patch-engine.ts";

const people: Resource = {
  userName: "ann",
  title: "Clerk",
  active: true,
  displayName: "Ann",
  name: { givenName: "A", familyName: "L", formatted: "A L" },
  emails: [{ type: "work", value: "ann@x.example" }],
  roles: [{ value: "Guest", primary: true }],
  [ENT]: { division: "North", manager: { value: "U9" } },
};
const team: Resource = { displayName: "T", members: [{ value: "U1" }, { value: "U2" }, { value: "U3" }] };

/** What a request comes to: an outcome, or the kind of its refusal. */
function outcome(run: () => unknown): unknown {
  try {
    return run();
  } catch (thrown) {
    if (thrown instanceof ScimError) return thrown.scimType;
    throw thrown;
  }
}

function outcomeOf(
  of: DialectExample["of"],
  request: unknown,
  type: ResourceType,
  dialects: readonly Dialect[],
): unknown {
  const options = { type, dialects };
  const state = stored(type === group ? team : people);
  switch (of) {
    case "operations": {
      const { members, apply } = applierOfOperations(Array.isArray(request) ? request : [], options);
      return { members, ...apply(state) };
    }
    case "message": {
      const { members, apply } = applierOfBody(request, options);
      return { members, ...apply(state) };
    }
    case "body": {
      const body = isFields(request) ? request : {};
      const normal = compileDialects(dialects).body?.(body, type) ?? body;
      return { schemas: normal.schemas, resource: post({ userName: "ann", ...body }, options) };
    }
    case "filter":
      return parseFilter(String(request), type, { ...defaultGrammar, relaxed: compileDialects(dialects).relaxed });
    case "attributes": {
      const { relaxed } = compileDialects(dialects);
      return planProjection(type, { attributes: [String(request)] }, relaxed, new Map());
    }
  }
}

const rewriting = allDialects.filter(
  ({ example }) => typeof example.read !== "string" || example.of === "filter" || example.of === "attributes",
);

describe.each(rewriting.map((dialect) => [dialect.name, dialect] as const))("%s", (_, dialect) => {
  const { of, resource, sent, read } = dialect.example;
  const type = resource === "User" ? user : group;

  test("makes of what was sent what RFC 7644 makes of what should have been", () => {
    expect(outcome(() => outcomeOf(of, sent, type, [dialect]))).toEqual(outcomeOf(of, read, type, []));
  });

  test("is needed: without it, the outcome is another", () => {
    expect(outcome(() => outcomeOf(of, sent, type, []))).not.toEqual(outcomeOf(of, read, type, []));
  });

  test("leaves what should have been sent as it is, along with all the others", () => {
    expect(outcomeOf(of, read, type, allDialects)).toEqual(outcomeOf(of, read, type, []));
  });
});

describe("the dialects whose examples have no other form", () => {
  const byName = (name: string): readonly Dialect[] => allDialects.filter((dialect) => dialect.name === name);

  test("empty-operations", () => {
    const [dialect] = byName("empty-operations");
    expect(outcome(() => outcomeOf("message", dialect?.example.sent, user, []))).toBe("invalidSyntax");
    expect(outcomeOf("message", dialect?.example.sent, user, byName("empty-operations"))).toMatchObject({
      changed: [],
    });
  });

  test("omitted-defaults", () => {
    const disabled = { userName: "ann", active: false };
    expect(put(disabled, { userName: "ann" }, { dialects: byName("omitted-defaults") }).resource.active).toBe(false);
    expect(put(disabled, { userName: "ann" }).resource.active).toBe(true);
  });

  test("omitted-members", () => {
    const body = { displayName: "Team" };
    const kept = applierOfPut(body, { type: group, dialects: byName("omitted-members") });
    expect(kept.members).toEqual({ reset: false, add: [], remove: [] });
    expect(applierOfPut(body, { type: group }).members).toEqual({ reset: true, add: [], remove: [] });
  });
});

describe("the list", () => {
  test("has no name twice, and refuses one", () => {
    expect(new Set(allDialects.map(({ name }) => name)).size).toBe(allDialects.length);
    const [first] = allDialects;
    expect(() => compileDialects(first === undefined ? [] : [first, first])).toThrow(/listed twice/);
  });

  test("costs nothing when it is empty", () => {
    expect(compileDialects([])).toEqual({
      relaxed: new Set(),
      message: undefined,
      operation: undefined,
      body: undefined,
      coerce: undefined,
    });
  });
});
