/** Exchange: one answered request, as a log may keep it. */

/** What was asked and how it was answered; no secret, no value, no filter is in it. */
export interface Exchange {
  /** When the request came. */
  readonly at: Date;
  /** Milliseconds until it was answered. */
  readonly duration: number;
  readonly method: string;
  /** `create`, `list`, `patch`, …; undefined when the request was answered before it was routed. */
  readonly operation: string | undefined;
  /** `User`, `Group`, …, where the request is about one type. */
  readonly resourceType: string | undefined;
  /** The id in the path, or of the resource created. */
  readonly resourceId: string | undefined;
  readonly status: number;
  readonly scimType: string | undefined;
  /** Of an error. */
  readonly detail: string | undefined;
  readonly userAgent: string | undefined;
}
