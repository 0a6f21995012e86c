/** A value that is there to be copied. */
import type { VNode } from "preact";
import { useRef } from "preact/hooks";
import { useAnnounce } from "./notice.tsx";
import { say } from "./page.ts";

interface Props {
  readonly value: string;
  /** What the button says to somebody who does not see what it stands beside. */
  readonly label: string;
}

/** A value and its copy button, as a line of its own or inside of one. */
export function Copyable({ value, label }: Props): VNode {
  const code = useRef<HTMLElement>(null);
  const announce = useAnnounce();
  const copy = async (): Promise<void> => {
    announce((await copied(value, code.current)) ? "copied" : "copyFailed");
  };
  return (
    <span class="copyable">
      <code ref={code} translate={false}>
        {value}
      </code>
      <button type="button" class="small" aria-label={label} onClick={copy}>
        {say("copy")}
      </button>
    </span>
  );
}

/** The clipboard is open to secure pages only; elsewhere the text is selected, for the reader or the old command. */
async function copied(value: string, element: HTMLElement | null): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(value);
    return true;
  } catch {
    if (element === null) return false;
    getSelection()?.selectAllChildren(element);
    return document.execCommand("copy");
  }
}
