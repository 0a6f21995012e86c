/** Provisioning in few words, for tests of the workspace app. */
import { isObject, type JsonObject } from "../match.ts";
import type { RunningApp } from "./running.ts";

/** Creates a user over SCIM; its id. */
export async function provision(app: RunningApp, user: JsonObject, token?: string): Promise<string> {
  return await create(app, "/Users", user, token);
}

/** Creates a group over SCIM; its id. */
export async function provisionGroup(app: RunningApp, group: JsonObject, token?: string): Promise<string> {
  return await create(app, "/Groups", group, token);
}

/** Sends the operations of a PATCH. */
export async function patch(app: RunningApp, path: string, ...operations: readonly JsonObject[]): Promise<number> {
  const body = { schemas: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], Operations: operations };
  return (await app.scim()({ method: "PATCH", path, body: JSON.stringify(body) })).status;
}

async function create(app: RunningApp, path: string, resource: JsonObject, token?: string): Promise<string> {
  const answer = await app.scim(token)({ method: "POST", path, body: JSON.stringify(resource) });
  if (answer.status !== 201 || !isObject(answer.json)) throw new Error(`POST ${path}: ${answer.status} ${answer.text}`);
  return String(answer.json.id);
}
