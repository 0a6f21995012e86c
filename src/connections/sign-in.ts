/** The sign-in helper: how somebody with this email gets in, and who an SSO subject is. */
import type { MaybePromise } from "../protocol/bearer.ts";

/** An account of the product, as the host knows it. */
export interface SignInAccount {
  readonly organisation: string;
  readonly workspace: string;
  /** Its id in the user store. */
  readonly user: string;
  /** False: it was deactivated. */
  readonly active: boolean;
  readonly hasPassword: boolean;
}

/** What the sign-in helper asks the host. */
export interface SignInOptions {
  /** The account that signs in with this email, as it was typed; undefined if there is none. */
  account(email: string): MaybePromise<SignInAccount | undefined>;
  /** Where the organisation's people sign in, if it makes all of them use SSO; else undefined. */
  sso?(organisation: string): MaybePromise<string | undefined>;
  /**
   * The organisation that an email without an account belongs to (by its verified domains, say), so that its people are
   * sent to SSO before they have an account. Default: none.
   */
  organisationOf?(email: string): MaybePromise<string | undefined>;
}

/**
 * What a sign-in page does next. For an email that nobody has it is `{ password: true }`, as for most who have one, so
 * that the page does not tell who is a customer.
 */
export type SignInRoute =
  /** The organisation makes everybody use SSO: redirect there. */
  | { readonly sso: string }
  /** Provisioned, and without a password yet: mail a link to set one. */
  | { readonly passwordReset: true }
  /** Ask for the password. */
  | { readonly password: true }
  /** Deactivated: why, for people to read. */
  | { readonly refused: string };

/** Who SSO says has signed in, in the name of which organisation. */
export type SsoSubject = {
  /** The organisation whose identity provider signed the assertion. */
  readonly organisation: string;
} & (
  | {
      /** As SCIM's `externalId`: Entra's `oid`, say. Compared exactly. */
      readonly externalId: string;
    }
  | {
      /** As SCIM's `userName`. Compared as the user store does: whatever its case. */
      readonly userName: string;
    }
);

/** An active user whom a connection of the organisation manages. */
export interface SignedInUser {
  readonly connection: string;
  readonly workspace: string;
  /** Its id in the user store. */
  readonly user: string;
}

/** Whom an SSO subject may enter as. */
export type SsoMatch =
  /** One for each workspace in which the subject is active; never none. */
  | { readonly users: readonly SignedInUser[] }
  /** `unknown`: no connection has provisioned the subject. `deactivated`: everywhere it was. */
  | { readonly refused: "unknown" | "deactivated" };
