/** The texts: every language has all of them, with the same values in them. */
import { describe, expect, it } from "vitest";
import { en } from "../../adapters/portal/strings/en.ts";
import { enGuides } from "../../adapters/portal/strings/en-guides.ts";
import { languageOf, locales, preferred } from "../../adapters/portal/strings/locales.ts";
import { fill, pieces } from "../../adapters/portal/text.ts";

const others = [...locales].filter(([locale]) => locale !== "en");
const valuesIn = (text: string): readonly string[] =>
  [...new Set([...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? ""))].sort();
const labelsIn = (text: string): readonly string[] =>
  [...text.matchAll(/\*\*(.+?)\*\*/g)].map(([, label]) => label ?? "");

const stepsOf = (guides: typeof enGuides | ReturnType<typeof languageOf>["guides"]): ReadonlyMap<string, string> =>
  new Map(
    Object.entries(guides).flatMap(([guide, steps]) =>
      Object.entries(steps).map(([step, text]) => [`${guide}.${step}`, text] as const),
    ),
  );

describe.each(others)("%s", (_locale, { strings, guides }) => {
  const texts = new Map(Object.entries(strings));
  const steps = stepsOf(guides);

  it("has every text, and none beside", () => {
    expect([...texts.keys()].sort()).toEqual(Object.keys(en).sort());
    expect([...texts.values()].filter((text) => text.trim() === "")).toEqual([]);
  });

  it("fills in the same values as English", () => {
    for (const [name, text] of Object.entries(en)) {
      expect([name, valuesIn(texts.get(name) ?? "")]).toEqual([name, valuesIn(text)]);
    }
  });

  it("is translated: nothing but a few words is the same", () => {
    const same = Object.entries(en).filter(([name, text]) => texts.get(name) === text && text.split(" ").length > 2);
    expect(same).toEqual([]);
  });

  it("has the same steps, with the same values and the same labels of the identity provider", () => {
    expect([...steps.keys()]).toEqual([...stepsOf(enGuides).keys()]);
    for (const [name, text] of stepsOf(enGuides)) {
      const translated = steps.get(name) ?? "";
      expect([name, valuesIn(translated)]).toEqual([name, valuesIn(text)]);
      expect([name, [...labelsIn(translated)].sort()]).toEqual([name, [...labelsIn(text)].sort()]);
    }
  });
});

describe("French", () => {
  it("has a no-break space before colons, semicolons, question and exclamation marks", () => {
    const { strings, guides } = languageOf("fr");
    const texts = [...Object.values(strings), ...stepsOf(guides).values()];
    expect(texts.filter((text) => / [:;?!»]|« /.test(text.replaceAll("**", "")))).toEqual([]);
  });
});

describe("Instructions", () => {
  it("have the address and the token in them, for each identity provider", () => {
    for (const [guide, steps] of Object.entries(enGuides)) {
      const values = Object.values(steps).flatMap(valuesIn);
      expect([guide, values.some((name) => /url$/i.test(name)), values.includes("token")]).toEqual([guide, true, true]);
    }
  });
});

describe("The reader's language", () => {
  it.each([
    [undefined, "en"],
    ["", "en"],
    ["nl", "nl"],
    ["fr-CA,fr;q=0.9,en;q=0.8", "fr"],
    ["es,de-AT;q=0.5,en;q=0.3", "de"],
    ["es, pt", "en"],
    ["en;q=0.1, DE;q=0.9", "de"],
    ["nl;q=0, fr;q=0.1", "fr"],
    ["*", "en"],
    ["__proto__, constructor", "en"],
    [`${"x,".repeat(10_000)}de`, "en"],
    ["de;q=nonsense", "en"],
  ])("of %j is %s", (header, locale) => {
    expect(preferred(header?.slice(0, 20_000))).toBe(locale);
  });
});

describe("A text", () => {
  it("is filled in, and comes in pieces", () => {
    expect(fill("{a} of {b}, {a}", { a: 1, b: "two" })).toBe("1 of two, 1");
    expect(pieces("Choose **Save as {a}** in {b}.", { a: "x", b: "y" })).toEqual([
      { kind: "plain", text: "Choose " },
      { kind: "strong", text: "Save as x" },
      { kind: "plain", text: " in " },
      { kind: "value", name: "b", text: "y" },
      { kind: "plain", text: "." },
    ]);
  });

  it("never looks into a value", () => {
    expect(fill("{a}", { a: "{b} **c**", b: "no" })).toBe("{b} **c**");
    expect(pieces("{a}", { a: "**c**" })).toEqual([{ kind: "value", name: "a", text: "**c**" }]);
  });

  it("leaves a name without a value as it stands", () => {
    expect(fill("{toString} {constructor} {__proto__}", {})).toBe("{toString} {constructor} {__proto__}");
  });
});
