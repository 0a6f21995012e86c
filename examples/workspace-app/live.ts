/** Live pages: tells the browsers that look at a workspace that something in it has changed. */
import type { ServerResponse } from "node:http";
import type { SignedIn } from "./accounts/signed-in.ts";

interface Watcher {
  readonly userId: string;
  readonly workspace: string;
  readonly response: ServerResponse;
}

/** The pages that are open on this process. */
export class LivePages {
  readonly #watchers = new Set<Watcher>();

  /** Keeps a response open as a stream of server-sent events. Who may see the workspace is the caller's to decide. */
  watch({ userId }: SignedIn, workspace: string, response: ServerResponse): void {
    const watcher = { userId, workspace, response };
    response.writeHead(200, { "Content-Type": "text/event-stream", "Cache-Control": "no-store" });
    response.write("retry: 2000\n\n");
    this.#watchers.add(watcher);
    response.once("close", () => this.#watchers.delete(watcher));
  }

  /** Tells whoever looks at the workspace. A browser that has not read the last message needs no other. */
  changed(workspace: string): void {
    for (const watcher of this.#watchers) {
      if (watcher.workspace === workspace && !watcher.response.writableNeedDrain) {
        watcher.response.write("data: changed\n\n");
      }
    }
  }

  /** Closes the pages of somebody whose sessions have ended. */
  signedOut(userId: string): void {
    for (const watcher of this.#watchers) if (watcher.userId === userId) watcher.response.end();
  }

  /** Closes all. */
  close(): void {
    for (const { response } of this.#watchers) response.end();
  }
}
