/** `schemas` that are missing, incomplete or not ours. Q42, Q43. */
import { type Fields, isFields } from "../patch/operations.ts";
import { resolveExtension } from "../schema/resolve.ts";
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
    const kept: [string, unknown][] = [];
    for (const key of Object.keys(body)) {
      if (key.toLowerCase() === "schemas") continue;
      const value = body[key];
      if (!key.includes(":")) {
        kept.push([key, value]);
        continue;
      }
      const extension = resolveExtension(key, type);
      if (extension === undefined) continue;
      kept.push([key, value]);
      if (isFields(value)) schemas.push(extension.id);
    }
    const read: Fields = Object.fromEntries(kept);
    return { schemas, ...read };
  },
};
