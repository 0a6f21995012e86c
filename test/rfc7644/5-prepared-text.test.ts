/** RFC 7644 §5: how user names and passwords are prepared (RFC 7613 §3.3, §4.2). */
import * as fc from "fast-check";
import { attribute, defineResource, parseFilter, preparePassword, prepareUserName } from "scimkit";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { defaultGrammar } from "../../src/filter/grammar.ts";

const formsOfWidth = Array.from({ length: 0xffef - 0xff01 }, (_, index) => String.fromCharCode(0xff01 + index)).filter(
  (character) => character.normalize("NFKC") !== character,
);

describe("§5 user names", () => {
  it.each([
    ["bjensen@example.com", "bjensen@example.com"],
    ["José", "José"],
    ["e\u0301mile", "\u00e9mile"],
    ["\uff21\uff4e\uff4e\uff11", "Ann1"],
    ["\uff76\uff9e\uff76\uff9e", "\u30ac\u30ac"],
    ["a\u3000b", "a b"],
    ["\u212bngstro\u0308m", "\u00c5ngstr\u00f6m"],
    ["\uffa1\uffc2", "\u3131\u314f"],
    ["\uffe3", "\u00af"],
    ["STRASSE ẞß", "STRASSE ẞß"],
    ["\ufb01", "\ufb01"],
  ])("%j becomes %j", (text, prepared) => {
    expect(prepareUserName(text)).toBe(prepared);
  });

  it("every full-width and half-width form becomes one of the usual width that means the same", () => {
    expect(formsOfWidth.length).toBeGreaterThan(200);
    for (const form of formsOfWidth) {
      const prepared = prepareUserName(form);
      expect(prepared).not.toMatch(/[\uff01-\uffee]/);
      expect(prepared.normalize("NFKC")).toBe(form.normalize("NFKC"));
    }
  });

  it("prepared twice is prepared once, texts that are canonically equal become the same, and ASCII stays", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        const prepared = prepareUserName(text);
        expect(prepareUserName(prepared)).toBe(prepared);
        expect(prepareUserName(text.normalize("NFD"))).toBe(prepareUserName(text.normalize("NFC")));
      }),
    );
    fc.assert(
      fc.property(fc.string({ unit: "grapheme-ascii" }), (text) => {
        expect(prepareUserName(text)).toBe(text);
      }),
    );
  });
});

describe("§5 passwords", () => {
  it.each([
    ["t1meMa$heen", "t1meMa$heen"],
    ["pa\u00a0ss\u2003word\u3000", "pa ss word "],
    ["cafe\u0301", "caf\u00e9"],
    ["\uff21", "\uff21"],
    ["\ufb01", "\ufb01"],
    ["tab\tstays", "tab\tstays"],
  ])("%j becomes %j", (text, prepared) => {
    expect(preparePassword(text)).toBe(prepared);
  });

  it("prepared twice is prepared once, and case and length of words stay", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const prepared = preparePassword(text);
        expect(preparePassword(prepared)).toBe(prepared);
        expect(prepared).not.toMatch(/[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/);
      }),
    );
  });
});

describe("§5 an attribute of the host's own", () => {
  it("is prepared in bodies and filters as the host says", () => {
    const type = defineResource({
      name: "Licence",
      urn: "urn:example:params:scim:schemas:core:2.0:Licence",
      schema: z.object({ plate: attribute(z.string(), { prepare: (text) => text.replaceAll("-", "") }) }),
    });
    const filter = parseFilter('plate eq "B-AB-1" and plate sw "B-"', type, defaultGrammar);
    expect(filter).toMatchObject({ op: "and", filters: [{ value: "BAB1" }, { value: "B" }] });
  });
});
