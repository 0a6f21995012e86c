/** Checks: creating, reading, updating and deleting one resource. RFC 7644 §3.3–§3.6, RFC 7643 §3.1. */

import { isRecord } from "../filter/present.ts";
import type { Resource } from "../schema/attribute.ts";
import { ENTERPRISE_USER_URN } from "../schema/enterprise-user.ts";
import { readResource } from "../schema/read-resource.ts";
import type { Outcome } from "../store/change.ts";
import { everything } from "../store/selection.ts";
import type { Stored } from "../store/stored.ts";
import { check, type Definition, idsOf, quote, type Subject } from "./check.ts";
import { expectEqual, expectSameElements, expectThat } from "./expectation.ts";

/** A GUID that no store has minted. */
const nobody = "6f1d1a33-9f55-4c1c-8f0e-0d3c0b8f1c9e";

export const writeChecks: readonly Definition[] = [
  check("create returns what was stored, with an id, and dates where there are any", async (subject) => {
    const created = await subject.createUser(1, subject.a);
    expectThat(typeof created.id === "string" && created.id !== "", "the new user has an id");
    expectAttributes(created, subject, 1);
    const { created: at, lastModified } = created.meta;
    expectThat(!Number.isNaN(time(at)), "meta.created is a dateTime");
    expectThat(!Number.isNaN(time(lastModified)), "meta.lastModified is a dateTime");
    if (at !== undefined && lastModified !== undefined) {
      expectEqual(time(lastModified), time(at), "lastModified of a new user");
    }
  }),
  check("get returns what create did", async (subject) => {
    const created = await subject.createUser(1, subject.a);
    const read = await found(subject, created.id);
    expectAttributes(read, subject, 1);
    expectEqual(comparable(read), comparable(created), "the user that is read");
  }),
  check("two resources never share an id", async (subject) => {
    const users = await subject.createUsers(5, subject.a);
    expectEqual(new Set(users.map(({ id }) => id)).size, 5, "the number of different ids");
  }),
  check("there is nothing at an id that was never minted", async ({ users, a }) => {
    expectEqual(await users.get(nobody, a), undefined, "an unknown user");
    const update = await users.patch(nobody, [{ op: "replace", path: "userName", value: "x" }], a, {
      beforeCommit: refuse,
    });
    expectEqual(update, undefined, "the update of an unknown user");
    expectEqual(await users.delete(nobody, a, { beforeCommit: refuse }), false, "the deletion of an unknown user");
  }),
  check("an update writes what changed, and nothing else", async (subject) => {
    const { users, a, text } = subject;
    const before = await subject.createUser(1, a);
    const after = await users.patch(before.id, [{ op: "replace", path: text, value: "another" }], a);
    expectEqual(after?.[text], "another", `the new "${text}"`);
    const read = await found(subject, before.id);
    expectEqual(comparable(read), comparable(after), "the user that is read after the update");
    expectEqual(attributesOf(read), { ...attributesOf(before), [text]: "another" }, "the attributes");
  }),
  check("an update keeps id and created, and gives a new version and lastModified", async (subject) => {
    const { users, a, text } = subject;
    const before = await subject.createUser(1, a);
    await users.patch(before.id, [{ op: "replace", path: text, value: "another" }], a);
    const { id, meta } = await found(subject, before.id);
    expectEqual(id, before.id, "the id");
    expectEqual(time(meta.created), time(before.meta.created), "meta.created");
    const [was = 0, is = 0] = [time(before.meta.lastModified), time(meta.lastModified)];
    expectThat(is >= was, "lastModified does not go back");
    expectThat(before.meta.version === undefined || meta.version !== before.meta.version, "the version has changed");
  }),
  check("a change that changes nothing writes nothing", async (subject) => {
    const { users, a } = subject;
    const before = await subject.createUser(1, a);
    const steps = [{ op: "replace", path: "userName", value: before.userName }] as const;
    const answer = await users.patch(before.id, steps, a, { beforeCommit: refuse });
    expectEqual(comparable(answer), comparable(before), "the answer");
    expectEqual(comparable(await found(subject, before.id)), comparable(before), "the user");
  }),
  check("a replacement clears what it does not name", async (subject) => {
    const { users, a } = subject;
    const { id } = await subject.createUser(1, a);
    const body = keep(subject.userBody(1), ["userName", ...requiredNames(subject)]);
    await users.replace(id, body, a);
    const read = attributesOf(await found(subject, id));
    const wanted = readResource(body, users.type, "replace", { relaxed: new Set(), unknownAttributes: "ignore" });
    // A store may have values of its own for what is cleared: `active`, say, is a boolean in every table.
    for (const name of ["displayName", "name", "title", "emails", "externalId", ENTERPRISE_USER_URN]) {
      if (body[name] === undefined) expectEqual(read[name], wanted.resource[name], `"${name}" after the replacement`);
    }
  }),
  check("a deleted resource is gone, and its unique values are free", async (subject) => {
    const { users, a } = subject;
    const { id, userName } = await subject.createUser(1, a);
    expectEqual(await users.delete(id, a), true, "the answer to the deletion");
    expectEqual(await users.get(id, a), undefined, "the deleted user");
    expectEqual(await idsOf(users, {}, a), [], "the list of users");
    expectEqual(await idsOf(users, { filter: `userName eq ${quote(String(userName))}` }, a), [], "a search for it");
    expectEqual(await users.delete(id, a), false, "the answer to another deletion");
    const again = await subject.createUser(1, a);
    expectThat(again.id !== id, "an id is never used again");
  }),
  check("a deactivated user is still read, listed and found", async (subject) => {
    const { users, a } = subject;
    if (!users.has("active")) return "the store does not hold active";
    const { id, userName } = await subject.createUser(1, a);
    await users.patch(id, [{ op: "replace", path: "active", value: false }], a);
    expectEqual((await found(subject, id)).active, false, "active");
    expectEqual(await idsOf(users, {}, a), [id], "the list of users");
    expectEqual(await idsOf(users, { filter: `userName eq ${quote(String(userName))}` }, a), [id], "a search for it");
    await users.patch(id, [{ op: "replace", path: "active", value: true }], a);
    expectEqual((await found(subject, id)).active, true, "active after reactivation");
    return undefined;
  }),
  check("beforeCommit is called once, with the state before and after", async (subject) => {
    const { users, a, userBody } = subject;
    const seen: Outcome[] = [];
    const beforeCommit = (outcome: Outcome): void => {
      seen.push(outcome);
    };
    const { id } = await users.create(userBody(1), a, { beforeCommit });
    await users.patch(id, [{ op: "replace", path: "userName", value: "b@example.com" }], a, { beforeCommit });
    await users.delete(id, a, { beforeCommit });
    expectEqual(seen.length, 3, "the number of calls");
    const names = seen.map(({ before, after }) => [before?.userName ?? null, after?.userName ?? null]);
    const first = userBody(1).userName;
    expectEqual(
      names,
      [
        [null, first],
        [first, "b@example.com"],
        ["b@example.com", null],
      ],
      "userName before and after",
    );
    expectEqual(
      seen.map(({ before, after }) => (after ?? before)?.id),
      [id, id, id],
      "the ids in the outcomes",
    );
  }),
  check("what a caller does to a returned resource does not reach the store", async (subject) => {
    const created = await subject.createUser(1, subject.a);
    const { id } = created;
    const before = JSON.stringify(comparable(created));
    spoil(created);
    spoil(await found(subject, id));
    for (const listed of (await subject.users.list({}, subject.a)).resources) spoil(listed);
    expectEqual(JSON.stringify(comparable(await found(subject, id))), before, "the user");
  }),
];

