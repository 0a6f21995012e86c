/** What a change of a group's members will really do. RFC 7644 §3.5.2, RFC 7643 §4.2. */
import { ScimError } from "../error.ts";
import { isRecord } from "../filter/present.ts";
import type { Resource } from "../schema/attribute.ts";
import type { Group } from "../schema/group.ts";
import type { Member, MembersDelta, MembersOutcome } from "./change.ts";
import { same } from "./difference.ts";
import type { ChurnMap } from "./memory-churn-map.ts";
import { frozenCopy } from "./memory-frozen.ts";

/** A member as a group shows it: `value`, `type` and what a host's own schema adds; frozen. */
export type MemberElement = NonNullable<Group["members"]>[number];

/** A change of one group's members, checked and not yet made. */
export interface PlannedMembers extends MembersOutcome {
  /** What is to be written: new members, and present ones of whom something else is said than before. */
  readonly put: ReadonlyMap<string, MemberElement>;
}

/** The members a group has, by id; undefined for none. */
type Present = ChurnMap<string, MemberElement> | undefined;

/** `User` or `Group`, for an id that the tenant has. */
export type TypeOfId = (id: string) => string | undefined;

/**
 * Plans a delta. Costs what the delta names; the whole group is walked for a `reset` only.
 *
 * @throws ScimError 400 `invalidValue`, naming up to ten of the ids that the tenant does not have
 */
export function planDelta(present: Present, delta: MembersDelta, typeOf: TypeOfId): PlannedMembers {
  const put = new Map<string, MemberElement>();
  const unknown = new Set<string>();
  for (const { value } of delta.add) {
    if (present?.has(value) === true) continue;
    const type = typeOf(value);
    if (type === undefined) unknown.add(value);
    else put.set(value, Object.freeze({ value, type }));
  }
  refuseUnknown(unknown);
  return { put, added: [...put.keys()], removed: leaving(present, delta) };
}

/**
 * Plans a list of members that takes the place of the present ones.
 *
 * @throws ScimError 400 `invalidValue`, as {@link planDelta}, and for an element without a `value`
 */
export function planList(present: Present, elements: readonly unknown[], typeOf: TypeOfId): PlannedMembers {
  const wanted = elements.map(readElement);
  const { put, added, removed } = planDelta(present, { reset: true, add: wanted, remove: [] }, typeOf);
  const changed = new Map(put);
  for (const { value, ownWords } of wanted) {
    const type = present?.get(value)?.type ?? put.get(value)?.type;
    const element = ownWords === undefined ? { value, type } : { value, type, ...ownWords };
    if (!same(present?.get(value), element)) changed.set(value, frozenCopy(element));
  }
  return { put: changed, added, removed };
}

/** What an element says. `display` and `$ref` follow from the member itself, and are not kept. */
function readElement(element: unknown): Member & { readonly ownWords: Resource | undefined } {
  if (isRecord(element)) {
    const { value, type, display, $ref, ...ownWords } = element;
    if (typeof value === "string")
      return { value, ownWords: Object.keys(ownWords).length === 0 ? undefined : ownWords };
  }
  throw ScimError.invalidValue('Each of "members" must have a "value": the id of a user or a group.');
}

/** The members after a planned change, in a new array; undefined for none. */
export function membersAfter(present: Present, { put, added, removed }: PlannedMembers): MemberElement[] | undefined {
  const elements: MemberElement[] = [];
  const gone = new Set(removed);
  present?.forEach((element, id) => {
    if (!gone.has(id)) elements.push(put.get(id) ?? element);
  });
  for (const id of added) elements.push(put.get(id) ?? { value: id });
  return elements.length === 0 ? undefined : elements;
}

/** Whether a plan changes anything. */
export function changesMembers(plan: PlannedMembers | undefined): boolean {
  return plan !== undefined && plan.put.size + plan.removed.length > 0;
}

function leaving(present: Present, { reset, add, remove }: MembersDelta): readonly string[] {
  if (present === undefined) return [];
  if (!reset) return [...new Set(remove)].filter((id) => present.has(id));
  const staying = new Set(add.map(({ value }) => value));
  const removed: string[] = [];
  present.forEach((_, id) => {
    if (!staying.has(id)) removed.push(id);
  });
  return removed;
}

const named = 10;
/** The length of a UUID, and a little. */
const shown = 40;

function refuseUnknown(unknown: ReadonlySet<string>): void {
  if (unknown.size === 0) return;
  const ids = [...unknown]
    .slice(0, named)
    .map((id) => JSON.stringify(id.length > shown ? `${id.slice(0, shown)}…` : id));
  const more = unknown.size > named ? ` and ${unknown.size - named} more` : "";
  throw ScimError.invalidValue(
    `"members" names what does not exist here: ${ids.join(", ")}${more}. Send the "id" of a user or a group, ` +
      "provisioned before. Nothing was changed.",
  );
}
