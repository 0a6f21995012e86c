/** What is wrong, in the reader's language, and in English what exactly. */
import type { VNode } from "preact";

interface Props {
  readonly severity: "warning" | "error";
  readonly title: string;
  /** In English. */
  readonly detail: string | undefined;
}

/** A box that stands out. */
export function Callout({ severity, title, detail }: Props): VNode {
  return (
    <div class="callout" data-severity={severity}>
      <strong>{title}</strong>
      {detail !== undefined && <p lang="en">{detail}</p>}
    </div>
  );
}
