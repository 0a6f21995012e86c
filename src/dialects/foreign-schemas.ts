/** `schemas` that are missing, incomplete or not ours. Q42, Q43. */
import { type Fields, isFields } from "../patch/operations.ts";
import { resolveExtension } from "../schema/resolve.ts";
import type { ResourceType } from "../schema/resource-type.ts";
import type { Dialect } from "./dialect.ts";

export const foreignSchemas: Dialect = {
  name: "foreign-schemas",
  rows: ["Q42", "Q43"],
  seenFrom: "Google Workspace, OneLogin, Entra ID",
  summary:
    "In a POST or PUT, `schemas` is what the endpoint and the extensions in the body make it; unknown URNs, in it or as keys, are left out and never echoed.",
  example: {
    of: "body",
    resource: "User",
    sent: {
      schemas: ["urn:scim:schemas:core:2.0", "urn:scim:schemas:extension:enterprise:2.0"],
      userName: "ann",
      "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": { department: "IT" },
    },
    read: {
      schemas: [
        "urn:ietf:params:scim:schemas:core:2.0:User",
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User",
      ],
      userName: "ann",
      "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": { department: "IT" },
    },
  },
  body(body, { type }) {
    const schemas = [type.schema.id];
    let isForeign = false;
    for (const key of Object.keys(body)) {
      if (!key.includes(":")) continue;
      const extension = resolveExtension(key, type);
      if (extension === undefined) isForeign = true;
      else if (isFields(body[key])) schemas.push(extension.id);
    }
    return isForeign || !saysJust(body.schemas, schemas) ? rewritten(body, schemas, type) : body;
  },
};

/** Whether a list has these URNs and no others, whatever their order. */
function saysJust(listed: unknown, urns: readonly string[]): boolean {
  return Array.isArray(listed) && listed.length === urns.length && urns.every((urn) => listed.includes(urn));
}

function rewritten(body: Fields, schemas: readonly string[], type: ResourceType): Fields {
  const kept = Object.entries(body).filter(
    ([key]) => key.toLowerCase() !== "schemas" && (!key.includes(":") || resolveExtension(key, type) !== undefined),
  );
  return { schemas, ...Object.fromEntries(kept) };
}
