/** Instants: xsd:dateTime text and Dates as points in time that can be ordered. RFC 7643 §2.3.5. */

/** A point in time, as exact as it was written. */
export interface Instant {
  /** Whole milliseconds since 1970-01-01T00:00:00Z. */
  readonly milliseconds: number;
  /** The decimal digits below the millisecond, without trailing zeros; mostly empty. */
  readonly finer: string;
}

const dateTime = /^(-?\d{4,6})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d+))?(?:Z|([+-])(\d\d):(\d\d))?$/i;

/**
 * Reads an xsd:dateTime (XML Schema §3.2.7): any number of fraction digits, an offset of up to 14 hours, `24:00:00`.
 * Text without an offset is taken as UTC.
 *
 * @returns undefined if it is none, or beyond the years that a Date can tell (±271,821)
 */
export function parseDateTime(text: string): Instant | undefined {
  const milliseconds = parseUtc(text);
  if (milliseconds !== undefined) return { milliseconds, finer: "" };
  return parseAny(text);
}

function parseAny(text: string): Instant | undefined {
  const match = dateTime.exec(text);
  if (match === null) return undefined;
  const [, year, month, day, hour, minute, second, fraction = "", sign, offsetHour = 0, offsetMinute = 0] = match;
  const seconds = secondsOfDay(Number(hour), Number(minute), Number(second), fraction);
  const midnight = midnightOf(Number(year), Number(month), Number(day));
  const offset = offsetOf(sign, Number(offsetHour), Number(offsetMinute));
  const milliseconds = midnight + (seconds - offset) * 1_000 + Number(fraction.slice(0, 3).padEnd(3, "0"));
  return Number.isNaN(milliseconds) ? undefined : { milliseconds, finer: withoutTrailingZeros(fraction.slice(3)) };
}

/**
 * Reads the two texts that stores hold nearly always, `2011-05-13T04:42:34Z` and `2011-05-13T04:42:34.123Z`, without
 * a regular expression, since predicates read one per resource; undefined for what it leaves to {@link parseAny}.
 */
function parseUtc(text: string): number | undefined {
  const fraction = text.length === 24;
  if (!(fraction || text.length === 20) || !isPunctuated(text, fraction)) return undefined;
  const year = digits(text, 0, 4);
  const month = digits(text, 5, 7);
  const day = digits(text, 8, 10);
  const hour = digits(text, 11, 13);
  const minute = digits(text, 14, 16);
  const second = digits(text, 17, 19);
  const millisecond = fraction ? digits(text, 20, 23) : 0;
  // Every month has 28 days, and Date.UTC takes years below 100 for those of the last century.
  const simple = year >= 100 && month >= 1 && month <= 12 && day >= 1 && day <= 28;
  if (!simple || !(hour <= 23 && minute <= 59 && second <= 59 && millisecond >= 0)) return undefined;
  return Date.UTC(year, month - 1, day, hour, minute, second, millisecond);
}

/** Whether what is not a digit in `2011-05-13T04:42:34.123Z` is where it should be. */
function isPunctuated(text: string, fraction: boolean): boolean {
  return (
    text.charCodeAt(4) === 0x2d &&
    text.charCodeAt(7) === 0x2d &&
    text.charCodeAt(10) === 0x54 &&
    text.charCodeAt(13) === 0x3a &&
    text.charCodeAt(16) === 0x3a &&
    (!fraction || text.charCodeAt(19) === 0x2e) &&
    text.charCodeAt(text.length - 1) === 0x5a
  );
}

/** The number that the digits of `text` from `start` to before `end` say; NaN if one of them is none. */
function digits(text: string, start: number, end: number): number {
  let value = 0;
  for (let at = start; at < end; at++) {
    const digit = text.charCodeAt(at) - 0x30;
    if (!(digit >= 0 && digit <= 9)) return Number.NaN;
    value = value * 10 + digit;
  }
  return value;
}

/** NaN for a time that no day has. */
function secondsOfDay(hour: number, minute: number, second: number, fraction: string): number {
  if (minute > 59 || second > 59 || hour > 24) return Number.NaN;
  if (hour === 24 && (minute > 0 || second > 0 || withoutTrailingZeros(fraction) !== "")) return Number.NaN;
  return hour * 3_600 + minute * 60 + second;
}

/** NaN for a day that no month has. */
function midnightOf(year: number, month: number, day: number): number {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? date.getTime() : Number.NaN;
}

/** In seconds; NaN beyond 14 hours. */
function offsetOf(sign: string | undefined, hour: number, minute: number): number {
  if (minute > 59 || hour > 14 || (hour === 14 && minute > 0)) return Number.NaN;
  const seconds = hour * 3_600 + minute * 60;
  return sign === "-" ? -seconds : seconds;
}

function withoutTrailingZeros(digits: string): string {
  let end = digits.length;
  while (end > 0 && digits.charCodeAt(end - 1) === 0x30) end--;
  return digits.slice(0, end);
}

/** The instant of a stored value, a Date or text; undefined if it is neither. */
export function instantOf(value: unknown): Instant | undefined {
  if (typeof value === "string") return parseDateTime(value);
  if (!(value instanceof Date)) return undefined;
  const milliseconds = value.getTime();
  return Number.isNaN(milliseconds) ? undefined : { milliseconds, finer: "" };
}

/** Negative if `a` is earlier than `b`, 0 if they are the same instant, positive if it is later. */
export function compareInstants(a: Instant, b: Instant): number {
  const difference = a.milliseconds - b.milliseconds;
  if (difference !== 0 || a.finer === b.finer) return difference;
  return a.finer < b.finer ? -1 : 1;
}
