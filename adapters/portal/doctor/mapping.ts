/** Rules about what is sent: in Entra's own form, with an id that changes, or for people who are there already. */
import type { LogEntry, Trait } from "scimkit/connections";
import { minutesBetween, type Rule } from "./rule.ts";

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

/** Within a day, people were refused because somebody like them is there already. */
export const collisions: Rule = ({ now, log }) => {
  const refused = log.filter(
    (entry) => entry.resourceType === "User" && entry.status === 409 && entry.scimType === "uniqueness",
  );
  const count = refused.filter(({ at }) => minutesBetween(at, now) < 24 * 60).length;
  if (count === 0) return undefined;
  return { title: "collisionsTitle", text: "collisionsText", severity: "warning", values: { count } };
};
