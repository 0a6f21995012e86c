/** Dialect: one way in which clients depart from RFC 7644, and what turns it back. */
import type { Fields, SentMessage, SentOperation } from "../patch/operations.ts";
import type { Attribute } from "../schema/attribute.ts";
import type { Relaxation, Relaxations } from "../schema/relaxation.ts";
import type { ResourceType } from "../schema/resource-type.ts";

/** Where a request is addressed, and what else is in force. */
export interface DialectContext {
  readonly type: ResourceType;
  readonly relaxed: Relaxations;
}

/** Something seen on the wire, and what the rest of the library is to see instead. */
export interface DialectExample {
  /** `operations` and `message` are of a PATCH; `body` of a POST or PUT; `filter` and `attributes` query parameters. */
  readonly of: "operations" | "message" | "body" | "filter" | "attributes";
  /** The name of the resource type it was sent to. */
  readonly resource: "User" | "Group";
  readonly sent: unknown;
  /** What RFC 7644 would have had the client send; a sentence where no request says it. */
  readonly read: unknown;
}

/**
 * One quirk, not one vendor: vendors share them, and mix them in one request.
 *
 * Each of the functions is called at one point, in the order of the list of dialects, and returns what it was given
 * when the quirk is not there. None of them sees the state of a resource.
 */
export interface Dialect {
  /** Unique; in kebab case. */
  readonly name: string;
  /** The rows of the catalogue of behaviours that it covers: `D2`, `Q38`. */
  readonly rows: readonly string[];
  /** Which clients were seen doing it. */
  readonly seenFrom: string;
  /** One sentence: what is accepted, and as what. */
  readonly summary: string;
  readonly example: DialectExample;
  /** Rules of the RFC that give way in filters, names, PATCH or PUT. */
  readonly relaxes?: readonly Relaxation[];
  /** Rewrites a PATCH message, before its operations are read. */
  message?(message: SentMessage): SentMessage;
  /** Rewrites one PATCH operation, into any number of others. */
  operation?(operation: SentOperation, context: DialectContext): SentOperation | readonly SentOperation[];
  /**
   * The attribute path that a key stands for which is neither an attribute nor an extension; undefined if it is none.
   * Asked in the value of a PATCH operation without a path, and in bodies of POST and PUT.
   */
  key?(key: string, context: DialectContext): string | undefined;
  /** Rewrites the body of a POST or PUT, after its keys. */
  body?(body: Fields, context: DialectContext): Fields;
  /**
   * The rewrite of values given for an attribute or sub-attribute: whole ones, and each element of a multi-valued one.
   * Undefined if the quirk cannot occur there; asked once per attribute.
   */
  value?(attribute: Attribute): ((value: unknown) => unknown) | undefined;
}
