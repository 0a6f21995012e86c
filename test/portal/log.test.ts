/** The log as the page shows it: every request in words, every error explained. */
import type { LogEntry } from "scimkit/connections";
import { describe, expect, it } from "vitest";
import { logPage } from "../../adapters/portal/log-message.ts";
import { en } from "../../adapters/portal/strings/en.ts";

const entry = (over: Partial<LogEntry> = {}): LogEntry => ({
  sequence: 1,
  at: new Date("2030-01-01T12:00:00Z"),
  duration: 5,
  method: "GET",
  status: 200,
  outcome: "ok",
  identityProvider: "unknown",
  notes: [],
  traits: [],
  ...over,
});

const shown = (over: Partial<LogEntry>) => logPage([entry(over)], 50).entries[0];

describe("A request", () => {
  it.each([
    ["create", "User", en.createUser],
    ["get", "User", en.getUser],
    ["list", "User", en.listUser],
    ["search", "User", en.listUser],
    ["patch", "User", en.patchUser],
    ["replace", "User", en.replaceUser],
    ["delete", "User", en.deleteUser],
    ["create", "Group", en.createGroup],
    ["get", "Group", en.getGroup],
    ["list", "Group", en.listGroup],
    ["search", "Group", en.listGroup],
    ["patch", "Group", en.patchGroup],
    ["replace", "Group", en.replaceGroup],
    ["delete", "Group", en.deleteGroup],
    ["create", "Device", en.otherRequest],
    ["bulk", undefined, en.bulk],
    ["discover", undefined, en.discover],
    ["search", undefined, en.searchAll],
    ["rootQuery", undefined, en.searchAll],
  ])("%s %s", (operation, resourceType, words) => {
    const request = shown({ operation, resourceType })?.request;
    expect(request === undefined ? undefined : en[request]).toBe(words);
  });

  it("that was not routed went astray, or was turned away", () => {
    expect(shown({ status: 404, outcome: "refused", path: "/x" })?.request).toBe("unknownAddress");
    expect(shown({ status: 401, outcome: "refused" })?.request).toBe("turnedAway");
  });
});

describe("An error", () => {
  it.each<[Partial<LogEntry>, string]>([
    [{ status: 401 }, "explainUnauthorized"],
    [{ status: 403, operation: "create" }, "explainForbidden"],
    [{ status: 404, operation: "get" }, "explainNotFound"],
    [{ status: 404, path: "/x" }, "explainAddress"],
    [{ status: 400, scimType: "invalidVers", path: "/v1/Users" }, "explainAddress"],
    [{ status: 405 }, "explainUnsupported"],
    [{ status: 409, scimType: "uniqueness" }, "explainUniqueness"],
    [{ status: 412 }, "explainPrecondition"],
    [{ status: 413 }, "explainTooLarge"],
    [{ status: 400, scimType: "invalidValue" }, "explainInvalidValue"],
    [{ status: 400, scimType: "invalidSyntax" }, "explainInvalidSyntax"],
    [{ status: 400, scimType: "invalidFilter" }, "explainInvalidFilter"],
    [{ status: 400, scimType: "invalidPath" }, "explainInvalidPath"],
    [{ status: 400, scimType: "noTarget" }, "explainNoTarget"],
    [{ status: 400, scimType: "mutability" }, "explainMutability"],
    [{ status: 400, scimType: "tooMany" }, "explainTooMany"],
    [{ status: 400, scimType: "sensitive" }, "explainOther"],
    [{ status: 418 }, "explainOther"],
    [{ status: 429 }, "explainTooOften"],
    [{ status: 500, outcome: "failed" }, "explainServer"],
    [{ status: 502, outcome: "failed" }, "explainServer"],
    [{ status: 501, outcome: "failed" }, "explainUnsupported"],
    [{ status: 503, outcome: "failed" }, "explainPaused"],
    [{ status: 503, outcome: "failed", operation: "list" }, "explainUnavailable"],
  ])("%j is explained by %s", (over, explanation) => {
    expect(shown({ outcome: "refused", ...over })?.explanation).toBe(explanation);
  });

  it("is explained, and a success is not", () => {
    expect(shown({ operation: "list" })).not.toHaveProperty("explanation");
  });
});

describe("A page of the log", () => {
  it("says whether there is more", () => {
    const entries = [3, 2, 1].map((sequence) => entry({ sequence }));
    expect(logPage(entries, 2)).toMatchObject({ entries: [{ sequence: 3 }, { sequence: 2 }], more: true });
    expect(logPage(entries, 3).more).toBe(false);
  });

  it("names the identity provider, and leaves out what the page does not show", () => {
    const { entries } = logPage([entry({ identityProvider: "okta", token: "token-id", traits: ["oldPatch"] })], 1);
    expect(entries[0]).toMatchObject({ provider: "Okta", at: "2030-01-01T12:00:00.000Z" });
    expect(Object.keys(entries[0] ?? {})).not.toContain("token");
    expect(Object.keys(entries[0] ?? {})).not.toContain("traits");
  });
});
