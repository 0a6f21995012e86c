/** AccessEvent: what happened to access, told after it has happened. */
import type { IneffectiveRule } from "./desired.ts";
import type { Job } from "./job.ts";
import type { Receipt } from "./receipt.ts";

/** What {@link AccessOptions.onEvent} is told. */
export type AccessEvent =
  /** A rule names a role that cannot be given. At most once an hour for each rule. */
  | ({ readonly type: "rule.ineffective"; readonly connection: string } & IneffectiveRule)
  | { readonly type: "job.finished"; readonly connection: string; readonly job: Job }
  /** Access at a surface has not ended yet. */
  | { readonly type: "revocation.incomplete"; readonly connection: string; readonly receipt: Receipt }
  /** A connection has deactivated unusually many. Nothing is blocked. At most once in the alarm's span of time. */
  | {
      readonly type: "alarm.deactivations";
      readonly connection: string;
      readonly organisation: string;
      /** Users deactivated or deleted since. */
      readonly deactivated: number;
      /** Users that the connection manages. */
      readonly users: number;
      /** From when on; what {@link Access.previewRevert} takes. */
      readonly since: Date;
    };
