/** A rule of the doctor: what the traffic of a connection says of how its identity provider is set up. */
import type { Choice, Connection, Health, LogEntry, Token } from "scimkit/connections";
import type { FindingMessage } from "../messages.ts";

/** All that a rule may look at. */
export interface Picture {
  readonly now: Date;
  readonly connection: Connection;
  /** Only those that let somebody in, in order of creation. */
  readonly validTokens: readonly Token[];
  readonly health: Health;
  /** The newest entries of the log, newest first. */
  readonly log: readonly LogEntry[];
  /** The roles of its workspace. */
  readonly roles: readonly Choice[];
  /** The absolute URL of the SCIM base. */
  readonly scimUrl: string;
}

/** Looks at the picture, and says what it would change; undefined if nothing. Pure. */
export type Rule = (picture: Picture) => FindingMessage | undefined;

/** Minutes from one point in time to another. */
export function minutesBetween(from: Date, to: Date): number {
  return (to.getTime() - from.getTime()) / 60_000;
}

/** Whether an entry asks to create or change something. */
export function writes({ operation }: LogEntry): boolean {
  return operation === "create" || operation === "replace" || operation === "patch" || operation === "bulk";
}
