/** Signing in with an address and a password. */
import type { Kysely } from "kysely";
import type { Database } from "../database/tables.ts";
import { type Account, accountsOf } from "./accounts.ts";
import { isPassword } from "./password.ts";
import type { Throttle } from "./throttle.ts";

/**
 * The account that an address and a password are of: an active one, in an organisation where a password will do.
 *
 * @returns undefined for a wrong password and for an unknown address alike, after the same time
 */
export async function accountByPassword(
  db: Kysely<Database>,
  email: string,
  password: string,
  attempts: Throttle,
): Promise<Account | undefined> {
  const key = email.toLowerCase();
  const accounts = (await accountsOf(db, email)).filter(
    (account) => !account.isDeactivated && !account.ssoRequired && account.passwordHash !== null,
  );
  let found: Account | undefined;
  for (const account of accounts) {
    if (found === undefined && (await isPassword(password, account.passwordHash))) found = account;
  }
  if (accounts.length === 0) await isPassword(password, null);
  if (found === undefined) attempts.failed(key);
  else attempts.succeeded(key);
  return found;
}
