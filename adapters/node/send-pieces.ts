/** A body in pieces on a node response: as fast as the client reads, and no further than it is still there. */
import type { ServerResponse } from "node:http";
import type { ScimPieces } from "scimkit";

/** Bytes that may wait for a slow client before the next piece is made. */
const ahead = 1_048_576;

/**
 * Writes and ends a response whose head is written. A body that breaks off ends the connection, so that the client does
 * not take a part for the whole. Never rejects.
 */
export async function sendPieces(response: ServerResponse, pieces: ScimPieces): Promise<void> {
  const connection = connectionOf(response);
  try {
    for await (const piece of pieces) {
      if (!connection.isOpen()) return;
      response.write(piece);
      if (response.writableLength > ahead) await connection.drained();
    }
    response.end();
  } catch {
    response.destroy();
  } finally {
    connection.forget();
  }
}

/** Watches whether anybody is there to read. */
function connectionOf(response: ServerResponse): {
  isOpen(): boolean;
  /** Settles when what was written has gone out, or will not any more. */
  drained(): Promise<void>;
  forget(): void;
} {
  let open = !response.destroyed;
  let goOn = (): void => {};
  const onDrain = (): void => goOn();
  const onClose = (): void => {
    open = false;
    goOn();
  };
  response.on("drain", onDrain);
  response.on("close", onClose);
  return {
    isOpen: () => open,
    drained: () =>
      new Promise((resolve) => {
        goOn = resolve;
        if (!open) resolve();
      }),
    forget: () => {
      response.off("drain", onDrain);
      response.off("close", onClose);
    },
  };
}
