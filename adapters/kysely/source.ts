/** Sources: where in SQL the value of each attribute comes from. */
import { sql } from "kysely";
import { type AttributePath, ScimError } from "scimkit";
import type { CatalogTable } from "./catalog.ts";
import {
  complexValue,
  type Element,
  type ElementSource,
  filterableValue,
  listElements,
  mappedElement,
  objectOf,
  restMember,
} from "./element.ts";
import { holds, type Layout, nameOf, type Place } from "./layout.ts";
import type { Mapping } from "./mapping.ts";
import { memberValue, type SqlValue } from "./sql-value.ts";

/** Where an attribute's values come from: one value, or elements (one, if the attribute is single-valued). */
export type Source =
  | { readonly value: SqlValue }
  | { readonly elements: readonly ElementSource[]; readonly multiValued: boolean };

/** What a filter or an order needs to know of a table. */
export interface Sources {
  /** Whether the store keeps any of the attribute. */
  has(path: AttributePath): boolean;
  /** @throws ScimError 400 `invalidFilter` if the store does not keep the attribute, or cannot search it */
  of(path: AttributePath): Source;
}

/** The columns behind `id` and `meta`. */
export type OwnColumns = Pick<Mapping<unknown, never>, "key" | "createdAt" | "updatedAt" | "version">;

/** The sources of a mapped table. */
export function sourcesOf(
  layout: Layout,
  own: OwnColumns,
  table: CatalogTable,
  related: ReadonlyMap<string, readonly ElementSource[]>,
): Sources {
  const value = (column: string): SqlValue => {
    const { kind = "text", notNull = false } = table.columns.get(column) ?? {};
    return { expression: sql`${sql.ref(`t.${column}`)}`, kind, notNull, blank: false };
  };
  const version: SqlValue =
    own.version === undefined ? { expression: sql`t.xmin::text`, kind: "text", blank: false } : value(own.version);
  const meta = new Map<string | undefined, SqlValue>([["version", version]]);
  if (own.createdAt !== undefined) meta.set("created", value(own.createdAt));
  if (own.updatedAt !== undefined) meta.set("lastModified", value(own.updatedAt));
  const metaElement: Element = { exists: true, present: true, value: (subAttribute) => meta.get(subAttribute?.name) };
  const metaSource: ElementSource = {
    some: (test) => test(metaElement),
    principal: () => metaElement,
  };
  return {
    has: (path) => related.has(nameOf(path.extension, path.attribute)) || holds(layout, path),
    of({ extension, attribute, subAttribute, text }) {
      const name = nameOf(extension, attribute);
      if (name === "id") return { value: value(own.key) };
      if (name === "meta") {
        if (subAttribute !== undefined && datesOfMeta.has(subAttribute.name) && !meta.has(subAttribute.name)) {
          throw unkept(text);
        }
        return { elements: [metaSource], multiValued: false };
      }
      const elsewhere = related.get(name);
      if (elsewhere !== undefined) return { elements: elsewhere, multiValued: true };
      const place = layout.byName.get(name);
      const source = place === undefined ? undefined : sourceOf(place, layout.rest, table);
      if (source !== undefined) return source;
      throw unkept(text);
    },
  };
}

/** What of `meta` a table may not have. */
const datesOfMeta: ReadonlySet<string> = new Set(["created", "lastModified"]);

function unkept(path: string): ScimError {
  return ScimError.invalidFilter(`"${path}" is not kept by this server, so nothing can be searched or sorted by it.`);
}

function sourceOf(place: Place, rest: string | undefined, table: CatalogTable): Source | undefined {
  const { attribute, whole } = place;
  if (attribute.multiValued) {
    const elements = place.elements.map((element) => mappedElement(element, place, rest, table));
    const list = objectOf(place, rest, table);
    if (list !== undefined) elements.push(listElements(list, attribute, isFolded(place, rest, table)));
    return elements.length === 0 ? undefined : { elements, multiValued: true };
  }
  if (attribute.type === "complex") {
    if (whole === undefined && place.parts.size === 0 && !place.inRest) return undefined;
    return { elements: [complexValue(place, rest, table)], multiValued: false };
  }
  if (whole !== undefined) return { value: filterableValue(whole, table) };
  if (!place.inRest || rest === undefined) return undefined;
  return { value: memberValue(restObject(place, rest), attribute) };
}

/** Whether a GIN index has the list folded, as {@link listElements} can use it. */
function isFolded({ extension, attribute, whole }: Place, rest: string | undefined, table: CatalogTable): boolean {
  const column = table.columns.get(whole?.rule.column ?? rest ?? "")?.name;
  if (extension !== undefined || column === undefined) return false;
  const member = whole === undefined ? `->'${attribute.name}'` : "";
  return table.inverted.some((key) => key.replaceAll(/[()"\s]|::text/g, "") === `lower${column}${member}::jsonb`);
}

/** The jsonb object of which a place's attribute is a member. */
function restObject({ extension }: Place, rest: string) {
  return extension === undefined ? sql`${sql.ref(`t.${rest}`)}` : restMember(rest, undefined, extension);
}
