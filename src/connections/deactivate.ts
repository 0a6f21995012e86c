/** deactivateUsers: ends the access of everybody whom a connection manages, some at a time. */
import { isRecord } from "../filter/present.ts";
import { patchOpUrn } from "../patch/operations.ts";
import { ConnectionError } from "./connection-error.ts";
import type { Inside } from "./inside.ts";
import type { ConnectionRecord, ConnectionStore, Mark } from "./store.ts";

/** Users read at a time. */
const batch = 100;
/** Users changed at the same time. */
const together = 4;
/** How many of the reasons the error repeats. */
const shown = 5;

const json = { schemas: [patchOpUrn], Operations: [{ op: "replace", path: "active", value: false }] };

/**
 * Sets `active` to false for the users of a connection that is paused; those who are deactivated stay as they are.
 *
 * @throws ConnectionError `usersRemain`, if the host's rules, or its store, kept some from being deactivated; all others
 *   are
 */
export async function deactivateUsers(
  connection: ConnectionRecord,
  store: ConnectionStore,
  inside: Inside,
): Promise<void> {
  const reasons: string[] = [];
  for await (const marks of pagesOf(connection, store)) {
    for (let at = 0; at < marks.length; at += together) {
      const some = marks.slice(at, at + together);
      const refused = await Promise.all(some.map((mark) => deactivate(connection, mark, inside)));
      reasons.push(...refused.filter((reason) => reason !== undefined));
    }
  }
  if (reasons.length > 0) throw usersRemain(reasons);
}

async function* pagesOf({ id }: ConnectionRecord, store: ConnectionStore): AsyncGenerator<readonly Mark[]> {
  let after: string | undefined;
  do {
    const { marks, next } = await store.marks(id, "User", after, batch);
    yield marks;
    after = next;
  } while (after !== undefined);
}

/** The reason for which a user is still active; undefined if it is not, or is gone. */
async function deactivate(connection: ConnectionRecord, mark: Mark, inside: Inside): Promise<string | undefined> {
  const url = `/Users/${encodeURIComponent(mark.resourceId)}`;
  const { status, body } = await inside.send(connection, mark.workspace, { method: "PATCH", url, json });
  return status < 300 || status === 404 ? undefined : detailOf(body);
}

function detailOf(body: string | undefined): string {
  const error: unknown = body === undefined ? undefined : JSON.parse(body);
  return isRecord(error) && typeof error.detail === "string" ? error.detail : "The server could not do it.";
}

function usersRemain(reasons: readonly string[]): ConnectionError {
  const distinct = [...new Set(reasons)].slice(0, shown).join(" ");
  const count = reasons.length === 1 ? "One user was" : `${reasons.length} users were`;
  return new ConnectionError(
    "usersRemain",
    `${count} not deactivated, so the connection is paused and not deleted. ${distinct}`,
  );
}
