/** A text with emphasis and values in it. */
import type { ComponentChildren, VNode } from "preact";
import { pieces, type Values } from "../text.ts";
import { page } from "./page.ts";

interface Props {
  readonly text: string;
  readonly values?: Values;
  /** How a value is shown; by default as it is. */
  readonly show?: (name: string, text: string) => ComponentChildren;
}

/** Renders a text piece by piece; a value never becomes markup. */
export function Rich({ text, values = {}, show }: Props): VNode {
  return (
    <>
      {pieces(text, { product: page.product, ...values }).map((piece, index) => {
        if (piece.kind === "strong") return <strong key={index}>{piece.text}</strong>;
        return piece.kind === "value" && show !== undefined ? show(piece.name, piece.text) : piece.text;
      })}
    </>
  );
}
