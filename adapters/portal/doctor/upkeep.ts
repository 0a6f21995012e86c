/** Rules about what has to be looked after here: tokens that end, a role that is gone. */
import type { Token } from "scimkit/connections";
import type { Rule } from "./rule.ts";

const soon = 14 * 24 * 60 * 60 * 1000;

/** No token lets anybody in. */
export const noToken: Rule = ({ validTokens }) =>
  validTokens.length > 0
    ? undefined
    : { title: "tokenNoneTitle", text: "tokenNoneText", severity: "error", values: {} };

/** The token that was used last, or else was made last, ends within two weeks. */
export const tokenExpiry: Rule = ({ now, validTokens }) => {
  const [inUse] = validTokens.toSorted((a, b) => usedAt(b) - usedAt(a) || b.created.getTime() - a.created.getTime());
  const expires = inUse?.expires;
  if (inUse === undefined || expires === undefined || expires.getTime() - now.getTime() > soon) return undefined;
  return {
    title: "tokenExpiryTitle",
    text: "tokenExpiryText",
    severity: "warning",
    values: { token: inUse.label === "" ? inUse.prefix : inUse.label, time: expires.toISOString() },
  };
};

const usedAt = ({ lastUsed }: Token): number => lastUsed?.getTime() ?? 0;

/** The default role is not among the host's roles any more. */
export const roleGone: Rule = ({ connection, roles }) =>
  roles.some(({ id }) => id === connection.defaultRole)
    ? undefined
    : { title: "roleGoneTitle", text: "roleGoneText", severity: "warning", values: {} };
