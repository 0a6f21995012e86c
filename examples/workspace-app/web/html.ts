/** HTML as tagged templates: whatever is put in is escaped, unless it is HTML itself. */

/** A piece of HTML, safe to send. */
export class Html {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  toString(): string {
    return this.#text;
  }
}

/** What a template can hold; null, undefined and false leave nothing. */
export type Held = Html | string | number | null | undefined | false | readonly Held[];

/** @example html`<p>Hello ${name}</p>` */
export function html(parts: TemplateStringsArray, ...held: readonly Held[]): Html {
  return new Html(parts.map((part, index) => part + (index < held.length ? textOf(held[index]) : "")).join(""));
}

function textOf(held: Held): string {
  if (held === null || held === undefined || held === false) return "";
  if (held instanceof Html) return held.toString();
  if (typeof held === "string") return escaped(held);
  if (typeof held === "number") return String(held);
  return held.map(textOf).join("");
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? "");
}
