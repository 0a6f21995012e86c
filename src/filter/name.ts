/** Attribute names as text: the ABNF of paths, and how an error message shows them. RFC 7644 §3.4.2.2, RFC 7643 §2.1. */

/**
 * ATTRNAME and its sub-attribute. RFC 7643 allows `$` inside names, and names `$ref` itself, so `$` may come first too.
 */
const attributeName = /^[A-Za-z$][\w$-]*(?:\.[A-Za-z$][\w$-]*)?$/;

/** A URI of RFC 3986 without the brackets and parentheses, which are the filter's own. */
const uri = /^[A-Za-z][A-Za-z\d+.-]*:[\w\-.~!$&'*+,;=:@/?%]+$/;

/** Whether `text` is `[URI ":"] ATTRNAME *1subAttr`. */
export function isAttributePath(text: string): boolean {
  const colon = text.lastIndexOf(":");
  if (colon < 0) return attributeName.test(text);
  return attributeName.test(text.slice(colon + 1)) && uri.test(text.slice(0, colon));
}

/** Whether `text` is a name by itself: neither a path nor a URN. */
export function isAttributeName(text: string): boolean {
  return attributeName.test(text) && !text.includes(".");
}

/** A name from the request in quotes, shortened to 80 code units, for an error message. */
export function quoted(name: string): string {
  return name.length > 80 ? `"${name.slice(0, 77)}..."` : `"${name}"`;
}
