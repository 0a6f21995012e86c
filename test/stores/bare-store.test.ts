/** The template of a store: createScim takes it as it is, and says what is missing when it is asked. */
import { createScim, defaultGrammar, type Filter, parseFilter, userType } from "scimkit";
import { expect, it } from "vitest";
import { BareUserStore, type Context } from "../../examples/bare-store.ts";

const service = (errors: unknown[] = []) =>
  createScim<Context>({
    users: new BareUserStore(),
    authenticate: () => ({ workspaceId: "w" }),
    onError: (error) => errors.push(error.cause),
  });

const ask = (method: string, url: string, body?: unknown) => ({
  method,
  url,
  headers: { "content-type": "application/scim+json" },
  baseUrl: "https://app.example/scim/v2",
  ...(body === undefined ? {} : { body: { json: body } }),
});

it.each([
  ["create", ask("POST", "/Users", { userName: "a" })],
  ["get", ask("GET", "/Users/1")],
  ["list", ask("GET", '/Users?filter=userName eq "a" and not (name.givenName sw "b")')],
  ["update", ask("PATCH", "/Users/1", { Operations: [{ op: "replace", path: "active", value: false }] })],
  ["delete", ask("DELETE", "/Users/1")],
])("%s answers 500 until it is written, and only onError hears why", async (method, request) => {
  const errors: unknown[] = [];
  const { status, body } = await service(errors).handle(request);
  expect(status).toBe(500);
  expect(body).not.toContain("written yet");
  expect(errors.map(String)).toEqual([expect.stringMatching(`BareUserStore: ${method}.* is not written yet`)]);
});

it("advertises what its columns hold, and nothing else", async () => {
  const { body = "" } = await service().handle(ask("GET", "/Schemas/urn:ietf:params:scim:schemas:core:2.0:User"));
  const { attributes }: { attributes: { name: string }[] } = JSON.parse(body);
  expect(attributes.map(({ name }) => name)).toEqual(["userName", "name", "active"]);
});

it("shows every kind of node of a filter", async () => {
  const text = 'emails[type eq "work"] and (title pr or not (userName co "x"))';
  const filter: Filter = parseFilter(text, userType(), defaultGrammar);
  const query = {
    filter,
    sort: undefined,
    window: { by: "index", startIndex: 1, count: 1 },
    want: { has: () => true },
  } as const;
  await expect(new BareUserStore().list(query, { workspaceId: "w" })).rejects.toThrow(
    "list where (some emails has emails.type eq ? and (title has a value or not userName co ?))",
  );
});
