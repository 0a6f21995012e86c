/** How deep JSON text is nested, looked at before it is parsed. RFC 8259. */
import { ScimError } from "../error.ts";

/** 400 for a body of more levels than are accepted. */
export const tooDeep = (nesting: number): ScimError =>
  ScimError.invalidSyntax(`The request body is nested more than ${nesting} levels deep.`);

/**
 * Looks at brackets outside strings only; a text with too few of them to be nested too deep is not looked at.
 *
 * @throws ScimError 400 `invalidSyntax` over `nesting` levels
 */
export function checkTextDepth(text: string, nesting: number): void {
  if (!hasMoreBrackets(text, nesting)) return;
  let depth = 0;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === 0x22) index = endOfString(text, index + 1);
    else if (code === 0x7b || code === 0x5b) {
      if (++depth > nesting) throw tooDeep(nesting);
    } else if (code === 0x7d || code === 0x5d) depth--;
  }
}

/** Where the closing quote of a string is, or the end of a text that lacks it. */
export function endOfString(text: string, start: number): number {
  let index = start;
  for (; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === 0x22) break;
    if (code === 0x5c) index++;
  }
  return index;
}

/** Whether there are more opening brackets than `most`, in strings too; a search is quicker than a loop. */
function hasMoreBrackets(text: string, most: number): boolean {
  if (text.length < 2 * most) return false;
  let found = 0;
  for (const bracket of ["{", "["]) {
    for (let at = text.indexOf(bracket); at >= 0; at = text.indexOf(bracket, at + 1)) if (++found > most) return true;
  }
  return false;
}

/**
 * The same for JSON that somebody else has parsed.
 *
 * @throws ScimError 400 `invalidSyntax` over `nesting` levels
 */
export function checkDepth(value: unknown, nesting: number): void {
  if (isDeeper(value, nesting)) throw tooDeep(nesting);
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  return levels === 0 || Object.values(value).some((child) => isDeeper(child, levels - 1));
}
