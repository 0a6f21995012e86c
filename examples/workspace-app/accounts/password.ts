/** Passwords, kept as scrypt hashes: `scrypt$<log2 N>$<salt>$<hash>`, so that the cost can be raised later. */
import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from "node:crypto";

const cost = 15;
const hashLength = 32;

/** Characters of a password. The upper bound keeps one request from hashing a book. */
export const passwordLength = { least: 12, most: 200 } as const;

/** The hash to keep. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const hash = await derive(password, salt, cost);
  return ["scrypt", cost, salt.toString("base64url"), hash.toString("base64url")].join("$");
}

/** A hash that no password has; comparing with it takes as long as with a real one. */
const nobody = `scrypt$${cost}$${randomBytes(16).toString("base64url")}$${randomBytes(hashLength).toString("base64url")}`;

/** Whether the password is the one; of an account without a hash, no password is, and it takes as long to say so. */
export async function isPassword(password: string, kept: string | null): Promise<boolean> {
  const [scheme, given, salt, hash] = (kept ?? nobody).split("$");
  if (scheme !== "scrypt" || given === undefined || salt === undefined || hash === undefined) {
    throw new Error("A password hash in the database is not one of this product's.");
  }
  const expected = Buffer.from(hash, "base64url");
  const actual = await derive(password, Buffer.from(salt, "base64url"), Number(given));
  return timingSafeEqual(actual, expected) && kept !== null;
}

function derive(password: string, salt: Buffer, logOfCost: number): Promise<Buffer> {
  const options: ScryptOptions = { N: 2 ** logOfCost, r: 8, p: 1, maxmem: 2 ** (logOfCost + 11) };
  return new Promise((resolve, reject) => {
    scrypt(password.normalize("NFKC"), salt, hashLength, options, (error, hash) => {
      if (error === null) resolve(hash);
      else reject(error);
    });
  });
}
