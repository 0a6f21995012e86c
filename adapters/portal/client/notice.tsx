/** What the page says of what was just done: one polite live region for the whole page. */
import { type ComponentChildren, createContext, type VNode } from "preact";
import { useCallback, useContext, useEffect, useState } from "preact/hooks";
import type { Text } from "../strings/en.ts";
import { say } from "./page.ts";

const Announce = createContext<(text: Text) => void>(() => {});

/** A function that shows a short text for a moment, and has it read aloud. */
export function useAnnounce(): (text: Text) => void {
  return useContext(Announce);
}

/** The live region, around everything that may speak through it. */
export function Notices({ children }: { readonly children: ComponentChildren }): VNode {
  const [notice, setNotice] = useState<{ readonly text: Text } | undefined>();
  const announce = useCallback((text: Text) => setNotice({ text }), []);
  useEffect(() => {
    if (notice === undefined) return;
    // A newer one may be on its way in: only this one goes.
    const timer = setTimeout(() => setNotice((shown) => (shown === notice ? undefined : shown)), 5000);
    return () => clearTimeout(timer);
  }, [notice]);
  return (
    <Announce.Provider value={announce}>
      {children}
      <div class="notice" role="status" data-shown={notice !== undefined}>
        {notice === undefined ? "" : say(notice.text)}
      </div>
    </Announce.Provider>
  );
}
