/** Times and numbers, in the reader's language. */
import { page, say } from "./page.ts";

/** The language of the page, in the reader's own variety of it where the browser knows one: en-GB's dates for en. */
const locale = navigator.languages.find((language) => language.split("-")[0] === page.locale) ?? page.locale;

const relative = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
const full = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "medium" });
const day = new Intl.DateTimeFormat(locale, { dateStyle: "medium" });
const clock = new Intl.DateTimeFormat(locale, { timeStyle: "medium" });
const number = new Intl.NumberFormat(locale);

const units: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ["second", 60],
  ["minute", 60],
  ["hour", 24],
  ["day", 30],
  ["month", 12],
  ["year", Number.POSITIVE_INFINITY],
];

/** How long ago, or how far ahead: "12 seconds ago", "in 3 days". */
export function ago(at: string, now: number): string {
  let amount = (Date.parse(at) - now) / 1000;
  for (const [unit, size] of units) {
    if (Math.abs(amount) < size) return relative.format(Math.round(amount), unit);
    amount /= size;
  }
  return at;
}

/** Date and time. */
export function dateTime(at: string): string {
  return full.format(new Date(at));
}

/** The date alone; "never" where there is none. */
export function date(at: string | undefined): string {
  return at === undefined ? say("never") : day.format(new Date(at));
}

/** The time of day, and the date as well when it was another day. */
export function time(at: string, now: number): string {
  const when = new Date(at);
  return when.toDateString() === new Date(now).toDateString() ? clock.format(when) : full.format(when);
}

/** A whole number, with separators. */
export function count(value: number): string {
  return number.format(value);
}

/** Milliseconds: "12 ms", "3.4 s". */
export function duration(milliseconds: number): string {
  return milliseconds < 1000
    ? `${Math.round(milliseconds)} ms`
    : `${number.format(Math.round(milliseconds / 100) / 10)} s`;
}
