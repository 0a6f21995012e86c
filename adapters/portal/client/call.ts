/** Requests to the page's own server. */
import type { ErrorMessage } from "../messages.ts";

/** Below the page itself, wherever the host has mounted it. */
const base = location.pathname.replace(/\/+$/, "");

/** A request that was refused, or that nobody answered. */
class Refused extends Error {
  override readonly name = "Refused";
  readonly reason: ErrorMessage;

  constructor(reason: ErrorMessage) {
    super(reason.detail ?? reason.text);
    this.reason = reason;
  }
}

/**
 * Asks the server for something.
 *
 * @param path - below `/api`: `/connections`
 * @throws Refused with what to tell the reader
 */
export async function call<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
  const response = await reach(`${base}/api${path}`, {
    method,
    cache: "no-store",
    ...(method === "POST" || method === "PATCH"
      ? { headers: { "Content-Type": "application/json" }, body: JSON.stringify(body ?? {}) }
      : {}),
  });
  const text = await response.text();
  if (!response.ok) throw new Refused(reasonOf(response.status, text));
  return JSON.parse(text);
}

async function reach(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, { ...init, credentials: "same-origin", redirect: "error" });
  } catch {
    throw new Refused({ text: "offline" });
  }
}

/** Whatever answers, a proxy's error page included. */
function reasonOf(status: number, text: string): ErrorMessage {
  try {
    const answer: { error?: ErrorMessage; detail?: string } = JSON.parse(text);
    if (answer.error !== undefined) return answer.error;
  } catch {
    // Not ours.
  }
  return { text: status === 401 || status === 403 ? "errorSession" : "errorServer" };
}

/** What to tell the reader of anything that was thrown. */
export function reason(thrown: unknown): ErrorMessage {
  return thrown instanceof Refused ? thrown.reason : { text: "failed" };
}
