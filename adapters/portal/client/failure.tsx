/** What went wrong, in words, where it went wrong. */
import type { VNode } from "preact";
import type { ErrorMessage } from "../messages.ts";
import { say } from "./page.ts";

/** An error, read aloud when it appears; nothing without one. */
export function Failure({ reason }: { readonly reason: ErrorMessage | undefined }): VNode {
  return (
    <div role="alert">
      {reason !== undefined && (
        <div class="callout" data-severity="error">
          <strong>{say(reason.text)}</strong>
          {reason.detail !== undefined && <p lang="en">{reason.detail}</p>}
        </div>
      )}
    </div>
  );
}
