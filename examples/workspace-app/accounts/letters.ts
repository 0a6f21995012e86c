/** The letters about accounts: an invitation, and a link to set a password. */
import type { Product } from "../product.ts";
import type { Account } from "./accounts.ts";
import { newReset, resetHours } from "./password-resets.ts";

/** Tells somebody new that they are in, and how they get in. */
export async function invite(product: Product, account: Account): Promise<void> {
  const { db, post, origin } = product;
  const secret = account.ssoRequired ? undefined : await newReset(db, account.userId);
  const how =
    secret === undefined
      ? `Sign in with your company's account: ${origin()}/sign-in`
      : `Set a password, within ${resetHours} hours: ${origin()}/reset/${secret}`;
  post({
    to: account.email,
    subject: `Welcome to ${account.workspaceName}`,
    text: `Hello ${account.name}, you are now a member of ${account.workspaceName}.\n${how}`,
  });
}

/** Sends a link to set a password, unless one has just been sent. */
export async function sendReset({ db, post, origin }: Product, account: Account): Promise<void> {
  const secret = await newReset(db, account.userId);
  if (secret === undefined) return;
  post({
    to: account.email,
    subject: "Set your password",
    text: `Hello ${account.name}, set a password within ${resetHours} hours: ${origin()}/reset/${secret}`,
  });
}
