/** The first-sync doctor: all rules over one picture. */
import type { FindingMessage } from "../messages.ts";
import { noRequest, oktaPushGroups, onlyReads, wrongUrl } from "./first-requests.ts";
import { collisions, entraFlag, unstableExternalId } from "./mapping.ts";
import type { Picture, Rule } from "./rule.ts";
import { noToken, roleGone, tokenExpiry } from "./upkeep.ts";

const rules: readonly Rule[] = [
  noToken,
  wrongUrl,
  noRequest,
  onlyReads,
  entraFlag,
  collisions,
  unstableExternalId,
  oktaPushGroups,
  roleGone,
  tokenExpiry,
];

const gravity: Readonly<Record<FindingMessage["severity"], number>> = { error: 0, warning: 1, info: 2 };

/** What should be changed, gravest first. */
export function examine(picture: Picture): readonly FindingMessage[] {
  return rules
    .map((rule) => rule(picture))
    .filter((finding) => finding !== undefined)
    .sort((a, b) => gravity[a.severity] - gravity[b.severity]);
}
