/** The matcher of the data files says no when it should. */
import { describe, expect, test } from "vitest";
import { match } from "./match.ts";

const body = { id: "1", active: true, roles: ["a", "b"], emails: [{ value: "x" }, { value: "y", primary: true }] };

describe("match", () => {
  test.each([
    [{}],
    [{ id: "1", roles: ["a", "b"] }],
    [{ emails: [{ value: "x" }, { primary: true }] }],
    [{ emails: { $anyOrder: [{ value: "y" }, { value: "x" }] } }],
    [{ emails: { $contains: [{ value: "y" }] } }],
    [{ emails: { $length: 2 } }],
    [{ title: { $absent: true }, id: { $type: "string" }, roles: { $type: "array" } }],
    [{ id: { $matches: "^[0-9]$" } }],
    [{ id: { $oneOf: ["1", "2"] }, active: { $not: false } }],
    [{ emails: [{ $exactly: { value: "x" } }, { value: "y" }] }],
  ])("%j holds", (expected) => {
    expect(match(expected, body)).toEqual([]);
  });

  test.each([
    [{ id: 1 }, "id"],
    [{ id: { $absent: true } }, "id"],
    [{ title: null }, "title"],
    [{ title: "x" }, "title"],
    [{ roles: ["a"] }, "roles"],
    [{ roles: ["b", "a"] }, "roles[0]"],
    [{ roles: { $anyOrder: ["a", "a"] } }, "roles"],
    [{ roles: { $anyOrder: ["a", "b", "c"] } }, "roles"],
    [{ roles: { $contains: ["c"] } }, "roles"],
    [{ roles: { $length: 3 } }, "roles"],
    [{ emails: [{ value: "x" }, { value: "z" }] }, "emails[1].value"],
    [{ emails: [{ value: "x" }, { $exactly: { value: "y" } }] }, "emails[1]"],
    [{ active: "true" }, "active"],
    [{ active: { $type: "string" } }, "active"],
    [{ id: { $matches: "^[a-z]$" } }, "id"],
    [{ id: { $oneOf: ["2", "3"] } }, "id"],
    [{ active: { $not: true } }, "active"],
    [[], "body"],
  ])("%j does not, and says where", (expected, where) => {
    const [problem] = match(expected, body);
    expect(problem?.startsWith(`${where}:`)).toBe(true);
  });
});
