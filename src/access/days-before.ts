/** daysBefore: since when records are kept. */

const day = 24 * 60 * 60 * 1_000;

/** The time that is some days before another. */
export function daysBefore(at: Date, days: number): Date {
  return new Date(at.getTime() - days * day);
}
