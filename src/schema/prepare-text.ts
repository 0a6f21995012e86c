/** Preparing user names and passwords before they are kept or compared. RFC 7644 §5, RFC 7613 §3, §4. */

/** Printable ASCII is what it is already, and is nearly all there is. */
const ascii = /^[ -~]*$/;

/** Full-width and half-width forms, and the ideographic space, which is the full-width one. */
const widths = /[\u3000\uff01-\uffee]/g;

/** Half-width Hangul letters: first, last, and what the first one is a form of. NFKC would go further than the width. */
const hangul = [
  [0xffa1, 0xffbe, 0x3131],
  [0xffc2, 0xffc7, 0x314f],
  [0xffca, 0xffcf, 0x3155],
  [0xffd2, 0xffd7, 0x315b],
  [0xffda, 0xffdc, 0x3161],
] as const;

/**
 * A user name as RFC 7613 §3.3 prepares it (UsernameCasePreserved, whose case is for the comparison to fold): full-width
 * and half-width forms become the usual ones, and the whole is in NFC. `Ａｎｎ` becomes `Ann`, so that there is no second
 * account that looks like hers. What no identifier should contain (spaces, symbols) is not refused.
 */
export function prepareUserName(text: string): string {
  return ascii.test(text) ? text : text.replace(widths, ofUsualWidth).normalize("NFC");
}

/**
 * A password as RFC 7613 §4.2 prepares it (OpaqueString): every space is an ASCII one, and the whole is in NFC. The user
 * store is given passwords so prepared: prepare what a person types at sign-in in the same way, and it is the same text
 * whatever keyboard it comes from.
 */
export function preparePassword(text: string): string {
  return ascii.test(text) ? text : text.replace(/\p{Zs}/gu, " ").normalize("NFC");
}

function ofUsualWidth(character: string): string {
  const code = character.charCodeAt(0);
  for (const [first, last, usual] of hangul) {
    if (code >= first && code <= last) return String.fromCharCode(usual + code - first);
  }
  return code === 0xffe3 ? "\u00af" : character.normalize("NFKC");
}
