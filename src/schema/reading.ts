/** Reading: how forgiving the reading of a body is. */
import type { Attribute } from "./attribute.ts";
import type { Relaxations } from "./relaxation.ts";

/** How bodies and values are read. */
export interface Reading {
  /** The relaxations in force. */
  readonly relaxed: Relaxations;
  /** Whether an attribute that the schema does not have is passed over, or answered with 400 `invalidSyntax`. */
  readonly unknownAttributes: "ignore" | "reject";
  /**
   * The dialects' rewrite of a value, before its type is checked: called with every attribute's whole value, then with
   * each element of a multi-valued one, then with each sub-attribute's value. Never with null; what it answers with
   * null or undefined is unassigned.
   */
  readonly coerce?: ((value: unknown, attribute: Attribute) => unknown) | undefined;
}

/** RFC 7643 and nothing else. */
export const strictReading: Reading = { relaxed: new Set(), unknownAttributes: "reject" };
