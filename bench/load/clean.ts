/** Puts a server back to where it was: deletes what a run has created. */
import { connect } from "node:net";
import { AnswerReader, encode } from "./wire.ts";

/** Deletes users, over a few connections. */
export async function deleteUsers(ids: readonly string[], port: number): Promise<void> {
  const left = [...ids];
  await Promise.all(Array.from({ length: 4 }, () => deleteFrom(left, port)));
}

/** Takes ids off the list and deletes their users, until the list is empty. */
function deleteFrom(ids: string[], port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1");
    const next = (): void => {
      const id = ids.pop();
      if (id !== undefined) socket.write(encode({ method: "DELETE", path: `/Users/${id}` }, port));
      else {
        socket.end();
        resolve();
      }
    };
    const reader = new AnswerReader(next, () => false);
    socket.once("connect", next);
    socket.on("data", (bytes: Buffer) => reader.take(bytes));
    socket.once("error", reject);
  });
}
