/** The languages of the page, and which one a reader gets. RFC 9110 §12.5.4. */
import { de } from "./de.ts";
import { deGuides } from "./de-guides.ts";
import { en, type Strings } from "./en.ts";
import { enGuides, type Guides } from "./en-guides.ts";
import { fr } from "./fr.ts";
import { frGuides } from "./fr-guides.ts";
import { nl } from "./nl.ts";
import { nlGuides } from "./nl-guides.ts";

/** A language of the page, as BCP 47 names it. */
export type Locale = "en" | "nl" | "fr" | "de";

/** Everything the page says in one language. */
export interface Language {
  readonly strings: Strings;
  readonly guides: Guides;
}

/** All languages. */
export const locales: ReadonlyMap<string, Language> = new Map<Locale, Language>([
  ["en", { strings: en, guides: enGuides }],
  ["nl", { strings: nl, guides: nlGuides }],
  ["fr", { strings: fr, guides: frGuides }],
  ["de", { strings: de, guides: deGuides }],
]);

/** The language that a reader likes best of those there are; English if there is none. */
export function preferred(acceptLanguage: string | undefined): string {
  const ranked = (acceptLanguage ?? "")
    .slice(0, 500)
    .split(",")
    .map((range) => {
      const [tag = "", ...parameters] = range.split(";").map((part) => part.trim());
      const quality = parameters.find((parameter) => parameter.startsWith("q="))?.slice(2) ?? "1";
      return { locale: tag.split("-")[0]?.toLowerCase() ?? "", quality: Number(quality) };
    })
    .filter(({ locale, quality }) => quality > 0 && locales.has(locale))
    .sort((a, b) => b.quality - a.quality);
  return ranked[0]?.locale ?? "en";
}

/** A language that is there: English for one that is not. */
export function languageOf(locale: string): Language {
  return locales.get(locale) ?? { strings: en, guides: enGuides };
}
