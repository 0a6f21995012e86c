/** ConnectionEvent: what happened to a connection, told after it has happened. */
import type { Connection, Token } from "./connection.ts";

/** What {@link ConnectionsOptions.onEvent} is told. */
export type ConnectionEvent =
  | {
      readonly type:
        | "connection.created"
        | "connection.updated"
        | "connection.paused"
        | "connection.resumed"
        | "connection.deleted";
      /** The state after; of a deleted one, the last. */
      readonly connection: Connection;
    }
  | {
      readonly type: "token.issued" | "token.rotated" | "token.revoked";
      readonly connection: Connection;
      /** Of a rotation, the new one. */
      readonly token: Token;
    }
  | {
      /** The default role is not among the host's roles any more, or is above the ceiling now. At most once an hour. */
      readonly type: "role.missing";
      readonly connection: Connection;
      /** The role that new users are given in its place; `""` for none. */
      readonly given: string;
    }
  | {
      /** A user or group that was there before is now managed by the connection. */
      readonly type: "user.linked" | "group.linked";
      readonly connection: Connection;
      /** Its id in its store. */
      readonly id: string;
    };
