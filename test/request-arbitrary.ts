/** Random requests: any bytes in any place, pieces of SCIM among them, so that some get past the first check. */
import fc from "fast-check";
import type { ScimRequest } from "scimkit";
import { patchOp } from "./session.ts";

/** Text made of any bytes, of any characters, of pieces of SCIM, and of what is known to hurt. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: "binary", maxLength: 60 }),
  fc.string({ unit: "grapheme", maxLength: 40 }),
  fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes).toString("latin1")),
  fc.uint8Array({ maxLength: 60 }).map((bytes) => new TextDecoder().decode(bytes)),
  fc.constantFrom(
    "__proto__",
    "constructor",
    "\u0000",
    "\ud800",
    "%",
    "%00",
    "%2e%2e%2f",
    "//",
    "?",
    "#",
    "[",
    '"',
    "\\",
  ),
  fc
    .array(
      fc.constantFrom(
        "userName",
        "emails",
        "members",
        "[",
        "]",
        "(",
        ")",
        " eq ",
        " and ",
        '"x"',
        ".",
        "value",
        "not ",
      ),
      { maxLength: 12 },
    )
    .map((words) => words.join("")),
);

const encoded = anyText.map((text) => encodeURIComponent(Buffer.from(text).toString()));
/** A method that SCIM knows. */
export const method = fc.constantFrom("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE");
const segment = fc.oneof(
  fc.constantFrom(
    "Users",
    "Groups",
    "Me",
    "Bulk",
    ".search",
    "Schemas",
    "ResourceTypes",
    "ServiceProviderConfig",
    "{ann}",
    "{team}",
  ),
  anyText,
  encoded,
);
const parameter = fc.tuple(
  fc.oneof(
    fc.constantFrom(
      "filter",
      "sortBy",
      "sortOrder",
      "startIndex",
      "count",
      "cursor",
      "attributes",
      "excludedAttributes",
    ),
    anyText,
  ),
  fc.oneof(anyText, encoded, fc.integer().map(String)),
);
/** A path and query, with anything in them; `{ann}` and `{team}` stand for ids that exist. */
export const url = fc
  .tuple(fc.array(segment, { maxLength: 4 }), fc.array(parameter, { maxLength: 4 }))
  .map(
    ([path, query]) =>
      `/${path.join("/")}${query.length === 0 ? "" : `?${query.map((pair) => pair.join("=")).join("&")}`}`,
  );
/** Headers, with anything in them. */
export const headers = fc.dictionary(
  fc.constantFrom(
    "content-type",
    "accept",
    "if-match",
    "if-none-match",
    "content-length",
    "host",
    "user-agent",
    "content-encoding",
  ),
  fc.oneof(anyText, fc.constantFrom("application/scim+json", "application/json", "*", 'W/"1"', '"1", W/"2"')),
);

/** The name of an attribute, or anything. */
export const name = fc.oneof(
  fc.constantFrom(
    "schemas",
    "id",
    "userName",
    "displayName",
    "name",
    "emails",
    "members",
    "active",
    "meta",
    "roles",
    "password",
  ),
  fc.constantFrom(
    "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User",
    "name.givenName",
    "Operations",
    "op",
    "path",
    "value",
  ),
  anyText,
);
/** A JSON value whose keys and texts are sometimes those of SCIM. */
export const json = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 5 },
    fc.oneof(
      anyText,
      fc.double(),
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
      fc.constantFrom("{ann}", "{team}", "True"),
    ),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(name, tie("value"), { maxKeys: 4, noNullPrototype: false }),
  ),
})).value;
const operation = fc.record(
  {
    op: fc.oneof(fc.constantFrom("add", "remove", "replace", "Add"), json),
    path: fc.oneof(name, anyText, json),
    value: json,
  },
  { requiredKeys: [] },
);
const message = fc.record({
  schemas: fc.constant([patchOp]),
  Operations: fc.oneof(fc.array(operation, { maxLength: 4 }), json),
});
const bulkOperation = fc.record(
  {
    method: fc.oneof(method, json),
    path: fc.oneof(url, json),
    bulkId: fc.oneof(anyText, json),
    version: json,
    data: fc.oneof(json, message),
  },
  { requiredKeys: [] },
);
const bulkRequest = fc.record(
  { failOnErrors: json, Operations: fc.array(bulkOperation, { maxLength: 4 }) },
  { requiredKeys: [] },
);
/** A JSON value, or something like a PATCH or bulk message. */
export const anyJson = fc.oneof(json, message, bulkRequest);
/** A body, as text or as what a host has made of it. */
export const body: fc.Arbitrary<ScimRequest["body"]> = fc.oneof(
  fc.constant(undefined),
  anyText.map((text) => ({ text })),
  anyJson.map((value) => ({ text: JSON.stringify(value) ?? "" })),
  anyJson.map((value) => ({ json: value })),
);
/** A method and a path that exist, and take a body. */
export const targeted = fc.constantFrom<readonly [string, string]>(
  ["POST", "/Users"],
  ["POST", "/Groups"],
  ["PUT", "/Users/{ann}"],
  ["PUT", "/Groups/{team}"],
  ["PATCH", "/Users/{ann}"],
  ["PATCH", "/Groups/{team}"],
  ["PATCH", "/Me"],
  ["POST", "/Users/.search"],
  ["POST", "/.search"],
  ["POST", "/Bulk"],
);
