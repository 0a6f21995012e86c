/** Layout: where each attribute of a resource type lives in the host's table. */
import type { Attribute, AttributePath, ResourceType } from "scimkit";
import type { Mapping, Rule } from "./mapping.ts";
import { type MappingPath, readMappingPath, type Selector } from "./mapping-path.ts";

/** One attribute, or part of one, in a column. */
export interface MappedColumn {
  /** The path as the host wrote it. */
  readonly path: string;
  /** The attribute at the path's end. */
  readonly attribute: Attribute;
  readonly rule: Rule;
}

/** One element of a multi-valued attribute whose sub-attributes are in columns. */
export interface MappedElement {
  /** What the element is called where `rest` keeps its other sub-attributes: `emails[type eq "work"]`. */
  readonly name: string;
  /** Undefined: the primary element, else the first. */
  readonly selector: Selector | undefined;
  /** Columns by sub-attribute. */
  readonly parts: ReadonlyMap<string, MappedColumn>;
}

/** One top-level attribute. */
export interface Place {
  readonly extension: string | undefined;
  readonly attribute: Attribute;
  /** As a Selection names it: `emails`, `urn:…:User:manager`. */
  readonly name: string;
  /** The column of the whole value. */
  readonly whole: MappedColumn | undefined;
  /** Of a single-valued complex attribute: columns by sub-attribute. */
  readonly parts: ReadonlyMap<string, MappedColumn>;
  /** Of a multi-valued attribute: the elements that have columns. */
  readonly elements: readonly MappedElement[];
  /** Whether `rest` keeps what has no column. */
  readonly inRest: boolean;
}

/** A mapping, resolved against its resource type. */
export interface Layout {
  readonly places: readonly Place[];
  readonly byName: ReadonlyMap<string, Place>;
  /** Places that have columns in common with another. */
  readonly sharing: ReadonlyMap<Place, readonly Place[]>;
  readonly columns: readonly MappedColumn[];
  readonly rest: string | undefined;
}

/** The parts of a mapping that say where attributes are. */
export type LayoutMapping = Pick<Mapping<unknown, never>, "table" | "key" | "columns" | "rest">;

/**
 * Resolves a mapping against the schema it is to serve.
 *
 * @param related - attributes that are kept in another table: `members`, `groups`
 * @throws Error naming the path or column that cannot work, and why
 */
export function layOut(mapping: LayoutMapping, type: ResourceType, related: ReadonlySet<string>): Layout {
  try {
    const entries = Object.entries(mapping.columns).map(([text, column]) => readEntry(text, column, type, related));
    const columns = entries.map(({ column }) => column);
    checkSharing(columns, mapping.key);
    const places = everyPlace(type)
      .filter(({ attribute }) => !own.has(attribute.name) && !related.has(attribute.name))
      .map((at) => placeOf(at, entries, mapping.rest !== undefined));
    const byName = new Map(places.map((place) => [place.name, place]));
    return { places, byName, sharing: sharingOf(places), columns, rest: mapping.rest };
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    throw new Error(`The mapping of ${type.name} to the table "${mapping.table}" cannot work: ${problem}`);
  }
}

function sharingOf(places: readonly Place[]): ReadonlyMap<Place, readonly Place[]> {
  const columnNames = new Map(places.map((place) => [place, columnsOf(place).map(({ rule }) => rule.column)]));
  const others = (place: Place, mine: readonly string[]): readonly Place[] =>
    places.filter((other) => other !== place && columnNames.get(other)?.some((name) => mine.includes(name)) === true);
  return new Map([...columnNames].map(([place, mine]) => [place, mine.length === 0 ? [] : others(place, mine)]));
}

/** Every column of a place. */
export function columnsOf({ whole, parts, elements }: Place): readonly MappedColumn[] {
  const inElements = elements.flatMap((element) => [...element.parts.values()]);
  return [...(whole === undefined ? [] : [whole]), ...parts.values(), ...inElements];
}

/** What an attribute is called by a Selection. */
export function nameOf(extension: string | undefined, attribute: Attribute): string {
  return extension === undefined ? attribute.name : `${extension}:${attribute.name}`;
}

/** Whether the table keeps an attribute. */
export function holds(layout: Layout, { extension, attribute, subAttribute }: AttributePath): boolean {
  const place = layout.byName.get(nameOf(extension, attribute));
  if (place === undefined) return own.has(attribute.name);
  if (place.whole !== undefined || place.inRest) return true;
  if (subAttribute === undefined) return place.parts.size > 0 || place.elements.length > 0;
  if (place.parts.has(subAttribute.name)) return true;
  return place.elements.some(
    ({ parts, selector }) => parts.has(subAttribute.name) || selector?.attribute.name === subAttribute.name,
  );
}

/** Attributes that the store itself answers for, and what in the mapping they come from. */
const own: ReadonlyMap<string, string> = new Map([
  ["id", "`key` says which column is the id"],
  ["meta", "`createdAt`, `updatedAt` and `version` say what meta is made of"],
  ["schemas", "it follows from the other attributes"],
]);

interface Entry {
  readonly at: MappingPath;
  readonly column: MappedColumn;
}