async function found({ users, a }: Subject, id: string): Promise<Stored> {
  const stored = await users.get(id, a, everything);
  expectThat(stored !== undefined, "the user exists");
  return stored;
}

function refuse(): void {
  throw new Error("beforeCommit was called although there was nothing to commit");
}

/** A host's store may show more than it was given: `formatted` of a name, say. It may not show less, or others. */
function expectAttributes(stored: Stored, { users, userBody }: Subject, n: number): void {
  const { resource } = readResource(userBody(n), users.type, "create", {
    relaxed: new Set(),
    unknownAttributes: "ignore",
  });
  for (const name of Object.keys(resource)) {
    const [came, wanted] = [stored[name], resource[name]];
    if (Array.isArray(came) && Array.isArray(wanted)) expectSameElements(came, wanted, `"${name}"`);
    else if (isRecord(came) && isRecord(wanted)) expectEqual({ ...came, ...wanted }, came, `"${name}"`);
    else expectEqual(came, wanted, `"${name}"`);
  }
}

function attributesOf(stored: Stored): Resource {
  const { id, meta, ...attributes } = stored;
  return attributes;
}

/** With its dates as milliseconds, since a store may return Dates here and text there. */
function comparable(stored: Stored | undefined): unknown {
  if (stored === undefined) return undefined;
  const { created, lastModified, version } = stored.meta;
  return { ...stored, meta: { created: time(created), lastModified: time(lastModified), version } };
}

function time(date: Date | string | undefined): number | undefined {
  return date === undefined ? undefined : new Date(date).getTime();
}

function requiredNames({ users }: Subject): readonly string[] {
  return [...users.type.attributes.values()].filter(({ required }) => required).map(({ name }) => name);
}

function keep(body: Resource, names: readonly string[]): Resource {
  return Object.fromEntries(Object.entries(body).filter(([name]) => names.includes(name)));
}

/** Overwrites all that can be overwritten; frozen objects refuse, which is as good. */
function spoil(value: unknown): void {
  if (typeof value !== "object" || value === null) return;
  for (const name of Object.keys(value)) {
    spoil(Reflect.get(value, name));
    Reflect.set(value, name, "spoilt");
  }
}
