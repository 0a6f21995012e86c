/** Rules about what is sent: in Entra's own form, with an id that changes, or for people who are there already. */
import type { LogEntry, Trait } from "scimkit/connections";
import { minutesBetween, type Rule, writes } from "./rule.ts";

/** Changes in Entra's old form were refused, and the newest change is still in it. */
export const entraFlag: Rule = ({ log, health, scimUrl }) => {
  if (health.identityProvider !== "entra") return undefined;
  const patches = log.filter(({ operation }) => operation === "patch" || operation === "bulk");
  const old = (entry: LogEntry | undefined): boolean => entry?.traits.includes("oldPatch") === true;
  if (!old(patches[0]) || !patches.some((entry) => old(entry) && entry.status === 400)) return undefined;
  return {
    title: "entraFlagTitle",
    text: "entraFlagText",
    severity: "error",
    values: { url: `${scimUrl}?aadOptscim062020` },
  };
};

const unstable: ReadonlySet<Trait> = new Set<Trait>(["externalIdIsUserName", "externalIdIsEmail"]);

/** Of the newest people, most have an externalId that follows something that changes. */
export const unstableExternalId: Rule = ({ log }) => {
  const newest = log
    .filter(({ operation, resourceType }) => operation === "create" && resourceType === "User")
    .slice(0, 5);
  const suspect = newest.filter(({ traits }) => traits.some((trait) => unstable.has(trait)));
  if (suspect.length * 2 <= newest.length) return undefined;
  return { title: "unstableIdTitle", text: "unstableIdText", severity: "warning", values: {} };
};

/**
 * Within a day, people were refused because somebody like them is there already; or were found to be there, and no write
 * has succeeded since.
 */
export const collisions: Rule = ({ now, log }) => {
  const recent = log.filter(({ at, resourceType }) => resourceType === "User" && minutesBetween(at, now) < 24 * 60);
  const refused = recent.filter(({ status, scimType }) => status === 409 && scimType === "uniqueness").length;
  const written = recent.findIndex((entry) => writes(entry) && entry.outcome === "ok");
  const since = written < 0 ? recent : recent.slice(0, written);
  const found = since.filter(({ traits }) => traits.includes("foundUnmanaged")).length;
  if (refused + found === 0) return undefined;
  return {
    title: "collisionsTitle",
    text: refused > 0 ? "collisionsText" : "collidingText",
    severity: "warning",
    values: { count: refused || found },
  };
};