function readEntry(text: string, column: string | Rule, type: ResourceType, related: ReadonlySet<string>): Entry {
  if (text.toLowerCase() === "password" && !type.attributes.has("password")) {
    throw new Error(
      '"password" is not served; set `features: { changePassword: true }` in createScim, or leave it out.',
    );
  }
  const at = readMappingPath(text, type);
  const { name } = at.attribute;
  if (at.extension === undefined) {
    const reason = own.get(name);
    if (reason !== undefined) throw new Error(`"${text}" needs no column: ${reason}.`);
    if (related.has(name)) throw new Error(`"${text}" needs no column: it comes from the table of memberships.`);
  }
  const rule = typeof column === "string" ? { column } : column;
  return { at, column: { path: text, attribute: at.subAttribute ?? at.attribute, rule } };
}

/** Attributes that share a column are one value, unless all but one of them say how they are written. */
function checkSharing(columns: readonly MappedColumn[], key: string): void {
  const plain = new Map<string, MappedColumn>();
  for (const column of columns) {
    const { path, rule } = column;
    if (rule.column === key && rule.write !== false && rule.write !== "ignore") {
      throw new Error(`"${path}" would write the key "${key}"; give it \`write: false\`, or another column.`);
    }
    if (rule.write !== undefined) continue;
    const other = plain.get(rule.column);
    if (other !== undefined && !areOneValue(other, column)) {
      throw new Error(
        `"${other.path}" and "${path}" are both in the column "${rule.column}", and cannot be one value. One of them ` +
          'needs a `write`: a function, false (refuse another value) or "ignore".',
      );
    }
    plain.set(rule.column, column);
  }
}

/** Whether what one attribute writes into a column is what the other reads from it. */
function areOneValue(one: MappedColumn, other: MappedColumn): boolean {
  const isPlain = ({ attribute, rule }: MappedColumn): boolean =>
    rule.read === undefined && attribute.type !== "complex" && !attribute.multiValued;
  return isPlain(one) && isPlain(other) && one.attribute.type === other.attribute.type;
}

interface At {
  readonly extension: string | undefined;
  readonly attribute: Attribute;
}

function everyPlace(type: ResourceType): readonly At[] {
  const core = [...type.attributes.values()].map((attribute) => ({ extension: undefined, attribute }));
  const extended = type.extensions.flatMap(({ schema }) =>
    [...schema.attributes.values()].map((attribute) => ({ extension: schema.id, attribute })),
  );
  return [...core, ...extended];
}

function placeOf({ extension, attribute }: At, entries: readonly Entry[], hasRest: boolean): Place {
  const name = nameOf(extension, attribute);
  const mine = entries.filter(({ at }) => at.attribute === attribute && at.extension === extension);
  const [whole, second] = mine.filter(({ at }) => at.subAttribute === undefined);
  const other = second ?? (whole === undefined ? undefined : mine.find((entry) => entry !== whole));
  if (whole !== undefined && other !== undefined) {
    throw new Error(`"${whole.column.path}" is the whole of "${name}", and "${other.column.path}" a part of it.`);
  }
  const parts = attribute.multiValued ? new Map<string, MappedColumn>() : partsOf(mine);
  const elements = attribute.multiValued && whole === undefined ? elementsOf(attribute, mine) : [];
  const complete = whole !== undefined || (parts.size > 0 && parts.size === attribute.subAttributes.size);
  const inRest = hasRest && !complete && attribute.mutability !== "writeOnly";
  return { extension, attribute, name, whole: whole?.column, parts, elements, inRest };
}

function partsOf(entries: readonly Entry[]): ReadonlyMap<string, MappedColumn> {
  const parts = new Map<string, MappedColumn>();
  for (const { at, column } of entries) {
    if (at.subAttribute === undefined) continue;
    const twice = parts.get(at.subAttribute.name);
    if (twice !== undefined) throw new Error(`"${twice.path}" and "${column.path}" are the same attribute.`);
    parts.set(at.subAttribute.name, column);
  }
  return parts;
}

function elementsOf(attribute: Attribute, entries: readonly Entry[]): readonly MappedElement[] {
  const byName = new Map<string, Entry[]>();
  for (const entry of entries) {
    const { selector } = entry.at;
    const literal =
      typeof selector?.value === "string" && !selector.attribute.caseExact ? fold(selector.value) : selector?.value;
    const condition = selector === undefined ? "" : `${selector.attribute.name} eq ${JSON.stringify(literal)}`;
    const name = `${attribute.name}[${condition}]`;
    byName.set(name, [...(byName.get(name) ?? []), entry]);
  }
  if (byName.size > 1 && byName.has(`${attribute.name}[]`)) {
    throw new Error(
      `"${attribute.name}" is mapped both with and without a condition in brackets; use brackets for all.`,
    );
  }
  return [...byName].map(([name, mine]) => elementOf(name, mine));
}

function elementOf(name: string, entries: readonly Entry[]): MappedElement {
  const selector = entries[0]?.at.selector;
  const parts = partsOf(entries);
  const selected = selector === undefined ? undefined : parts.get(selector.attribute.name);
  if (selected !== undefined) throw new Error(`"${selected.path}" is what its own brackets say; it needs no column.`);
  return { name, selector, parts };
}

function fold(text: string): string {
  return text.toLowerCase();
}
