/** Receipt: that somebody's access has ended, surface by surface. */

/** What was ended at one surface, such as the sessions. */
export interface Receipt {
  /** A UUID. */
  readonly id: string;
  readonly connection: string;
  readonly organisation: string;
  readonly user: string;
  /** The name that the host has given the surface. */
  readonly surface: string;
  /** The request that deactivated or deleted the user. */
  readonly request: string;
  readonly at: Date;
  /** How many were ended, as the host counts them; undefined if it does not say. */
  readonly ended: number | undefined;
  /** How many were left after the last attempt; 0 when all is done, undefined if the host cannot tell. */
  readonly remaining: number | undefined;
  /** Milliseconds that the last attempt took. */
  readonly duration: number;
  readonly attempts: number;
  /** Whether there is nothing left to do. */
  readonly complete: boolean;
  /** Why the last attempt failed. */
  readonly problem: string | undefined;
}
