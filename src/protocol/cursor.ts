/** Cursors: a store's position, sealed so that only the server that made it can read it. RFC 9865 §2, §5. */
import { ScimError } from "../error.ts";

/** Seals and opens cursors. */
export interface CursorSeal {
  /** A URL-safe text for a position; good for `scope` and this `count` only. */
  seal(position: string, count: number, scope: string): Promise<string>;
  /**
   * The position in a cursor.
   *
   * @throws ScimError 400 `invalidCursor` for a text that is not a cursor of this server, query and tenant; 400
   *   `expiredCursor` after its time; 400 `invalidCount` for another page size than it was made with
   */
  open(cursor: string, count: number, scope: string): Promise<string>;
}

/** Web Crypto's key, under whichever global types are in force. */
type Key = Awaited<ReturnType<typeof crypto.subtle.importKey>>;

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const ivLength = 12;

/**
 * A seal of AES-GCM: cursors are opaque and tamper-evident, and the scope (query and tenant) is authenticated with them.
 *
 * @param secret - any text; servers that share it read each other's cursors. Undefined: one made for this process
 * @param timeout - seconds for which a cursor is good
 */
export function cursorSeal(secret: string | undefined, timeout: number): CursorSeal {
  let key: Promise<Key> | undefined;
  const getKey = (): Promise<Key> => {
    key ??= importKey(secret);
    return key;
  };
  return {
    async seal(position, count, scope) {
      const iv = crypto.getRandomValues(new Uint8Array(ivLength));
      const text = encoder.encode(JSON.stringify([Date.now(), count, position]));
      const sealed = await crypto.subtle.encrypt(parameters(iv, scope), await getKey(), text);
      return toBase64Url(iv, new Uint8Array(sealed));
    },
    async open(cursor, count, scope) {
      const [made, size, position] = await decrypt(cursor, scope, await getKey());
      if (Date.now() - made > timeout * 1000) {
        throw ScimError.expiredCursor(`The cursor is older than ${timeout} seconds; begin again with an empty cursor.`);
      }
      if (size !== count) {
        throw ScimError.invalidCount(`"count" must stay the same from page to page; this query began with ${size}.`);
      }
      return position;
    },
  };
}

function importKey(secret: string | undefined): Promise<Key> {
  const material =
    secret === undefined
      ? Promise.resolve(crypto.getRandomValues(new Uint8Array(32)).buffer)
      : crypto.subtle.digest("SHA-256", encoder.encode(secret));
  return material.then((bytes) => crypto.subtle.importKey("raw", bytes, "AES-GCM", false, ["encrypt", "decrypt"]));
}

function parameters(iv: Uint8Array<ArrayBuffer>, scope: string) {
  return { name: "AES-GCM", iv, additionalData: encoder.encode(scope) };
}

async function decrypt(cursor: string, scope: string, key: Key): Promise<readonly [number, number, string]> {
  try {
    const bytes = fromBase64Url(cursor);
    const iv = bytes.slice(0, ivLength);
    const text = await crypto.subtle.decrypt(parameters(iv, scope), key, bytes.slice(ivLength));
    const content: unknown = JSON.parse(decoder.decode(text));
    if (Array.isArray(content)) {
      const [made, count, position]: readonly unknown[] = content;
      if (typeof made === "number" && typeof count === "number" && typeof position === "string") {
        return [made, count, position];
      }
    }
  } catch {
    // Whatever is wrong with it, it is not ours: the reason would help nobody but a forger.
  }
  throw ScimError.invalidCursor(
    "The cursor is not valid for this query. Use nextCursor or previousCursor with all other parameters unchanged.",
  );
}

function toBase64Url(...parts: readonly Uint8Array[]): string {
  let binary = "";
  for (const part of parts) for (const byte of part) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}
