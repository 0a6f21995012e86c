/** A service on one mount, with a client that speaks SCIM to it. */
import { bearer, createScim, type ScimOptions } from "scimkit";
import type { Answered } from "./client.ts";
import { isObject, type JsonObject } from "./match.ts";
import { freshTenants, type Served, type TestContext } from "./served.ts";

/** A running service. */
export interface Service {
  /** Sends a request; the body of the answer, if it has one, is a JSON object. */
  call(
    method: string,
    path: string,
    body?: unknown,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Answered & { readonly body: JsonObject }>;
  /** Creates a resource; returns its id. */
  create(path: string, resource: JsonObject): Promise<string>;
  close(): Promise<void>;
}

type Options = Partial<ScimOptions<TestContext>>;

/** A service with the stores of a row and two tenants, whose tokens are `one` and `two`; `one` is used by default. */
export async function openService(served: Served, options: Options = {}): Promise<Service> {
  const { users, groups } = await served.openStores(options.features?.changePassword);
  const tenants = freshTenants();
  const scim = createScim({
    users,
    groups,
    authenticate: bearer((token) => (token === "one" || token === "two" ? tenants[token] : null)),
    ...options,
  });
  const mounted = await served.open(scim);
  const call: Service["call"] = async (method, path, body, headers = {}) => {
    const answered = await mounted.send({
      method,
      path,
      headers: {
        authorization: "Bearer one",
        ...(body === undefined ? {} : { "content-type": "application/scim+json" }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { ...answered, body: isObject(answered.json) ? answered.json : {} };
  };
  return {
    call,
    create: async (path, resource) => {
      const { status, body } = await call("POST", path, resource);
      if (status !== 201) throw new Error(`POST ${path}: ${status} ${JSON.stringify(body)}`);
      return String(body.id);
    },
    close: () => mounted.close(),
  };
}

/** A minimal user. */
export function person(userName: string, more: JsonObject = {}): JsonObject {
  return { schemas: ["urn:ietf:params:scim:schemas:core:2.0:User"], userName, ...more };
}

/** A minimal group with members. */
export function team(displayName: string, ...memberIds: readonly string[]): JsonObject {
  return {
    schemas: ["urn:ietf:params:scim:schemas:core:2.0:Group"],
    displayName,
    members: memberIds.map((value) => ({ value })),
  };
}

/** The resources of a list response. */
export function resourcesOf(body: JsonObject): readonly JsonObject[] {
  return Array.isArray(body.Resources) ? body.Resources.filter(isObject) : [];
}
