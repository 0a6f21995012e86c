/** What a store says of `meta`: dates where there are any, and something that an ETag can be made of. RFC 7643 §3.1. */
import { createScim, type StoredMeta, type UserStore } from "scimkit";
import { expect, it } from "vitest";

const told: unknown[] = [];

/** A GET of the one user of a store that says this of it. */
async function get(meta: StoredMeta, etag = true) {
  const nothing = async () => {
    throw new Error("nobody asks for this");
  };
  const users: UserStore = {
    get: async () => ({ id: "1", userName: "ann", meta }),
    create: nothing,
    list: nothing,
    update: nothing,
    delete: nothing,
  };
  const onError = ({ cause }: { readonly cause?: unknown }): void => {
    told.push(cause);
  };
  const scim = createScim({ users, authenticate: () => ({}), features: { etag }, onError });
  const answer = await scim.handle({ method: "GET", url: "/Users/1", baseUrl: "https://app.example", headers: {} });
  return { status: answer.status, etag: answer.headers.ETag, meta: JSON.parse(answer.body ?? "{}").meta };
}

const common = { resourceType: "User", location: "https://app.example/Users/1" };
const created = new Date("2024-01-31T10:00:00Z");

it.each<[string, StoredMeta, object, string]>([
  [
    "dates and a version",
    { created, lastModified: created, version: "7" },
    { created: created.toJSON(), lastModified: created.toJSON() },
    'W/"7"',
  ],
  ["a version alone", { version: "7" }, {}, 'W/"7"'],
  ["one date and a version", { created, version: "7" }, { created: created.toJSON() }, 'W/"7"'],
  [
    "dates alone",
    { created, lastModified: created },
    { created: created.toJSON(), lastModified: created.toJSON() },
    `W/"${created.toJSON()}"`,
  ],
])("%s", async (_, meta, dates, etag) => {
  expect(await get(meta)).toEqual({ status: 200, etag, meta: { ...common, ...dates, version: etag } });
});

it("neither a version nor lastModified is the store's mistake, unless ETags are off", async () => {
  expect((await get({ created })).status).toBe(500);
  expect(String(told.at(-1))).toContain("neither `meta.version` nor `meta.lastModified`");
  expect(await get({}, false)).toEqual({ status: 200, etag: undefined, meta: common });
});
