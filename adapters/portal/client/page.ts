/** What the server has put into the page: who it is for, and all texts in the reader's language. */
import type { PageMessage } from "../messages.ts";
import type { Strings, Text } from "../strings/en.ts";
import type { Guides } from "../strings/en-guides.ts";
import { fill, type Values } from "../text.ts";

interface Embedded {
  readonly page: PageMessage;
  readonly strings: Strings;
  readonly guides: Guides;
}

const embedded: Embedded = JSON.parse(document.getElementById("portal-data")?.textContent ?? "{}");

/** Who and what the page is for. */
export const page: PageMessage = embedded.page;

/** The instructions for each identity provider. */
export const guides: Guides = embedded.guides;

/** A text in the reader's language as it is, marks and braces included. */
export function raw(text: Text): string {
  return embedded.strings[text];
}

/** A text in the reader's language, filled in. `{product}` is always there. */
export function say(text: Text, values: Values = {}): string {
  return fill(raw(text), { product: page.product, ...values });
}
