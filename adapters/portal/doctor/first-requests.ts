/** Rules about the beginning: nothing comes, or only reads, or at the wrong address. */
import { minutesBetween, type Rule, writes } from "./rule.ts";

/** Entra ID's cycle is the longest that is documented: a request every 40 minutes. */
const cycleMinutes = 40;

/** Nobody has called within the time of a cycle. */
export const noRequest: Rule = ({ now, connection, validTokens, health, scimUrl }) => {
  if (health.lastRequest !== undefined || connection.state === "paused") return undefined;
  const made = validTokens.at(-1)?.created;
  if (made === undefined || minutesBetween(made, now) < cycleMinutes) return undefined;
  return {
    title: "noRequestTitle",
    text: "noRequestText",
    severity: "warning",
    values: { time: made.toISOString(), url: scimUrl },
  };
};

/** The test of the connection succeeded, and a whole cycle later nobody was sent. */
export const onlyReads: Rule = ({ now, health, log }) => {
  const { connected, users, groups } = health;
  if (connected === undefined || users + groups > 0 || minutesBetween(connected, now) < cycleMinutes) return undefined;
  if (log.some(writes)) return undefined;
  return { title: "onlyReadsTitle", text: "onlyReadsText", severity: "warning", values: {} };
};

/** The newest request that got past the token asked for an address that leads nowhere. */
export const wrongUrl: Rule = ({ log, scimUrl }) => {
  const newest = log.find(({ operation, path }) => operation !== undefined || path !== undefined);
  if (newest?.path === undefined || newest.operation !== undefined) return undefined;
  return {
    title: "wrongUrlTitle",
    text: "wrongUrlText",
    severity: "error",
    values: { path: newest.path, url: scimUrl },
  };
};

/** People come from Okta, which sends groups only if it is told which. */
export const oktaPushGroups: Rule = ({ now, health, log }) => {
  const { connected, identityProvider, users, groups } = health;
  if (identityProvider !== "okta" || users === 0 || groups > 0) return undefined;
  if (connected === undefined || minutesBetween(connected, now) < 15) return undefined;
  if (log.some((entry) => entry.resourceType === "Group" && writes(entry))) return undefined;
  return { title: "pushGroupsTitle", text: "pushGroupsText", severity: "info", values: {} };
};
