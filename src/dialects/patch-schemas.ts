/** A PATCH that does not say it is one. D34. */
import { patchOpUrn } from "../patch/operations.ts";
import type { Dialect } from "./dialect.ts";

export const patchSchemas: Dialect = {
  name: "patch-schemas",
  rows: ["D34"],
  seenFrom: "hand-made tests, GitHub-style clients",
  summary: "A PATCH without `schemas`, or with those of the resource, is a PATCH.",
  example: {
    of: "message",
    resource: "User",
    sent: {
      schemas: ["urn:ietf:params:scim:schemas:core:2.0:User"],
      Operations: [{ op: "replace", path: "title", value: "CTO" }],
    },
    read: { schemas: [patchOpUrn], Operations: [{ op: "replace", path: "title", value: "CTO" }] },
  },
  message: (message) => ({ ...message, schemas: [patchOpUrn] }),
};
