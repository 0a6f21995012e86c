/** What went wrong, in words, where it went wrong. */
import type { VNode } from "preact";
import type { ErrorMessage } from "../messages.ts";
import { Callout } from "./callout.tsx";
import { say } from "./page.ts";

/** An error, read aloud when it appears; nothing without one. */
export function Failure({ reason }: { readonly reason: ErrorMessage | undefined }): VNode {
  return (
    <div role="alert">
      {reason !== undefined && <Callout severity="error" title={say(reason.text)} detail={reason.detail} />}
    </div>
  );
}
