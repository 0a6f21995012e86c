/** scimkit on its memory stores, filled with a dataset: what the scimkit targets mount. */
import { bearer, createScim, type Scim } from "scimkit";
import { memoryStores } from "scimkit/memory";
import { type Dataset, fill, type Ids } from "../data/dataset.ts";
import { groupSchema, userAt } from "../data/user.ts";
import { authorization, base, bodyLimit } from "./raw-directory.ts";

/** What `authenticate` answers with: the one customer there is. */
interface Context {
  readonly tenant: string;
}

/** Tokens as a host would look them up: in a Map, in place of its database. */
const tenants = new Map<string, Context>([["bench", { tenant: "bench" }]]);

export function emptyScim(): Scim {
  const { users, groups } = memoryStores<Context>({ tenant: (context) => context.tenant });
  return createScim({
    users,
    groups,
    authenticate: bearer((token) => tenants.get(token)),
    limits: { bodySize: bodyLimit, bulkPayload: bodyLimit },
  });
}

/** A scim with the dataset in it, taken in through the front door. */
export async function filledScim(dataset: Dataset): Promise<{ readonly scim: Scim; readonly ids: Ids }> {
  const scim = emptyScim();
  const ids = await fill(dataset, {
    user: (index) => create(scim, "/Users", userAt(index)),
    group: (displayName, members) =>
      create(scim, "/Groups", { schemas: [groupSchema], displayName, members: members.map((value) => ({ value })) }),
  });
  return { scim, ids };
}

async function create(scim: Scim, url: string, json: unknown): Promise<string> {
  const headers = { authorization, "content-type": "application/scim+json" };
  const request = { method: "POST", url, headers, baseUrl: `http://127.0.0.1${base}`, body: { json } };
  const { status, headers: answered, body } = await scim.handle(request);
  const id = /[^/]+$/.exec(answered.Location ?? "")?.[0];
  if (status !== 201 || id === undefined) throw new Error(`POST ${url} answered ${status}: ${body}`);
  return id;
}
