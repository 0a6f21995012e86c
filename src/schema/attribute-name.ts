/** The grammar of attribute names. RFC 7643 §2.1. */

/** `ATTRNAME = ALPHA *(nameChar)`; `$ref`, which RFC 7643 §2.4 defines itself, is the one exception. */
const grammar = /^(?:[A-Za-z][A-Za-z0-9$_-]*|\$ref)$/;
const unsafe: ReadonlySet<string> = new Set(["constructor", "prototype"]);

/**
 * Checks a name that a schema gives an attribute.
 *
 * @param where - schema and attribute, for the error
 * @throws Error for a name outside the grammar, and for names that JavaScript objects have a meaning for
 */
export function attributeName(name: string, where: string): string {
  if (!grammar.test(name)) {
    throw new Error(`${where}: an attribute name is a letter, then letters, digits, "$", "-" or "_" (RFC 7643 §2.1).`);
  }
  if (unsafe.has(name.toLowerCase())) throw new Error(`${where}: this name means something to JavaScript objects.`);
  return name;
}
