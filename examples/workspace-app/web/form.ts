/** What a form or a URL sent: text of a bounded length, or nothing. */
import express, { type Request } from "express";

/** Reads the bodies of the product's forms, which are small. */
export const readForm = express.urlencoded({ extended: false, limit: "8kb", parameterLimit: 20 });

/** A field's text without the spaces around it; empty if it is absent, repeated, too long, or no text. */
export function field(request: Request, name: string, longest = 320): string {
  const text = secretField(request, name, longest);
  return isText(text) ? text.trim() : "";
}

/** A field as it was typed: a password may begin with a space. Empty if it is absent, repeated or too long. */
export function secretField(request: Request, name: string, longest: number): string {
  const body: unknown = request.body;
  if (typeof body !== "object" || body === null) return "";
  const value: unknown = Object.getOwnPropertyDescriptor(body, name)?.value;
  return typeof value === "string" && value.length <= longest ? value : "";
}

/** Whether PostgreSQL can hold it, and a line of a page or letter can. */
function isText(value: string): boolean {
  return !/[\p{Control}\p{Surrogate}]/u.test(value);
}

/** An id of one of the product's tables in a URL; undefined if the text cannot be one. */
export function idIn(text: unknown): string | undefined {
  return typeof text === "string" && /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text) ? text : undefined;
}

/** The number of a page, `?people=3`; 1 for whatever is no such number. */
export function pageIn(text: unknown): number {
  return typeof text === "string" && /^[1-9]\d{0,5}$/.test(text) ? Number(text) : 1;
}
