/** Every filter that the tests of the protocol write down selects the same in SQL and in memory. RFC 7644 §3.4.2.2. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import {
  compilePredicate,
  defaultGrammar,
  parseFilter,
  type Resource,
  type ResourceType,
  ScimError,
  userType,
} from "scimkit";
import ts from "typescript";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { root } from "../package/sources.ts";
import { type PopulatedHost, populated } from "./populated.ts";
import { databases, stopServer } from "./stores.ts";

afterAll(stopServer);

const folders = ["test/conformance", "test/rfc7643", "test/rfc7644", "test/idp", "test/bad-input", "src/testing"];
const operator = /\b(?:eq|ne|co|sw|ew|gt|ge|lt|le|pr)\b/i;

/** The texts in the sources that could be filters, also those in URLs and in JSON. */
function texts(): ReadonlySet<string> {
  const found = new Set<string>();
  for (const folder of folders) {
    for (const name of readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })) {
      if (!/\.(?:ts|json)$/.test(name)) continue;
      const source = ts.createSourceFile(name, readFileSync(join(root, folder, name), "utf8"), ts.ScriptTarget.ES2022);
      const visit = (node: ts.Node): void => {
        if (ts.isStringLiteralLike(node) && operator.test(node.text)) found.add(unescaped(node.text));
        ts.forEachChild(node, visit);
      };
      visit(source);
    }
  }
  return found;
}

/** The filter in a URL's query; other text as it is. */
function unescaped(text: string): string {
  const [, query] = /[?&]filter=([^&]*)/.exec(text) ?? [];
  if (query === undefined) return text;
  try {
    return decodeURIComponent(query.replaceAll("+", " "));
  } catch {
    return text;
  }
}

const written = [...texts()];

/** Those that are filters on a type. */
function filtersOn(type: ResourceType): readonly string[] {
  return written.filter((text) => {
    try {
      parseFilter(text, type, defaultGrammar);
      return true;
    } catch (error) {
      if (error instanceof ScimError) return false;
      throw error;
    }
  });
}

/** Users who have what the filters look for: each a literal, in every attribute that may be text. */
function soughtAfter(): readonly Resource[] {
  const literals = new Set<string>();
  for (const text of filtersOn(userType())) {
    for (const [literal] of text.matchAll(/"(?:[^"\\]|\\.)*"/g)) {
      const value: unknown = JSON.parse(literal);
      if (typeof value === "string" && value !== "" && value.length < 100 && !/[\0\p{Surrogate}]/u.test(value)) {
        literals.add(value);
      }
    }
  }
  const userNames = new Map([...literals].map((text) => [text.toLowerCase(), text]));
  return [...userNames.values()].map((text) => ({
    userName: text,
    externalId: text,
    name: { givenName: text, familyName: text, formatted: text },
    displayName: text,
    title: text,
    userType: text,
    locale: text,
    emails: [
      { value: text, type: "work", primary: true },
      { value: "a@x.io", type: text },
    ],
    ims: [{ value: text, type: "xmpp" }],
    roles: [{ value: text }],
    "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {
      employeeNumber: text,
      department: text,
      manager: { value: text },
    },
  }));
}

describe.each(databases)("In %s", (_, url) => {
  describe.each(populated)("on %s", (_name, open) => {
    let host: PopulatedHost;
    beforeAll(async () => {
      host = await open(url, soughtAfter());
    }, 120_000);
    afterAll(() => host.close());

    it.each([
      ["users", 300],
      ["groups", 50],
    ] as const)(
      "of %s",
      async (kind, atLeast) => {
        const { list, resources, type } = host[kind];
        const filters = filtersOn(type);
        expect(filters.length).toBeGreaterThan(atLeast);
        for (const text of filters) {
          const wanted = resources.filter(compilePredicate(parseFilter(text, type, defaultGrammar), type));
          const page = await list(text);
          expect([text, page.resources.map(({ id }) => id)]).toEqual([text, wanted.map(({ id }) => id)]);
        }
      },
      120_000,
    );
  });
});
