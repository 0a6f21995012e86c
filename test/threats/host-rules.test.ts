/** The host's rules run inside the write: what they refuse has not happened, and is not answered as if it had. */
import { ScimError } from "scimkit";
import { afterEach, describe, expect, test } from "vitest";
import { type HostOptions, openHost } from "../host.ts";
import { match } from "../match.ts";
import { served } from "../served.ts";
import { openSession, type Session } from "../session.ts";
import { valueAt } from "../variables.ts";

type Rule = NonNullable<HostOptions["beforeCommit"]>;

const conflict = (detail: string): ScimError => new ScimError(409, detail);

/** Sessions whose deactivation takes API keys away, which can fail. litellm#26861, agent-bom#3687, Yuzu#2018. */
const keysStayBehind: Rule = (change) => {
  const isOver = change.operation === "delete" || valueAt(change.after, "active") === false;
  if (change.resourceType === "User" && isOver) throw ScimError.unavailable("The API keys could not be revoked.");
};

/** codex-lb#2431, sentry-docs#6253: the last owner. */
const lastOwnerStays: Rule = ({ operation, resourceType, before, after, members }) => {
  const name = valueAt(before ?? after, "userName") ?? valueAt(before ?? after, "displayName");
  const leaves = operation === "delete" || valueAt(after, "active") === false;
  if (resourceType === "User" && name === "owner" && leaves) throw conflict("The last owner cannot be removed.");
  if (resourceType === "Group" && name === "Owners" && (leaves || members.removed.length > 0)) {
    throw conflict("The group Owners must keep its members.");
  }
};

describe.each(served())("Host rules over $name", (mount) => {
  let session: Session;
  afterEach(() => session.mounted.close());
  const open = async (rule: Rule): Promise<{ owner: string; owners: string }> => {
    session = await openSession(mount, await openHost(mount, { beforeCommit: rule }));
    const owner = await session.host.create("/Users", { userName: "owner" });
    const owners = await session.host.create("/Groups", { displayName: "Owners", members: [{ value: owner }] });
    await session.host.takeEvents();
    return { owner, owners };
  };

  test("a deactivation that is not complete is an error to try again, not a success", async () => {
    const { owner } = await open(keysStayBehind);
    const answers = [
      await session.patch(`/Users/${owner}`, { op: "Replace", path: "active", value: "False" }),
      await session.send("PUT", `/Users/${owner}`, { userName: "owner", active: false }),
      await session.send("DELETE", `/Users/${owner}`),
    ];
    for (const { status, headers } of answers) expect([status, headers["retry-after"]]).toEqual([503, "5"]);
    expect(await session.host.takeEvents()).toEqual([]);
    expect(match({ owner: { active: true } }, (await session.host.state()).users)).toEqual([]);
  });

  test("the last owner stays, by whatever way, and the admin is told why", async () => {
    const { owner, owners } = await open(lastOwnerStays);
    const answers = [
      await session.patch(`/Users/${owner}`, { op: "replace", value: { active: false } }),
      await session.send("PUT", `/Users/${owner}`, { userName: "owner", active: false }),
      await session.send("DELETE", `/Users/${owner}`),
      await session.patch(`/Groups/${owners}`, { op: "remove", path: "members" }),
      await session.patch(`/Groups/${owners}`, { op: "Remove", path: "members", value: [{ value: owner }] }),
      await session.patch(`/Groups/${owners}`, { op: "replace", path: "members", value: [] }),
      await session.send("PUT", `/Groups/${owners}`, { displayName: "Owners", members: [] }),
      await session.send("DELETE", `/Groups/${owners}`),
    ];
    for (const { status, json } of answers) {
      expect([status, match({ detail: { $matches: "last owner|must keep" } }, json)]).toEqual([409, []]);
    }
    expect(await session.host.state()).toMatchObject({
      users: { owner: { active: true } },
      groups: { Owners: ["owner"] },
    });
    expect(await session.host.takeEvents()).toEqual([]);
  });

  test("a bulk request that contains what is refused says so for that operation alone", async () => {
    const { owner } = await open(lastOwnerStays);
    const { json } = await session.send("POST", "/Bulk", {
      schemas: ["urn:ietf:params:scim:api:messages:2.0:BulkRequest"],
      Operations: [
        { method: "DELETE", path: `/Users/${owner}` },
        { method: "POST", path: "/Users", bulkId: "1", data: { userName: "bo" } },
      ],
    });
    expect(match({ Operations: [{ status: "409" }, { status: "201" }] }, json)).toEqual([]);
    expect(Object.keys((await session.host.state()).users)).toEqual(["owner", "bo"]);
  });

  test("a group of a name that the host knows is a group and nothing more: deleting it deletes nobody", async () => {
    const { owners } = await open(() => {});
    expect((await session.send("DELETE", `/Groups/${owners}`)).status).toBe(204);
    expect(Object.keys((await session.host.state()).users)).toEqual(["owner"]);
  });
});
