/** The Group resource type. RFC 7643 §4.2, §8.6. */
import type { Schema } from "./attribute.ts";
import type { Extension } from "./define-extension.ts";
import type { ResourceOf } from "./define-resource.ts";
import { GROUP_URN, Group } from "./group.ts";
import { readAttributes } from "./read-zod.ts";
import { buildResourceType, type ResourceType } from "./resource-type.ts";

/** A group with its extensions. */
export type GroupWith<Extensions extends readonly Extension[]> = ResourceOf<Group, Extensions>;

const schema: Schema = {
  id: GROUP_URN,
  name: "Group",
  description: "Group",
  attributes: readAttributes(Group, GROUP_URN),
};

/**
 * The Group resource type, served at `/Groups`.
 *
 * @param extensions - schemas that groups have beside the core one
 * @throws Error when two extensions have the same URN
 */
export function groupType<const Extensions extends readonly Extension[] = []>(
  extensions?: Extensions,
): ResourceType<GroupWith<Extensions>> {
  return buildResourceType({
    name: schema.name,
    endpoint: "/Groups",
    description: schema.description,
    schema,
    extensions: extensions ?? [],
  });
}
