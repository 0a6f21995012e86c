/** One operation of a bulk request, done as a request of its own would be. RFC 7644 §3.7. */
import { ScimError } from "../error.ts";
import { patchOpUrn } from "../patch/operations.ts";
import type { Selection } from "../store/selection.ts";
import type { Stored } from "../store/stored.ts";
import { isBody } from "./body.ts";
import { referenceInPath, resolveReferences, type Withheld } from "./bulk-references.ts";
import type { BulkOperation } from "./bulk-request.ts";
import type { Call } from "./call.ts";
import { createResource } from "./create.ts";
import { deleteResource } from "./delete.ts";
import type { Endpoint } from "./endpoint.ts";
import { patchResource } from "./patch.ts";
import { replaceResource } from "./replace.ts";
import { type Route, route } from "./route.ts";
import { readPrecondition, unconditional, type WritePreconditions } from "./version.ts";

const nothing: Selection = { has: () => false };

/** What an operation did. */
export interface Done {
  readonly status: 200 | 201 | 204;
  readonly endpoint: Endpoint;
  readonly id: string;
  /** Absent after a deletion. */
  readonly stored: Stored | undefined;
}

type WriteRoute = Extract<Route, { operation: "create" | "list" | "get" | "replace" | "patch" | "delete" }>;

/**
 * Where an operation leads.
 *
 * @throws ScimError 400 `invalidSyntax` for a method or path that a bulk operation cannot have; 404 for a path that leads
 *   nowhere
 */
export function bulkRoute(call: Call, { method, path }: BulkOperation, ids: ReadonlyMap<string, string>): WriteRoute {
  if (!["POST", "PUT", "PATCH", "DELETE"].includes(method)) {
    throw ScimError.invalidSyntax('The "method" of a bulk operation must be POST, PUT, PATCH or DELETE.');
  }
  if (typeof path !== "string" || !path.startsWith("/")) {
    throw ScimError.invalidSyntax('The "path" of a bulk operation must begin with "/", such as "/Users".');
  }
  const reference = referenceInPath(path);
  const id = reference === undefined ? undefined : ids.get(reference);
  const resolved = id === undefined ? path : path.slice(0, path.indexOf("/bulkId:") + 1) + encodeURIComponent(id);
  const found = route(method, resolved, call.endpoints);
  if ("endpoint" in found && found.endpoint !== undefined && found.operation !== "search") return found;
  throw ScimError.invalidSyntax("A bulk operation must be on a resource, or create one.");
}

/**
 * Does one operation.
 *
 * @param data - its `data`, with the references that could be resolved
 * @throws ScimError what the single request would be answered with
 */
export async function perform(call: Call, operation: BulkOperation, found: WriteRoute, data: unknown): Promise<Done> {
  const { endpoint } = found;
  const conditions = conditionsOf(call, operation);
  if (found.operation === "delete") {
    await deleteResource(call, endpoint, found.id, conditions);
    return { status: 204, endpoint, id: found.id, stored: undefined };
  }
  if (!isBody(data)) throw ScimError.invalidSyntax(`A bulk ${operation.method} needs "data", a JSON object.`);
  switch (found.operation) {
    case "create": {
      if (operation.bulkId === undefined && call.options.strict) {
        throw ScimError.invalidSyntax('A bulk POST needs a "bulkId" (RFC 7644 §3.7).');
      }
      const { stored } = await createResource(call, endpoint, data, nothing);
      return { status: 201, endpoint, id: stored.id, stored };
    }
    case "replace": {
      const { stored } = await replaceResource(call, endpoint, found.id, data, conditions, nothing);
      return { status: 200, endpoint, id: found.id, stored };
    }
    case "patch": {
      if (!call.options.features.patch) throw ScimError.notImplemented("PATCH is not supported here; use PUT.");
      const { stored } = await patchResource(call, endpoint, found.id, data, conditions, nothing);
      return { status: 200, endpoint, id: found.id, stored };
    }
    default:
      throw ScimError.invalidSyntax("A bulk operation cannot read.");
  }
}

/**
 * Gives a new resource what was withheld from it; takes it back if that fails, so that nothing is half there.
 *
 * @throws ScimError 409 if the circle could not be closed. RFC 7644 §3.7.1
 */
export async function complete(
  call: Call,
  done: Done,
  withheld: readonly Withheld[],
  ids: ReadonlyMap<string, string>,
): Promise<Done> {
  const Operations = withheld.map(({ path, value }) => ({ op: "add", path, value: resolveReferences(value, ids) }));
  const body = { schemas: [patchOpUrn], Operations };
  try {
    const { stored } = await patchResource(call, done.endpoint, done.id, body, unconditional, nothing);
    return { ...done, stored };
  } catch (cause) {
    await takeBack(call, done);
    throw new ScimError(409, "The circular references of this operation could not be resolved.", { cause });
  }
}

/** Deletes what an operation has created. */
export function takeBack(call: Call, { endpoint, id }: Done): Promise<void> {
  return deleteResource(call, endpoint, id, unconditional);
}

function conditionsOf(call: Call, { version }: BulkOperation): WritePreconditions {
  if (version === undefined || !call.options.features.etag) return unconditional;
  return { ifMatch: readPrecondition(version), ifNoneMatch: undefined };
}
