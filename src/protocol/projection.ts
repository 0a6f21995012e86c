/** The representation of a stored resource in a response. RFC 7643 §3.1, RFC 7644 §3.9. */
import type { Resource } from "../schema/attribute.ts";
import { isRecord } from "../schema/data-type.ts";
import type { ResourceType } from "../schema/resource-type.ts";
import type { Selection } from "../store/selection.ts";
import type { Stored, StoredMeta } from "../store/stored.ts";
import { locationOf } from "./envelope.ts";
import type { ProjectionPlan, Rule } from "./projection-plan.ts";
import { timestamp } from "./timestamp.ts";
import { entityTag } from "./version.ts";

/** What differs from response to response. */
export interface Presentation {
  readonly baseUrl: string;
  /** Whether `meta.version` is shown. */
  readonly versioned: boolean;
  /** The attributes that the client has just written, for `returned: request`. */
  readonly written?: ReadonlySet<string> | undefined;
}

/** A plan made ready for use. */
export interface Projection {
  /** What a store needs to read. */
  readonly selection: Selection;
  /** The representation: `meta` last. */
  project(stored: Stored, presentation: Presentation): Resource;
  /** The value of one attribute of the core schema, as {@link project} would show it; undefined if it would not. */
  part(name: string, value: unknown, presentation: Presentation): unknown;
}

type Target = { [name: string]: unknown };

/** The projection of a plan. It follows the schema: what a store returns beyond it is left out. */
export function projectionOf(type: ResourceType, plan: ProjectionPlan): Projection {
  const wanted = new Set(plan.core.keys());
  for (const [urn, rules] of plan.extensions) for (const name of rules.keys()) wanted.add(`${urn}:${name}`);
  const metaRule = plan.core.get("meta");
  const coreSchemas = [type.schema.id];
  return {
    selection: { has: (attribute) => wanted.has(attribute) },
    project(stored, presentation) {
      const target: Target = { schemas: coreSchemas, id: stored.id };
      let schemas: string[] | undefined;
      for (const name in stored) {
        const value = stored[name];
        if (name === "id" || name === "meta" || name === "schemas" || isAbsent(value)) continue;
        const rule = plan.core.get(name);
        if (rule !== undefined) {
          if (!rule.ifWritten || presentation.written?.has(name)) put(target, name, value, rule, presentation);
          continue;
        }
        const rules = plan.extensions.get(name);
        if (rules === undefined || !isRecord(value)) continue;
        const extension = projectExtension(name, value, rules, presentation);
        if (hasContent(value)) {
          schemas ??= [type.schema.id];
          schemas.push(name);
        }
        if (extension !== undefined) target[name] = extension;
      }
      if (schemas !== undefined) target.schemas = schemas;
      if (metaRule !== undefined) target.meta = metaOf(type, stored.id, stored.meta, metaRule, presentation);
      return target;
    },
    part(name, value, presentation) {
      const rule = plan.core.get(name);
      const target: Target = {};
      if (rule !== undefined && !rule.ifWritten && !isAbsent(value)) put(target, name, value, rule, presentation);
      return target[name];
    },
  };
}

function projectExtension(
  urn: string,
  value: Resource,
  rules: ReadonlyMap<string, Rule>,
  presentation: Presentation,
): Resource | undefined {
  const target: Target = {};
  let isEmpty = true;
  for (const name in value) {
    const part = value[name];
    const rule = rules.get(name);
    if (rule === undefined || isAbsent(part)) continue;
    if (rule.ifWritten && !presentation.written?.has(`${urn}:${name}`)) continue;
    put(target, name, part, rule, presentation);
    isEmpty = false;
  }
  return isEmpty ? undefined : target;
}

function put(target: Target, name: string, value: unknown, rule: Rule, presentation: Presentation): void {
  if (rule.parts === undefined && rule.link === undefined) target[name] = value;
  else if (Array.isArray(value)) {
    const elements = value.map((element) => projectElement(element, rule, presentation));
    const present = elements.filter((element) => element !== undefined);
    if (present.length > 0) target[name] = present;
  } else {
    const projected = projectElement(value, rule, presentation);
    if (projected !== undefined) target[name] = projected;
  }
}

function projectElement(value: unknown, { parts, link }: Rule, { baseUrl }: Presentation): unknown {
  if (!isRecord(value)) return value;
  const target: Target = {};
  let isEmpty = true;
  for (const name in value) {
    if ((parts !== undefined && !parts.has(name)) || isAbsent(value[name])) continue;
    target[name] = value[name];
    isEmpty = false;
  }
  // What a client gave as `$ref` beside an id may point at another service: the id decides.
  const reference = link?.(value, baseUrl);
  if (reference !== undefined) target.$ref = reference;
  return isEmpty && reference === undefined ? undefined : target;
}

function metaOf(
  type: ResourceType,
  id: string,
  meta: StoredMeta,
  { parts }: Rule,
  presentation: Presentation,
): Resource {
  const whole = {
    resourceType: type.name,
    ...(meta.created === undefined ? undefined : { created: timestamp(meta.created) }),
    ...(meta.lastModified === undefined ? undefined : { lastModified: timestamp(meta.lastModified) }),
    location: locationOf(presentation.baseUrl, type.endpoint, id),
    ...(presentation.versioned ? { version: entityTag(meta) } : undefined),
  };
  if (parts === undefined) return whole;
  return Object.fromEntries(Object.entries(whole).filter(([name]) => parts.has(name)));
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null || (Array.isArray(value) && value.length === 0);
}

function hasContent(value: Resource): boolean {
  for (const name in value) if (!isAbsent(value[name])) return true;
  return false;
}
