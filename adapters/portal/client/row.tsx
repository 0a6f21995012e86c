/** One line of a list of facts: what it is, and what it says. */
import type { ComponentChildren, VNode } from "preact";

interface Props {
  readonly label: string;
  readonly children: ComponentChildren;
}

/** A term and its description, for a `dl`. */
export function Row({ label, children }: Props): VNode {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}
