/** Texts with values in them, in pieces, for whoever renders them: nothing here makes markup. */

/** What a text is filled in with, by the names between its braces. */
export type Values = Readonly<Record<string, string | number>>;

/** A piece of a text: as it is, emphasised, or a value by its name. */
export type Piece =
  | { readonly kind: "plain" | "strong"; readonly text: string }
  | { readonly kind: "value"; readonly name: string; readonly text: string };

const marks = /\*\*(.+?)\*\*|\{(\w+)\}/g;

/** A text as one string. A name that has no value stays as it stands, braces and all. */
export function fill(text: string, values: Values): string {
  return pieces(text, values)
    .map((piece) => piece.text)
    .join("");
}

/** A text in pieces: `Choose **Save** in {product}` is four of them. Values are never looked into. */
export function pieces(text: string, values: Values): Piece[] {
  const found: Piece[] = [];
  let end = 0;
  const plain = (to: number): void => {
    if (to > end) found.push({ kind: "plain", text: text.slice(end, to) });
  };
  for (const match of text.matchAll(marks)) {
    plain(match.index);
    const [whole, strong, name] = match;
    if (strong !== undefined) found.push({ kind: "strong", text: fill(strong, values) });
    else if (name !== undefined) found.push({ kind: "value", name, text: value(values, name) ?? whole });
    end = match.index + whole.length;
  }
  plain(text.length);
  return found;
}

function value(values: Values, name: string): string | undefined {
  return Object.hasOwn(values, name) ? String(values[name]) : undefined;
}
