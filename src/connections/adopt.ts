/** Linking as a change: what becomes of a user that is there already, and of a first change to one. */
import { isRecord } from "../filter/present.ts";
import type { Attribute, Resource } from "../schema/attribute.ts";
import type { ResourceType } from "../schema/resource-type.ts";
import type { Applied, Change, Draft } from "../store/change.ts";
import { difference, everyPlace, type NamedPlace, valueAt } from "../store/difference.ts";
import type { Stored } from "../store/stored.ts";

/** What linking never writes: by these people sign in. */
const identity: ReadonlySet<string> = new Set(["userName", "emails", "password"]);

/** What a link changes, told by the last call of `apply`. */
export type TellChanged = (changed: readonly string[]) => void;

/**
 * A POST as a change of the user that is there: what was sent is written, and what was not sent stays.
 *
 * @param isWhole - whether userName, emails and password are written too
 */
export function draftAsChange<R extends Resource, Tx>(
  draft: Draft<R, Tx>,
  type: ResourceType,
  isWhole: boolean,
  tell: TellChanged,
): Change<R, Tx> {
  return {
    members: undefined,
    apply(current) {
      const next = attributesOf(current);
      for (const place of everyPlace(type)) {
        if (!isWhole && isIdentity(place)) continue;
        const merged = merge(valueAt(current, place), valueAt(draft.resource, place), place.attribute);
        if (merged !== undefined) write(next, place, merged);
      }
      return marked<R>(next, difference(current, next, type), tell);
    },
    beforeCommit: (outcome, tx) => draft.beforeCommit(outcome, tx),
  };
}

/**
 * The first PUT or PATCH of what was not managed until now, as a change that leaves userName and emails as they are.
 *
 * @param isWhole - as for {@link draftAsChange}
 */
export function linkingChange<R extends Resource, Tx>(
  change: Change<R, Tx>,
  type: ResourceType,
  isWhole: boolean,
  tell: TellChanged,
): Change<R, Tx> {
  return {
    members: change.members,
    apply(current) {
      const { resource, changed } = change.apply(current);
      if (isWhole) return marked<R>(resource, changed, tell);
      const next: Working = { ...resource };
      for (const place of everyPlace(type)) {
        if (isIdentity(place)) write(next, place, valueAt(current, place));
      }
      return marked<R>(next, difference(current, next, type, placesOf(changed, type)), tell);
    },
    beforeCommit: (outcome, tx) => change.beforeCommit(outcome, tx),
  };
}

type Working = { [name: string]: unknown };

function isIdentity({ extension, attribute }: NamedPlace): boolean {
  return extension === undefined && identity.has(attribute.name);
}

/** Where nothing differs, a name that stays as it is stands for a change: the link belongs into a transaction. */
function marked<R extends Resource>(resource: Resource, changed: readonly string[], tell: TellChanged): Applied<R> {
  tell(changed);
  if (!isOf<R>(resource)) throw new Error("A link did not make a resource.");
  return { resource, changed: changed.length > 0 ? changed : ["userName" in resource ? "userName" : "displayName"] };
}

/** What the schema has let in, or the store has kept, is a resource of its type. */
function isOf<R extends Resource>(value: unknown): value is Omit<R, "id" | "meta" | "schemas"> {
  return isRecord(value);
}

function attributesOf(current: Stored<Resource>): Working {
  const { id: _, meta: __, schemas: ___, ...attributes } = current;
  return attributes;
}

/** The value after a link; undefined if it stays. */
function merge(present: unknown, sent: unknown, { type, multiValued, mutability }: Attribute): unknown {
  if (sent === undefined || mutability === "readOnly") return undefined;
  if (mutability === "immutable" && present !== undefined) return undefined;
  return type === "complex" && !multiValued && isRecord(present) && isRecord(sent) ? { ...present, ...sent } : sent;
}

function write(resource: Working, { extension, attribute }: NamedPlace, value: unknown): void {
  if (extension === undefined) {
    assignOrDelete(resource, attribute.name, value);
    return;
  }
  const holder = resource[extension];
  const copy: Working = isRecord(holder) ? { ...holder } : {};
  assignOrDelete(copy, attribute.name, value);
  assignOrDelete(resource, extension, copy);
}

function assignOrDelete(holder: Working, name: string, value: unknown): void {
  if (value === undefined) delete holder[name];
  else holder[name] = value;
}

/** The places that changed paths speak of: `name.givenName` is about `name`. */
function placesOf(changed: readonly string[], type: ResourceType): readonly NamedPlace[] {
  return everyPlace(type).filter(({ path }) =>
    changed.some((text) => text === path || text.slice(0, text.lastIndexOf(".")) === path),
  );
}
