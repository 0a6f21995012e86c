/** Which attributes a response carries, worked out from the schema and the query. RFC 7644 §3.4.2.5, §3.9. */
import type { Attribute, AttributePath } from "../schema/attribute.ts";
import type { Relaxations } from "../schema/relaxation.ts";
import { resolveExtension, resolvePath } from "../schema/resolve.ts";
import type { ResourceType } from "../schema/resource-type.ts";
import { type EndpointsByName, isLinkedByDefault, type Linker, linkerOf } from "./reference.ts";

/** What becomes of one attribute. An attribute without a rule is left out. */
export interface Rule {
  /** The sub-attributes that are kept, by canonical name; undefined: all of them. */
  readonly parts: ReadonlySet<string> | undefined;
  /** Computes `$ref`, where the response is to have it. */
  readonly link: Linker | undefined;
  /** Whether it is kept only if the client has just written it (`returned: request`). RFC 7643 §7. */
  readonly ifWritten: boolean;
}

/** Rules by canonical attribute name, for the resource itself and for each extension by URN. */
export interface ProjectionPlan {
  readonly core: ReadonlyMap<string, Rule>;
  readonly extensions: ReadonlyMap<string, ReadonlyMap<string, Rule>>;
}

/** The names that a query lists, resolved; names of no attribute are ignored. */
interface Named {
  readonly mode: "default" | "attributes" | "excluded";
  /** Whole attributes. */
  readonly whole: ReadonlySet<Attribute>;
  /** Sub-attributes by their attribute. */
  readonly parts: ReadonlyMap<Attribute, ReadonlySet<Attribute>>;
}

/** The plan for a resource type and the query's `attributes` or `excludedAttributes`. */
export function planProjection(
  type: ResourceType,
  query: {
    readonly attributes?: readonly string[] | undefined;
    readonly excludedAttributes?: readonly string[] | undefined;
  },
  relaxed: Relaxations,
  endpoints: EndpointsByName,
): ProjectionPlan {
  const named = resolveNames(type, query, relaxed);
  const rules = (attributes: Iterable<Attribute>): ReadonlyMap<string, Rule> => {
    const plan = new Map<string, Rule>();
    for (const attribute of attributes) {
      const rule = ruleOf(attribute, named, endpoints);
      if (rule !== undefined) plan.set(attribute.name, rule);
    }
    return plan;
  };
  return {
    core: rules(type.attributes.values()),
    extensions: new Map(type.extensions.map(({ schema }) => [schema.id, rules(schema.attributes.values())])),
  };
}

function resolveNames(
  type: ResourceType,
  { attributes, excludedAttributes }: Parameters<typeof planProjection>[1],
  relaxed: Relaxations,
): Named {
  const whole = new Set<Attribute>();
  const parts = new Map<Attribute, Set<Attribute>>();
  const name = ({ attribute, subAttribute }: AttributePath): void => {
    if (subAttribute === undefined) whole.add(attribute);
    else parts.set(attribute, (parts.get(attribute) ?? new Set()).add(subAttribute));
  };
  for (const listed of attributes ?? excludedAttributes ?? []) {
    const text = relaxed.has("bracketedAttributes") ? listed.replace(/\[[^\]]*\]?/, "") : listed;
    const extension = resolveExtension(text, type);
    if (extension === undefined) {
      const path = resolvePath(text, type, relaxed);
      if (path !== undefined) name(path);
    } else for (const attribute of extension.attributes.values()) whole.add(attribute);
  }
  const mode = attributes !== undefined ? "attributes" : excludedAttributes !== undefined ? "excluded" : "default";
  return { mode, whole, parts };
}

function ruleOf(attribute: Attribute, named: Named, endpoints: EndpointsByName): Rule | undefined {
  if (attribute.returned === "never" || attribute.mutability === "writeOnly") return undefined;
  const linker = linkerOf(attribute, endpoints);
  const kept = [...attribute.subAttributes.values()].filter((part) => isPartKept(attribute, part, named));
  const isWhole = isKept(attribute, named);
  if (!isWhole && kept.length === 0) return undefined;
  const hasReference = kept.some(({ name }) => name === "$ref");
  const isReferenceNamed = [...(named.parts.get(attribute) ?? [])].some(({ name }) => name === "$ref");
  const isEverything = kept.length === attribute.subAttributes.size;
  return {
    parts: isEverything ? undefined : new Set(kept.map(({ name }) => name)),
    link:
      hasReference && (isLinkedByDefault(attribute) || (named.mode === "attributes" && isReferenceNamed))
        ? linker
        : undefined,
    ifWritten: attribute.returned === "request" && named.mode !== "attributes",
  };
}

/** Whether the attribute as such is returned; its sub-attributes are looked at one by one. */
function isKept(attribute: Attribute, { mode, whole, parts }: Named): boolean {
  if (attribute.returned === "always") return true;
  if (mode === "attributes") return whole.has(attribute) || parts.has(attribute);
  return mode === "default" || !whole.has(attribute);
}

function isPartKept(attribute: Attribute, part: Attribute, { mode, whole, parts }: Named): boolean {
  if (part.returned === "never" || part.mutability === "writeOnly") return false;
  if (part.returned === "always") return true;
  const isNamed = parts.get(attribute)?.has(part) ?? false;
  if (mode === "attributes") return isNamed || (part.returned === "default" && whole.has(attribute));
  if (part.returned === "request") return false;
  if (mode === "default") return true;
  return !isNamed && (!whole.has(attribute) || attribute.returned === "always");
}
