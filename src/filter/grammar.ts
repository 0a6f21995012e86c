/** Grammar: how loosely filters and PATCH paths are read, and how large they may be. RFC 7644 §3.4.2.2, §3.5.2. */
import type { Relaxations } from "../schema/relaxation.ts";

/** What a filter or a PATCH path may look like. Whatever goes over a bound is refused before any work is done on it. */
export interface Grammar {
  /** Where the grammar gives way to what IdPs send; empty in strict mode. */
  readonly relaxed: Relaxations;
  /** The longest text, in UTF-16 code units; 1 or more. */
  readonly maxLength: number;
  /** How many `(` and `[` may be open at the same time; 1 or more, and no more than a few hundred. */
  readonly maxDepth: number;
  /** How many attribute expressions (`title pr`, `userName eq "x"`, `emails[`) one filter may have; 1 or more. */
  readonly maxTerms: number;
}

/**
 * The grammar of the RFC, with the default bounds: 100,000 code units, 250 open brackets, 1,000 terms. IdPs look up
 * hundreds of people with one chain of `or` (Q26); a thousand terms with a GUID each are some 60,000 code units.
 */
export const defaultGrammar: Grammar = { relaxed: new Set(), maxLength: 100_000, maxDepth: 250, maxTerms: 1_000 };
