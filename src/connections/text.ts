/** Values that come from people, checked; and text for the log, made fit to keep. */
import { isRecord } from "../filter/present.ts";
import { ConnectionError } from "./connection-error.ts";

/** The most characters of an id that a person chooses. */
const maxId = 200;
/** The most characters of a label. */
const maxLabel = 100;
/** The most characters of a text in the log. */
const maxLogged = 500;

/** Control characters, and halves of surrogate pairs: neither can be shown, nor kept everywhere. */
const unfit = /[\p{Cc}\p{Surrogate}]/gu;

/**
 * What a call is given beside ids.
 *
 * @throws ConnectionError `invalidValue` for anything but an object
 */
export function checkSettings<Settings extends object>(value: Settings): Settings {
  if (isRecord(value)) return value;
  throw new ConnectionError("invalidValue", "Send what is to be set, as an object.");
}

/**
 * An id that a person has chosen.
 *
 * @throws ConnectionError `invalidValue`
 */
export function checkId(name: string, value: unknown): string {
  if (typeof value === "string" && value !== "" && value.length <= maxId && value.search(unfit) < 0) return value;
  throw new ConnectionError("invalidValue", `Choose a value for "${name}" from those that are offered.`);
}

/**
 * What a person calls a token, without the spaces around it.
 *
 * @throws ConnectionError `invalidValue`
 */
export function checkLabel(value: unknown): string {
  const label = typeof value === "string" ? value.trim() : undefined;
  if (label !== undefined && label.length <= maxLabel && label.search(unfit) < 0) return label;
  throw new ConnectionError("invalidValue", `"label" must be a text of up to ${maxLabel} characters, on one line.`);
}

/** A text for the log: short, on one line, and of whole characters. */
export function loggable(text: string): string {
  const short = text.length > maxLogged ? `${text.slice(0, maxLogged - 1)}…` : text;
  return short.replace(unfit, "\ufffd");
}
