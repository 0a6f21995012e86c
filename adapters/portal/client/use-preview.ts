/** What a change would do, asked of the server a moment after the change was last touched. */
import { useEffect, useState } from "preact/hooks";
import type { ErrorMessage } from "../messages.ts";
import { call, reason } from "./call.ts";

/** In milliseconds: as long as somebody types, nothing is asked. */
const pause = 250;

/** The answer, once it is there, or why there is none. */
export interface Preview<Answer> {
  readonly answer?: Answer;
  readonly failure?: ErrorMessage;
}

/**
 * Asks for the preview of a change.
 *
 * @param body - the change; undefined while there is none
 */
export function usePreview<Answer>(path: string, body: unknown): Preview<Answer> {
  const [preview, setPreview] = useState<Preview<Answer>>({});
  const text = body === undefined ? undefined : JSON.stringify(body);
  useEffect(() => {
    let current = true;
    setPreview({});
    const timer = setTimeout(() => {
      if (text === undefined) return;
      call<Answer>("POST", path, JSON.parse(text)).then(
        (answer) => current && setPreview({ answer }),
        (thrown) => current && setPreview({ failure: reason(thrown) }),
      );
    }, pause);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [path, text]);
  return preview;
}
